"""Stations, points and posts as data."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobs.desk.api import DatedRowParameters, RowViewSet
from stations.ledgers import PointLedger, PostLedger, StationLedger
from stations.models import Point, Post, Station
from tenancy.api.areas import AreaName, OrganisationName
from tenancy.api.parameters import Choice, Text
from tenancy.permissions import Permission


class StationName(serializers.ModelSerializer[Station]):
    """A station that a row names."""

    class Meta:
        model = Station
        fields = ("id", "code", "name")


class PointName(serializers.ModelSerializer[Point]):
    """A point that a row names."""

    class Meta:
        model = Point
        fields = ("id", "code", "name")


class StationSerializer(serializers.ModelSerializer[Station]):
    street = AreaName(read_only=True)
    operator = OrganisationName(read_only=True, allow_null=True)

    class Meta:
        model = Station
        fields = (
            "id",
            "code",
            "name",
            "street",
            "mode",
            "kind",
            "operator",
            "address",
            "area_m2",
            "opened_on",
            "suspended_from",
            "suspended_to",
            "closed_on",
        )


class StationParameters(DatedRowParameters):
    lookups = {"mode": "mode", "kind": "kind"}

    mode = Choice(_("运营模式"), Station.Mode.choices)
    kind = Choice(_("站点类型"), Station.Kind.choices)


class StationViewSet(RowViewSet):
    """Stations within reach."""

    about = _("社工站。closed_on 是关闭的第一天，suspended_to 是暂停的最后一天。")
    serializer_class = StationSerializer
    ledger = StationLedger()
    asked = StationParameters
    verb = Permission.VIEW_STATION


class PointSerializer(serializers.ModelSerializer[Point]):
    station = StationName(read_only=True)
    communities = AreaName(many=True, read_only=True)

    class Meta:
        model = Point
        fields = ("id", "code", "name", "station", "communities", "opened_on", "closed_on")


class PointViewSet(RowViewSet):
    """Points of stations within reach."""

    about = _("社工点和它覆盖的村居。closed_on 是停用的第一天。")
    serializer_class = PointSerializer
    ledger = PointLedger()
    verb = Permission.VIEW_STATION


class PostSerializer(serializers.ModelSerializer[Post]):
    station = StationName(read_only=True)
    point = PointName(read_only=True, allow_null=True)

    class Meta:
        model = Post
        fields = ("id", "code", "station", "point", "kind", "title", "set_on", "abolished_on")


class PostParameters(DatedRowParameters):
    lookups = {"kind": "kind", "point": "point__code"}

    kind = Choice(_("岗位类别"), Post.Kind.choices)
    point = Text(_("社工点编码"), max_length=32)


class PostViewSet(RowViewSet):
    """Posts of stations within reach."""

    about = _("岗位。point 为空表示设在社工站，abolished_on 是最后一天。")
    serializer_class = PostSerializer
    ledger = PostLedger()
    asked = PostParameters
    verb = Permission.VIEW_STATION
