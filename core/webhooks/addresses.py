"""Which addresses may be called: nothing in a private network, unless a deployment allows its own."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from core.errors import BadInput


def check_url(url: str) -> str:
    """An address that may be called: https anywhere, http on this machine only; BadInput for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput("webhooks.url") from None
    host = parts.hostname or ""
    fine = parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))
    if not host or not fine or parts.username or parts.password or parts.fragment or port == 0 or len(url) > 2000:
        raise BadInput("webhooks.url")
    return url


def is_this_machine(host: str) -> bool:
    """Whether a host as it is written in a URL names the machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def may_be_called(address: str, *, private: bool, this_machine: bool) -> bool:
    """Whether an address that a host resolved to may be called.

    ``private``: a deployment's setting allows its own network; ``this_machine``: the URL itself says so.
    """
    one = ip_address(address.partition("%")[0])
    if isinstance(one, IPv6Address):
        one = one.ipv4_mapped or one.sixtofour or one
    if one.is_loopback:
        return private or this_machine
    return (one.is_global and not one.is_multicast) or (private and one.is_private and not one.is_unspecified)
