"""Who may see how this Parley is: the operator's own machines, and not everybody in words."""

import ipaddress

from flask import request

from moderation.networks import Network, is_within
from service.http.client_address import (
    client_address,
    hides_readers,
    is_forwarded,
    unknown_proxy,
)
from service.problems.errors import MonitoringRefused, UnreadableAddress
from service.wiring.parts import parts

_THIS_MACHINE: tuple[Network, ...] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)


def sees_details() -> bool:
    """Whether the client is on this machine, or in a network of PARLEY_MONITORING_NETWORKS."""
    trusted = parts().settings.trusted_proxies
    if is_forwarded(request) and hides_readers(request, trusted):
        return False
    if unknown_proxy(request, trusted) is not None:
        return False
    try:
        address = ipaddress.ip_address(client_address(request, trusted))
    except (UnreadableAddress, ValueError):
        return False
    return is_within(address, (*_THIS_MACHINE, *parts().settings.monitoring_networks))


def check_may_scrape() -> None:
    """Raise MonitoringRefused for a stranger, once PARLEY_MONITORING_NETWORKS names networks."""
    if parts().settings.monitoring_networks and not sees_details():
        sentence = "only clients in PARLEY_MONITORING_NETWORKS may read this"
        raise MonitoringRefused(sentence)
