"""All routes of the site, and the methods that each one answers."""

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from rest_framework.permissions import AllowAny

IMPLIED = {"HEAD", "OPTIONS"}
# Views of Django itself that look at the method without declaring it.
FOREIGN_METHODS = {"set_language": {"POST"}}


class Undeclared(Exception):
    """A view that does not say which methods it answers."""


@dataclass(frozen=True)
class Route:
    """One named pattern; `name` carries the namespaces."""

    name: str
    view: Any
    methods: frozenset[str]

    @property
    def is_public(self) -> bool:
        view_class = getattr(self.view, "cls", None)
        if view_class:
            return AllowAny in view_class.permission_classes or not view_class.permission_classes
        return getattr(self.view, "login_required", True) is False


def routes(resolver=None, namespaces=()):
    """Every route below the resolver (default: the whole site)."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.append(_route(entry, namespaces))
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            found += routes(entry, inner)
    return found


def _route(entry, namespaces):
    name = ":".join((*namespaces, entry.name or f"<nameless {entry.pattern}>"))
    methods = FOREIGN_METHODS.get(name) or methods_of(entry.callback)
    return Route(name, entry.callback, frozenset(methods) - IMPLIED)


def methods_of(view):
    """From `require_…` around a function, or from the handlers of a class."""
    handler = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if handler is None:
        return _required_methods(view)
    names = getattr(view, "actions", None) or [
        name for name in handler.http_method_names if hasattr(handler, name)
    ]
    return {name.upper() for name in names}


def _required_methods(view):
    layer = view
    while layer is not None:
        cells = zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True)
        for name, cell in cells:
            if name == "request_method_list":
                return set(cell.cell_contents)
        layer = getattr(layer, "__wrapped__", None)
    raise Undeclared(f"{view.__module__}.{view.__qualname__}: put require_… around it")
