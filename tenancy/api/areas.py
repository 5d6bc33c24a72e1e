"""Areas as data, and how other rows name areas and organisations."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tenancy.api.parameters import AtPlace, Choice, Day, Text
from tenancy.api.reading import ReadOnly
from tenancy.models import Area, Organisation
from tenancy.permissions import Permission


class AreaName(serializers.ModelSerializer[Area]):
    """An area that a row names."""

    class Meta:
        model = Area
        fields = ("code", "name")


class OrganisationName(serializers.ModelSerializer[Organisation]):
    """An organisation that a row names."""

    class Meta:
        model = Organisation
        fields = ("id", "name")


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


class AreaParameters(AtPlace):
    lookups = {"level": "level"}

    level = Choice(_("级别"), Area.Level.choices)
    q = Text(_("代码、名称或别名"))
    on = Day(_("在此日有效"))


class AreaViewSet(ReadOnly):
    """Areas that the user may view."""

    about = _("行政区划。")
    serializer_class = AreaSerializer
    asked = AreaParameters
    verb = Permission.VIEW_AREA
    open_to_all = True

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        rows = Area.objects.visible_to(self.request.user)
        if "q" in wanted:
            rows = rows.matching(wanted["q"])
        return rows.in_force(wanted["on"]) if "on" in wanted else rows
