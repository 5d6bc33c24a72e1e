"""The API described: parameters from the forms that read them, refusals as problems."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from tenancy.api import idempotency, writing
from tenancy.api.writing import Write
from tenancy.problems import CONTENT_TYPE

REFUSALS = (400, 401, 403, 404, 406)
REFUSED_WRITES = (*REFUSALS, 409, 412, 415, 422, 428)
# Where an endpoint of the generator keeps them.
PATH, METHOD = itemgetter(0), itemgetter(2)
# The database has no text with it, so no address may hold it.
WITHOUT_NUL = r"^[^\u0000]*$"


class TokenOrSession(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Both ways in, as the schema tells them."""

    target_class = "tenancy.bearer.ToldByMiddleware"
    name = ["token", "session"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        session = {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
        return [{"type": "http", "scheme": "bearer"}, session]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        return [{name: []} for name in self.name]


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with a parameter, or with a member of the body by its pointer and a code."""

    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(required=False)
    code = serializers.CharField(required=False)
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal, after RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FaultSerializer(many=True, required=False)
    version = serializers.IntegerField(required=False)
    state = serializers.CharField(required=False)
    problems = serializers.ListField(child=serializers.DictField(), required=False)


class Description(AutoSchema):
    """How a view set of ours is told."""

    @property
    def write(self) -> Write | None:
        """What the action writes, None where it reads."""
        writes: Mapping[str, Write] = getattr(self.view, "writes", {})
        return writes.get(self.view.action)

    def get_override_parameters(self) -> list[Any]:
        if self.view.action == "list":
            known = self.view.asked.known()
            return [_parameter(name, field) for name, field in known.items()]
        return [OpenApiParameter("id", int, OpenApiParameter.PATH), *self._headers()]

    def _headers(self) -> Iterator[OpenApiParameter]:
        if self.write and self.method == "POST":
            yield _header(idempotency.HEADER, idempotency.KEY, _("请求的键，重发时照抄"))
        if self.write and self.write.is_versioned:
            yield _header(writing.IF_MATCH, writing.VERSION, _("读取时的 ETag"))

    def _get_pagination_parameters(self) -> list[Any]:
        """They stand among the form's."""
        return []

    def get_request_serializer(self) -> Any:
        body = self.write.body() if self.write else None
        return body if body is not None and body.fields else None

    def get_response_serializers(self) -> Any:
        statuses = REFUSED_WRITES if self.write else REFUSALS
        refusals = {(status, CONTENT_TYPE): ProblemSerializer for status in statuses}
        return {200: super().get_response_serializers(), **refusals}

    def get_description(self) -> str:
        return str(self.write.about if self.write else self.view.about)

    def get_tags(self) -> list[str]:
        return [self.view.basename]


def _header(name: str, pattern: re.Pattern[str], about: str) -> OpenApiParameter:
    shape = {"type": "string", "pattern": f"^{pattern.pattern}$"}
    return OpenApiParameter(name, shape, "header", required=True, description=about)


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    words = str(field.label)
    if isinstance(field, forms.ChoiceField):
        words += "：" + "，".join(f"{value} {label}" for value, label in _choices(field))
    return OpenApiParameter(name, _shape(field), description=words)


def _choices(field: forms.ChoiceField) -> list[tuple[str, Any]]:
    choices: Any = field.choices
    return list(choices)


def _shape(field: forms.Field) -> dict[str, Any]:
    match field:
        case forms.ChoiceField():
            return {"type": "string", "enum": [value for value, _label in _choices(field)]}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.IntegerField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case forms.RegexField():
            return {"type": "string", "pattern": field.regex.pattern}
        case _:
            length = getattr(field, "max_length", None)
            return {"type": "string", "maxLength": length, "pattern": WITHOUT_NUL}


def in_order(endpoints: list[Any]) -> list[Any]:
    """An address's methods by name: they come as a set, in another order in each process."""
    return [one for _path, group in groupby(endpoints, PATH) for one in sorted(group, key=METHOD)]


@cache
def described(language: str) -> dict[str, Any]:
    """The description in a language: made once a process, because it takes half a second."""
    with override(language):
        generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
        made: dict[str, Any] = generator.get_schema(request=None, public=True)
    return made


class Schema(APIView):
    """The description itself."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        content = _as_json(get_language() or settings.LANGUAGE_CODE)
        return HttpResponse(content, content_type=OpenApiJsonRenderer.media_type)


@cache
def _as_json(language: str) -> bytes:
    content: bytes = OpenApiJsonRenderer().render(described(language), renderer_context={})
    return content
