"""Every word a user reads, one folder a surface."""
