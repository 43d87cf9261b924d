"""Where a redirect may lead: to a page of ours that can be opened by GET, nowhere else."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from echt.ui.audience import declaration_of


def own_path(target: str, *, otherwise: str = "/") -> str:
    """The target where it is such a page's path (with its query), else the other one."""
    return target if _is_own(target) else otherwise


def _is_own(target: str) -> bool:
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return False
    try:
        said = declaration_of(resolve(urlsplit(target).path).func)
    except Resolver404:
        return False
    return said is not None and "GET" in said.methods
