"""The access table: each route and method, and what it takes. A route without a row fails."""

from tests.access.kinds import Access, own, public

ACCESS: dict[tuple[str, str], Access] = {
    ("set_language", "POST"): public(data={"language": "en"}),
    ("text-size", "POST"): public(data={"size": "large"}),
    ("tenancy:login", "GET"): public(),
    ("tenancy:login", "POST"): public(data={"username": "nobody", "password": "wrong"}),
    ("tenancy:logout", "POST"): own(),
    ("tenancy:account", "GET"): own(),
    ("tenancy:account", "POST"): own(data={"name": "王小明", "language": ""}),
    ("tenancy:password-change", "GET"): own(),
    ("tenancy:password-change", "POST"): own(data={"new": "short"}),
}
