"""A port that nobody listens at. A module of its own: what the rest imports would weigh in a measured process."""

import socket


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
