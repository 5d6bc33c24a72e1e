"""What view sets that programs write to share: versions, bodies, and actions with a key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from django.http import Http404
from django.utils.http import parse_etags
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from tenancy.api.bodies import Body
from tenancy.api.reading import ReadOnly
from tenancy.problems import Refused
from tenancy.versions import Stale

IF_MATCH = "If-Match"
VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})(?:-[0-9a-f]+)?"')
# No row has it: what was read elsewhere matches nothing here.
NO_VERSION = 0


@dataclass(frozen=True)
class Write:
    """What an action is said to do, what it takes, and whether it wants the version seen."""

    about: Any
    body: type[Body] = Body
    is_versioned: bool = True


def tag(version: int, told: Any) -> str:
    """The row's version, by which it is changed, and a digest of all that was told of it."""
    return f'"{version}-{sha256(JSONRenderer().render(told)).hexdigest()[:16]}"'


class Writing(ReadOnly):
    """Rows with a `version` that programs read and change; `writes` tells of each action."""

    writes: ClassVar[Mapping[str, Write]]

    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return self.answer()

    def answer(self) -> Response:
        """The row as it stands now."""
        row = self.get_object()
        told = self.get_serializer(row).data
        return Response(told, headers={"ETag": tag(row.version, told)})

    def sent(self, **context: Any) -> Mapping[str, Any]:
        """What the request's body says; raises `Unreadable`."""
        return self.writes[self.action].body.read(self.request.data, **context)

    def seen(self) -> int:
        """The version that the program has read."""
        named = self.request.headers.get(IF_MATCH, "")
        if not named:
            raise Refused("version-required", 428)
        ours = (VERSION.fullmatch(one) for one in parse_etags(named))
        return next((int(one[1]) for one in ours if one), NO_VERSION)

    def handle_exception(self, exc: Exception) -> Any:
        """What programs act upon has a name."""
        if isinstance(exc, Stale):
            exc = Refused("conflict-version", 412, version=self.get_object().version)
        elif isinstance(exc, Http404):
            exc = Refused("scope-denied", 404)
        return super().handle_exception(exc)
