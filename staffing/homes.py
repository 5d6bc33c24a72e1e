"""Where a person belongs who has no placement: the authority above the last one's street."""

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from staffing.models import Placement, Worker


def settle_homes(workers: Collection[Any]) -> None:
    """Bring the homes of these people (keys) into line with their latest placements."""
    latest = (
        Placement.objects.filter(worker=OuterRef("pk"))
        .order_by("-starts_on", "-pk")
        .annotate(
            above=Coalesce("post__station__area__parent__parent", "post__station__area__parent")
        )
    )
    home = Subquery(latest.values("above")[:1])
    Worker.objects.filter(pk__in=workers, placements__isnull=False).update(home=home)
