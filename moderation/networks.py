"""This machine itself, by the names it has everywhere."""


def is_loopback_name(host: str) -> bool:
    """Whether the name can only be this machine, where what is not encrypted crosses no network."""
    return host in ("localhost", "127.0.0.1", "::1")
