"""Two tenants of one shape, and a signed-in client for each role at each place."""

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenancy.context import tenant_context
from tenancy.models import Tenant, User
from tenancy.permissions import Role
from tests.access.kinds import Place
from tests.conftest import TenantlessClient
from tests.factories import AreaFactory, TenantFactory, UserFactory

ABSENT = 2**40


@dataclass
class Tree:
    """One tenant's areas, from the root to the communities; codes are addresses, so they differ."""

    tenant: Tenant
    city: str

    def __post_init__(self):
        with tenant_context(self.tenant.pk):
            self.root = AreaFactory(level="city", code=f"{self.city}00000000", name="某市")
            self.district = self._below(self.root, "05000000", level="district")
            self.street = self._below(self.district, "05020000")
            self.other = self._below(self.district, "05013000")
            self.community = self._below(self.street, "05020001", level="community")

    def _below(self, parent, ending, **options):
        return AreaFactory(parent=parent, code=f"{self.city}{ending}", **options)


@dataclass
class World:
    """The own and the foreign tenant, and everybody's clients."""

    own: Tree
    foreign: Tree
    clients: dict = field(default_factory=dict)

    @classmethod
    def create(cls):
        world = cls(Tree(TenantFactory(), "4401"), Tree(TenantFactory(), "1304"))
        for place in Place:
            tree, area = world.seat(place)
            with tenant_context(tree.tenant.pk):
                for role in Role:
                    world.clients[role, place] = signed_in(UserFactory(role=role, area=area))
        return world

    def seat(self, place):
        return {
            Place.OWN: (self.own, self.own.street),
            Place.ABOVE: (self.own, self.own.district),
            Place.BELOW: (self.own, self.own.community),
            Place.ELSEWHERE: (self.own, self.own.other),
            Place.FOREIGN: (self.foreign, self.foreign.root),
        }[place]

    def client(self, role, place):
        return self.clients[role, place]

    def made(self, access):
        """The row's object at the own street, if it has one."""
        if access.make is None:
            return None
        with tenant_context(self.own.tenant.pk):
            return access.make(self.own.street, User.objects.system(self.own.tenant))


def signed_in(user: User, **options) -> Client:
    client = TenantlessClient(raise_request_exception=False, **options)
    client.force_login(user)
    _rest(client.session)
    client.kept_cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return client


def _rest(session):
    """As if seen in an hour: a request then has no reason to write the session."""
    session["began"] = session["seen"] = timezone.now().timestamp() + 3600
    session.save()


def address(name, access, made):
    path, query = access.key(made) if made is not None else ({}, {})
    return _address(name, path, query)


def absent_address(name, access, made):
    """The address with every key replaced by one that nothing has."""
    path, query = access.key(made)
    return _address(
        name,
        {key: _absent(value) for key, value in path.items()},
        {key: _absent(value) for key, value in query.items()},
    )


def _address(name, path, query):
    return reverse(name, kwargs=path) + (f"?{urlencode(query)}" if query else "")


def _absent(value):
    return ABSENT if isinstance(value, int) else "9" * len(str(value))


@contextmanager
def undone():
    """Whatever a request writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _patched(client, url, data):
    return client.patch(url, urlencode(data), "application/x-www-form-urlencoded")


def ask(client, method, url, access, *, keep=False):
    """One request; its effects (kept in the database at wish) leave no trace in the client.

    Reading has none but audit rows, which whoever asks takes back with everything else.
    """
    send = getattr(client, method.lower())
    if access.headers:
        send = partial(send, content_type="application/json", headers=dict(access.headers))
    elif method == "PATCH":  # as the pages' own script sends it
        send = partial(_patched, client)
    with nullcontext() if keep or method == "GET" else undone():
        response = send(url, dict(access.data)) if method != "GET" else send(url)
    client.cookies = SimpleCookie(getattr(client, "kept_cookies", {}))
    return response
