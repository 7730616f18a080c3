"""Measurements, as ratios in one run: `make bench`. README.md says how to read them."""
