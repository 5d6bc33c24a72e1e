"""Overrides follow the areas that are moved or recoded."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from compliance.models import Override
from tenancy.models import Area, User


def follow(*, successors: dict[int, Area], on: date, by: User, **_news: Any) -> None:
    """Receives `areas_replaced`. Where areas became one, what one of them set does not bind all."""
    heirs = Counter(area.pk for area in successors.values())
    for override in Override.objects.filter(area__in=successors):
        heir = successors[override.area_id]
        if heirs[heir.pk] == 1 and heir.valid_from == on:
            Override.objects.filter(pk=override.pk).update(area=heir)
        else:
            _end(override, on - timedelta(days=1), by)


def _end(override: Override, last_day: date, by: User) -> None:
    running = Q(valid_to=None) | Q(valid_to__gt=last_day)
    rows = Override.objects.filter(running, pk=override.pk, valid_from__lte=last_day)
    rows.update(valid_to=last_day, ended_by=by, ended_at=timezone.now())
