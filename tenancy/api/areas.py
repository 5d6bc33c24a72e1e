"""Areas as data: read-only, through the gate, for the user of a session or token."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination

from tenancy.models import Area

REFUSAL = inline_serializer("Refusal", {"detail": serializers.CharField()})


class TokenOrSession(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Both ways in, as the schema tells them."""

    target_class = "tenancy.bearer.ToldByMiddleware"
    name = ["token", "session"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        session = {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
        return [{"type": "http", "scheme": "bearer"}, session]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        return [{name: []} for name in self.name]


def read_only(tag: str, serializer: type[serializers.Serializer[Any]]) -> Any:
    """Describe a read-only view set; its querysets need a request, so the schema is told."""
    refusals = {401: REFUSAL, 403: REFUSAL, 404: REFUSAL}
    by_id = [OpenApiParameter("id", int, OpenApiParameter.PATH)]
    return extend_schema_view(
        list=extend_schema(tags=[tag], responses={200: serializer(many=True), **refusals}),
        retrieve=extend_schema(
            tags=[tag], parameters=by_id, responses={200: serializer, **refusals}
        ),
    )


class ByKey(CursorPagination):
    """Pages in the order of keys; a cursor is a position, never a right."""

    ordering = "pk"
    page_size = 50


class AreaSerializer(serializers.ModelSerializer[Area]):
    class Meta:
        model = Area
        fields = (
            "id",
            "code",
            "name",
            "level",
            "aliases",
            "path",
            "counts_for_coverage",
            "valid_from",
            "valid_to",
        )


@read_only("areas", AreaSerializer)
class AreaViewSet(viewsets.ReadOnlyModelViewSet[Area]):
    """Areas that the user may view."""

    serializer_class = AreaSerializer
    pagination_class = ByKey

    def get_queryset(self) -> Any:
        return Area.objects.visible_to(self.request.user)
