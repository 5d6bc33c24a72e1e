"""What programs send; everything that is wrong with it is told at once, by its place."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError
from rest_framework.parsers import JSONParser

from tenancy.problems import BodyFault, Unreadable


class Json(JSONParser):
    """What is nested without end is no JSON of ours."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as endless:
            raise ParseError from endless


class Body(serializers.Serializer[Any]):
    """What may be sent: members it does not name are refused. Without any, nothing may be."""

    @classmethod
    def read(cls, sent: Any, **context: Any) -> Mapping[str, Any]:
        """The values; raises `Unreadable` with everything that is wrong."""
        body = cls(data=sent, context=context)
        body.is_valid()
        if faults := [*body.strange(sent), *_faults(body.errors)]:
            raise Unreadable(faults)
        values: Mapping[str, Any] = body.validated_data
        return values

    def strange(self, sent: Any) -> Iterator[BodyFault]:
        """Members that are not known here."""
        words = _("不认识这一项。可用的：%s。") % ("、".join(self.fields) or _("无"))
        for name in sent if isinstance(sent, dict) else ():
            if name not in self.fields:
                yield BodyFault(pointer(name), "unknown", words)


def pointer(*steps: Any) -> str:
    """A JSON pointer as the fragment of an address."""
    written = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "#" + "".join(f"/{quote(step, safe='~', errors='replace')}" for step in written)


def _faults(errors: Any, *way: Any) -> Iterator[BodyFault]:
    if isinstance(errors, ErrorDetail):
        yield BodyFault(pointer(*way), errors.code, str(errors))
        return
    steps = errors.items() if isinstance(errors, dict) else enumerate(errors)
    for step, inner in steps:
        yield from _faults(inner, *way, *_step(step, inner))


def _step(step: Any, inner: Any) -> tuple[Any, ...]:
    """Sentences stand in a list below what they are about, those of the whole under a name."""
    whole = step == "non_field_errors" or isinstance(inner, ErrorDetail)
    return () if whole else (step,)
