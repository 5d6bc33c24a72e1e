"""POST-01, POST-02, POST-03: where posts sit, and that a station has both kinds.

《广州市社工服务站管理办法》，据报道（SEED）：事务性岗位设在社工站，服务性岗位设在社工点；
经办在镇（街）、服务在村（居）。
"""

from compliance.findings import Evidence, Finding, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.shapes import Facts, PostFacts, PostKind, StationFacts

KINDS = len(PostKind)


def admin_posts_at_the_station(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-01: an administrative post sits at the station."""
    return [
        _of_post(post, station, binding, fits=not post.point)
        for station, post in _existing(facts)
        if post.kind is PostKind.ADMIN
    ]


def service_posts_at_points(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-02: a service post sits at a point."""
    return [
        _of_post(post, station, binding, fits=bool(post.point))
        for station, post in _existing(facts)
        if post.kind is PostKind.SERVICE
    ]


def both_kinds_of_posts(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-03: an operating station has posts of both kinds."""
    return [
        _of_station(station, facts, binding)
        for station in facts.stations
        if station.operates(facts.on)
    ]


def _existing(facts: Facts) -> list[tuple[StationFacts, PostFacts]]:
    return [
        (station, post)
        for station in facts.stations
        for post in station.posts
        if post.exists(facts.on)
    ]


def _of_post(post: PostFacts, station: StationFacts, binding: Binding, *, fits: bool) -> Finding:
    site = Evidence(SubjectKind.STATION, station.code, "site")
    if post.point:
        site = Evidence(SubjectKind.POINT, post.point, "site")
    return binding.finding(
        Subject(SubjectKind.POST, post.code, post.name),
        Status.MET if fits else binding.failure,
        (site,),
    )


def _of_station(station: StationFacts, facts: Facts, binding: Binding) -> Finding:
    posts = [post for post in station.posts if post.exists(facts.on)]
    kinds = {post.kind for post in posts}
    return binding.finding(
        Subject(SubjectKind.STATION, station.code, station.name),
        Status.MET if len(kinds) == KINDS else binding.failure,
        tuple(Evidence(SubjectKind.POST, post.code, f"{post.kind.value}_post") for post in posts),
        measured=len(kinds),
        required=KINDS,
        details={kind.value: sum(post.kind is kind for post in posts) for kind in PostKind},
    )
