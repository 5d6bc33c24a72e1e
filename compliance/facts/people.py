"""Everybody on post, and their certificates; those of a suspended station still count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from compliance.facts import among  # noqa: F401 registers the look-up
from compliance.facts.window import lately
from compliance.rules.shapes import (
    CertificateFacts,
    CertificateLevel,
    PersonFacts,
    PlacementFacts,
    Verification,
)
from staffing.models import Certificate, Placement, Worker
from tenancy.identity import mask_name

Days = tuple[date, date | None]
LEVELS = {level.value: level for level in CertificateLevel}
VERIFICATIONS = {one.value: one for one in Verification}


class People:
    """Placements on posts, from the station of each post and the days on which it existed."""

    def __init__(self, posts: Mapping[int, tuple[int, Days]], on: date) -> None:
        rows = Placement.objects.filter(
            lately(on, "starts_on", "ends_on"), post__id__among=posts
        ).order_by("post_id", "starts_on", "pk")
        found = list(
            rows.values_list(
                "worker_id", "post_id", "starts_on", "ends_on", "share", "project_code"
            )
        )
        self.persons, hired = _persons({worker for worker, *_rest in found}, on)
        self._by_station: dict[int, list[PlacementFacts]] = defaultdict(list)
        for worker, post, starts_on, ends_on, share, project in found:
            if worker in hired:
                station, existed = posts[post]
                days = _common((starts_on, ends_on), existed, hired[worker])
                facts = PlacementFacts(self.persons[worker], *days, share, project)
                self._by_station[station].append(facts)

    def at(self, station: int) -> tuple[PlacementFacts, ...]:
        """In an order that does not depend on keys."""
        return tuple(
            sorted(self._by_station[station], key=lambda one: (one.person.code, one.starts_on))
        )


def _common(*all_days: Days) -> Days:
    """The days that all have in common; they may be none."""
    ends = [last for _first, last in all_days if last]
    return max(first for first, _last in all_days), min(ends, default=None)


def _persons(keys: Iterable[int], on: date) -> tuple[dict[int, PersonFacts], dict[int, Days]]:
    """The people by key, and when they were employed."""
    rows = Worker.objects.filter(lately(on, "hired_on", "left_on"), id__among=keys)
    found = list(
        rows.values_list("pk", "code", "name", "channel", "is_social_worker", "hired_on", "left_on")
    )
    certificates = _certificates([row[0] for row in found])
    persons, hired = {}, {}
    for key, code, name, channel, is_social_worker, *days in found:
        purchased = channel == Worker.Channel.PURCHASED
        own = tuple(certificates[key])
        persons[key] = PersonFacts(code, own, mask_name(name), purchased, is_social_worker)
        hired[key] = (days[0], days[1])
    return persons, hired


def _certificates(workers: Iterable[int]) -> dict[int, list[CertificateFacts]]:
    found = defaultdict(list)
    rows = Certificate.objects.filter(worker__id__among=workers).order_by("level")
    for worker, level, verification, *dates in rows.values_list(
        "worker_id", "level", "verification", "obtained_on", "registered_until"
    ):
        facts = CertificateFacts(LEVELS[level], VERIFICATIONS[verification], *dates)
        found[worker].append(facts)
    return found
