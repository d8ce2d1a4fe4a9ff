"""Addresses in networks: which are public servers', and which are this machine's."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")


def may_speak_to(peer: str, *, local: bool) -> bool:
    """Whether an IP address is a public server's, or for a local source: this machine's own.

    Addresses of IPv6 that stand for one of IPv4 (mapped, 6to4, NAT64) are judged as that one.
    """
    address: IPv4Address | IPv6Address = ip_address(peer.partition("%")[0])
    if isinstance(address, IPv6Address):
        embedded = IPv4Address(address.packed[-4:]) if address in _NAT64 else None
        address = address.ipv4_mapped or address.sixtofour or embedded or address
    return address.is_loopback if local else address.is_global and not address.is_multicast


def is_this_machine(host: str) -> bool:
    """Whether the host of an address is this machine itself; no name is looked up."""
    try:
        return may_speak_to(host, local=True)
    except ValueError:
        # RFC 6761 keeps this name and all below it for loopback.
        return host == "localhost" or host.endswith(".localhost")
