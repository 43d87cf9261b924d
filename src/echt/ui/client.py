"""The network address of whoever asks.

1. Without proxies of ours only the connection itself is believed.
2. With n proxies of ours the n-th entry from the right of X-Forwarded-For is believed: what stands left of
   it, the client may have written.
3. A request that did not come through all n proxies gets the address of its connection.
4. What is not an address is not believed; a port beside it is dropped, IPv4 in IPv6 clothes is IPv4.
"""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from echt.ui.settings import web_settings

WITH_PORT = re.compile(r"^(?:\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+)$")


def client_address(request: HttpRequest) -> str:
    """The client's address in its shortest form; empty where the connection has none (a local socket)."""
    connection = _address(request.META.get("REMOTE_ADDR", ""))
    proxies = web_settings().proxies
    if not proxies:
        return connection
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(entries) < proxies:
        return connection
    return _address(entries[-proxies].strip()) or connection


def client_network(request: HttpRequest) -> str:
    """What one client can hold at once, for limits: an IPv4 address, or the /64 around an IPv6 address."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address}/64", strict=False))


def _address(text: str) -> str:
    bare = WITH_PORT.match(text)
    try:
        address = ip_address((bare["six"] or bare["four"]) if bare else text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
