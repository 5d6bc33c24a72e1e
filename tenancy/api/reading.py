"""What every view set of the API is: rows through the gate, read-only, in pages, with an ETag."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from tenancy.api.parameters import DEFAULT_ROWS, MOST_ROWS, AtPlace, Page, Parameters, places
from tenancy.permissions import Permission
from tenancy.problems import Fault, Unreadable

# Pages are never stored. An ETag is for whoever has stored what it read and asks again whether it
# still holds: allowed to the program itself, to no cache between.
REVALIDATED = "private, no-cache"


class ByKey(CursorPagination):
    """Pages in the order of keys; a cursor is a position, never a right.

    Keys are unique: a cursor of ours always holds one, and one without would be read as page one.
    """

    ordering = "pk"
    page_size = DEFAULT_ROWS
    page_size_query_param = "limit"
    max_page_size = MOST_ROWS

    def decode_cursor(self, request: Any) -> Any:
        if not request.query_params.get(self.cursor_query_param):
            return None
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise _unreadable_cursor() from None
        if not _is_key(cursor.position or ""):
            raise _unreadable_cursor()
        return cursor


def _is_key(position: str) -> bool:
    return position.isascii() and position.isdecimal() and len(position) < 19


def _unreadable_cursor() -> Unreadable:
    return Unreadable([Fault("cursor", _("参数“cursor”：请照抄 next 或 previous 中的值。"))])


@method_decorator(conditional_page, name="dispatch")
class ReadOnly(viewsets.ReadOnlyModelViewSet[Any]):
    """Rows within reach; a list takes its verb somewhere, unless it is open to everybody.

    `about` is what the description says of them.
    """

    pagination_class = ByKey
    about: ClassVar[Any]
    asked: ClassVar[type[Page]] = AtPlace
    verb: ClassVar[Permission]
    open_to_all: ClassVar[bool] = False

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        """Through the gate, with all that the serializer reads of them."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        wanted = self._wanted()
        rows = self.rows(wanted)
        for place in places(wanted):
            rows = rows.below(place.path)
        lookups = self.asked.lookups
        return rows.filter(**{lookups[name]: wanted[name] for name in lookups if name in wanted})

    def _wanted(self) -> Mapping[str, Any]:
        """What the address asks for; a place outside is not found before a verb is missed."""
        user, listing = self.request.user, self.action == "list"
        asked = self.asked if listing else Parameters
        wanted = asked.read(user, self.verb, self.request.query_params)
        if listing and not (self.open_to_all or user.paths_where(self.verb)):
            raise PermissionDenied
        return wanted

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", REVALIDATED)
        return answer
