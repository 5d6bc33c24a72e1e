"""Who and what there is at a station today: people on post, points, posts, projects."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from procurement.models import Project
from staffing.models import Placement
from stations.models import Point, Post, Station
from tenancy.models import User
from tenancy.periods import Period, is_active, project_year, project_year_period


@dataclass(frozen=True)
class ProjectRow:
    """A project and the year it is in; none before its start and after its end."""

    project: Project
    year: int | None
    period: Period | None


def project_rows(user: User, station: Station, on: date) -> list[ProjectRow]:
    """The station's projects, the latest first."""
    rows = Project.objects.visible_to(user).filter(station=station).select_related("operator")
    return [project_row(project, on) for project in rows.order_by("-starts_on", "number")]


def project_row(project: Project, on: date) -> ProjectRow:
    """The project as it stands on the day."""
    if project.starts_on > on or not is_active(project.starts_on, project.years, on):
        return ProjectRow(project, None, None)
    year = project_year(project.starts_on, on)
    return ProjectRow(project, year, project_year_period(project.starts_on, year))


def agreed_heads(rows: Iterable[ProjectRow]) -> int:
    """How many people the projects in force have agreed on."""
    return sum(row.project.agreed_heads for row in rows if row.year)


def placements(user: User, station: Station, on: date) -> list[Placement]:
    """People on post with their certificates; identity numbers are not even read."""
    rows: Any = Placement.objects.visible_to(user).filter(post__station=station).active(on)
    shown = rows.select_related("worker", "post__point").defer("worker__identity")
    return list(
        shown.prefetch_related("worker__certificates").order_by("post__kind", "worker__code", "pk")
    )


@dataclass(frozen=True)
class PostCounts:
    """Posts at a station or a point, by kind, and how many of them are held."""

    admin: int
    service: int
    held: int

    @property
    def vacant(self) -> int:
        return self.admin + self.service - self.held


@dataclass(frozen=True)
class PointRow:
    """A point, or the station itself where there is none, with its posts."""

    point: Point | None
    posts: PostCounts


def point_rows(
    user: User, station: Station, on: date, taken: Iterable[Placement]
) -> list[PointRow]:
    """The station's own posts first, then those of each open point."""
    held = {placement.post_id for placement in taken}
    posts: Any = Post.objects.visible_to(user).filter(station=station).existing(on)
    by_point: dict[int | None, list[Post]] = {None: []}
    for post in posts:
        by_point.setdefault(post.point_id, []).append(post)
    points: Any = Point.objects.visible_to(user).filter(station=station).open(on)
    places = [None, *points.prefetch_related("communities").order_by("code")]
    return [
        PointRow(point, _count(by_point.get(point.pk if point else None, []), held))
        for point in places
    ]


def _count(posts: list[Post], held: set[int]) -> PostCounts:
    kinds = Counter(post.kind for post in posts)
    return PostCounts(
        admin=kinds[Post.Kind.ADMIN],
        service=kinds[Post.Kind.SERVICE],
        held=sum(post.pk in held for post in posts),
    )
