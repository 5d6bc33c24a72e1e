"""What is wrong with a route's answers, as a list of sentences; the tests want it empty."""

from django.conf import settings
from django.shortcuts import resolve_url

from tenancy.permissions import Role
from tests.access.kinds import Kind, Place
from tests.access.world import absent_address, address, ask

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What has an ETag is kept by whoever read it, to ask again whether it still holds.
KEPT, NEVER_KEPT = "private, no-cache", "no-store"
POLICY = ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'self'")
# Where nobody is kept out, so that what differs by role is the verb alone; and where everybody is,
# whatever the role. All of them ask in the full suite.
ALIKE = (Place.ABOVE, Place.BELOW, Place.FOREIGN)
# What differs from one request to the next by its nature.
VARYING = {"X-Request-ID", "Set-Cookie"}


def view_verb(access, made):
    """The verb that makes the row's object exist."""
    if access.exists or made is None:
        return access.exists
    return getattr(type(made)._default_manager._queryset_class, "view_permission", None)


def faults_of_roles(world, name, method, access, *, every=False):
    """Roles at each place against the promise of the table; 404s must not differ."""
    made = world.made(access)
    url, exists = address(name, access, made), view_verb(access, made)
    refusals, faults = set(), []
    for place in access.places:
        for role in askers(access, exists, place, every=every):
            response = ask(world.client(role, place), method, url, access)
            faults += faults_of_headers(response)
            if response.status_code == 404:
                refusals.add(body_and_headers(response))
            expected = access.expected(role, place, exists)
            if sent_to_log_in(response) or response.status_code not in expected:
                faults.append(f"{role} at {place.value}: {response.status_code}")
    if access.kind is Kind.OBJECT:
        roles = askers(access, exists, Place.ABOVE, every=every)
        url = absent_address(name, access, made)
        faults += faults_of_absence(world, roles, method, access, url, refusals)
    return faults


def askers(access, exists, place, *, every):
    """The roles that ask at a place: all at the object's own and elsewhere in its tenant.

    Above, below and in another tenant one speaks for those that are promised the same answer,
    unless `every` one asks.
    """
    if every or place not in ALIKE:
        return list(Role)
    return list({access.expected(role, place, exists): role for role in Role}.values())


def faults_of_absence(world, roles, method, access, url, refusals):
    """What does not exist is answered with 404, in the same bytes as what lies elsewhere."""
    faults = []
    for role in roles:
        response = ask(world.client(role, Place.OWN), method, url, access)
        refusals.add(body_and_headers(response))
        if response.status_code != 404:
            faults.append(f"{role} asking for an absent one: {response.status_code}")
    return faults + ([] if len(refusals) == 1 else ["a foreign and an absent one differ"])


def body_and_headers(response):
    told = tuple(sorted((k, v) for k, v in response.headers.items() if k not in VARYING))
    return response.status_code, response.content, told


def faults_of_strangers(client, name, method, access, url):
    """Whoever is not signed in is sent to the log-in page, and nowhere else."""
    response = ask(client, method, url, access)
    faults = faults_of_headers(response)
    if access.kind is Kind.PUBLIC:
        ok = response.status_code in access.answers
    elif response.headers["Content-Type"].startswith("application/"):
        ok = response.status_code in {401, 403}
    else:
        ok = response.status_code == 302 and response.url.startswith(
            resolve_url(settings.LOGIN_URL)
        )
    return faults if ok else [*faults, f"a stranger: {response.status_code}"]


def sent_to_log_in(response):
    asked = f"{resolve_url(settings.LOGIN_URL)}?next="
    return response.status_code == 302 and response.url.startswith(asked)


def faults_of_headers(response):
    """The headers that every answer bears, errors and redirects too."""
    policy = response.headers.get("Content-Security-Policy", "")
    kept = KEPT if "ETag" in response.headers else NEVER_KEPT
    wanted = HEADERS | {"Cache-Control": kept}
    wrong = [name for name, value in wanted.items() if response.headers.get(name) != value]
    wrong += [part for part in POLICY if part not in policy]
    wrong += ["unsafe-inline"] if "unsafe" in policy else []
    wrong += [
        name for name in ("Permissions-Policy", "X-Request-ID") if name not in response.headers
    ]
    return [f"{response.status_code} without {part}" for part in wrong]
