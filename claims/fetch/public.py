"""Which addresses of the internet are public; all others are refused."""

import ipaddress
from typing import TypeAlias

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""The only part of IPv6 that is given out (RFC 4291, IANA)."""

# What ipaddress calls global in some versions of Python, or what carries an IPv4 address that may
# be private: mapped, compatible, NAT64 (RFC 6052, 8215), 6to4, Teredo, site-local. 168.63.129.16
# is a cloud's own host.
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "240.0.0.0/4", "168.63.129.16/32", "::/96", "::ffff:0:0/96", "64:ff9b::/96",
        "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10",
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Whether a resolved address, as text, is one that anybody on the internet may reach.

    Raises:
        ValueError: It is no address.
    """
    if "%" in address:
        return False  # a zone belongs to a link of this machine
    ip = ipaddress.ip_address(address)
    if any(ip in network for network in _NEVER if network.version == ip.version):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and not _is_given_out(ip):
        return False
    return ip.is_global and not ip.is_multicast


def _is_given_out(ip: ipaddress.IPv6Address) -> bool:
    """Whether an address is global unicast and no IPv4 address in ISATAP's form (RFC 5214)."""
    isatap = int(ip) >> 32 & 0xFDFFFFFF == 0x5EFE  # noqa: PLR2004 - ISATAP's mark
    return ip in GLOBAL_UNICAST and not isatap
