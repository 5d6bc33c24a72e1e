"""The only gate: which rows a person may see, and the 404 and 403 that follow from it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db.models import BigAutoField, Lookup, Model, Q, QuerySet, TextField
from django.shortcuts import get_object_or_404

from tenancy.isolation import TenantQuerySet
from tenancy.permissions import Permission

if TYPE_CHECKING:
    from tenancy.models import User


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lie inside another one."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def within(path_lookup: str, paths: Iterable[str]) -> Q:
    """Rows whose path lies at or below one of the paths.

    Ranges, never LIKE: under row-level security only leakproof operators reach an index. A few
    ranges are OR-ed; many are resolved to the areas inside them first, because the planner alone
    would spend 40 ms on 176 of them.
    """
    spans = [(path, f"{path[:-1]}0") for path in outermost(paths)]  # `0` follows `/`
    area, _, column = path_lookup.rpartition("path")
    if len(spans) > FEW_SPANS and not column and (not area or area.endswith("__")):
        return Q(**{f"{area}id__in_spans": spans})
    return Q(**{f"{path_lookup}__in_spans": spans})


@TextField.register_lookup
class PathInSpans(Lookup):
    """A path that lies in one of the (low, high) spans: one look-up, so joins are sought once."""

    lookup_name = "in_spans"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not self.rhs:
            raise EmptyResultSet
        path, params = self.process_lhs(compiler, connection)
        spans = " OR ".join([f"({path} >= %s AND {path} < %s)"] * len(self.rhs))
        return f"({spans})", [
            part for low, high in self.rhs for part in (*params, low, *params, high)
        ]


@BigAutoField.register_lookup
class InSpans(Lookup):
    """The key of an area whose path lies in one of the (low, high) spans."""

    lookup_name = "in_spans"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        key, params = self.process_lhs(compiler, connection)
        lows, highs = zip(*self.rhs, strict=True)
        return AREAS_IN_SPANS.format(key=key), (*params, [*lows], [*highs])


FEW_SPANS = 8
AREAS_IN_SPANS = """{key} = ANY (ARRAY(
    SELECT reached.id FROM unnest(%s::text[], %s::text[]) AS span (low, high)
    JOIN tenancy_area AS reached ON reached.path >= span.low AND reached.path < span.high
))"""


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose `valid_from`/`valid_to` (both inclusive, open when null) contain the day."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


class ScopedQuerySet(TenantQuerySet):
    """Rows that belong to an area.

    `area_path` is the lookup that reaches `Area.path` over to-one keys only (a to-many join would
    repeat rows); `view_permission` is the verb that makes a row exist for somebody.
    """

    area_path: str
    view_permission: Permission

    def visible_to(self, user: "User", permission: Permission | None = None) -> Self:
        """Rows at or below an area where the user holds the permission (default: to view)."""
        return self.filter(self.reachable(user.paths_where(permission or self.view_permission)))

    def reachable(self, paths: tuple[str, ...]) -> Q:
        """Which rows lie inside the paths; a model with many places overrides this."""
        return within(self.area_path, paths)

    def below(self, path: str) -> Self:
        """Rows at or below one area."""
        return self.filter(self.reachable((path,)))


def scoped_or_404(
    rows: QuerySet[Any] | type[Model], user: "User", permission: Permission, **lookup: object
) -> Any:
    """One row: outside the user's areas it does not exist (404), inside it may be forbidden (403).

    `rows` is a model or a queryset of one whose manager is scoped.
    """
    scoped: Any = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    row = get_object_or_404(scoped.visible_to(user), **lookup)
    if not scoped.visible_to(user, permission).filter(pk=row.pk).exists():
        raise PermissionDenied
    return row
