"""The access table: each route and method, and what it takes. A route without a row fails.

A route that means two things, by what its query names, has a row for each.
"""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from dashboard.tasks import PAPER
from jobs.models import Job
from jobs.registry import job
from tenancy import audit
from tenancy.models import Appointment, AuditEvent, Message, PublicKey
from tenancy.permissions import Permission
from tests.access.kinds import Access, by_code, by_query, listed, one, own, public
from tests.access.notices import NOTICES
from tests.access.records import RECORDS
from tests.access.records_api import RECORDS_API
from tests.access.workbooks import WORKBOOKS
from tests.factories import (
    CertificateFactory,
    CityImportFactory,
    ContractFactory,
    OpeningFigureFactory,
    OrganisationFactory,
    OverrideFactory,
    PlacementFactory,
    PointFactory,
    PostFactory,
    ProjectFactory,
    ReportFactory,
    RunFactory,
    RunFindingFactory,
    StationFactory,
    SupervisorFactory,
    TallyFactory,
    UserFactory,
    appointed,
)

KIND = "access-table"
FORM_KEY = {"submission": "a-key-for-the-access-table"}


@job(KIND, verb=Permission.EVALUATE, title="核验")
def nothing(running):
    return {}


def street(street, by):
    return street


def message_of_another(street, by):
    """Nobody but its recipient opens it, whatever they may do at the place."""
    return Message.objects.create(recipient=by, key="access-table", kind="job_done")


def officer(street, by):
    """Somebody at the street whose one verb every appointer may hand on."""
    return appointed(UserFactory(), "community_committee", street)


def office(street, by):
    return Appointment.objects.get(user=officer(street, by))


def station(street, by):
    return StationFactory(street=street)


def project(street, by):
    return ProjectFactory(station=station(street, by), operator=OrganisationFactory(area=street))


def point(street, by):
    return PointFactory(station=station(street, by))


def post(street, by):
    return PostFactory(station=station(street, by))


def contract(street, by):
    return ContractFactory(project=project(street, by))


def worker(street, by):
    return PlacementFactory(post__station=StationFactory(street=street)).worker


def certificate(street, by):
    return CertificateFactory(worker=worker(street, by))


def supervisor(street, by):
    return SupervisorFactory(home=street)


def waiting_job(street, by):
    return Job.objects.create(kind=KIND, area=street, requested_by=by)


def paper(street, by):
    name = default_storage.save("papers/access.pdf", ContentFile(b"%PDF-"))
    return Job.objects.create(
        kind=PAPER, area=street, requested_by=by, ended_at=timezone.now(), result={"file": name}
    )


def override(street, by):
    return OverrideFactory(area=street, made_by=by)


def opening(street, by):
    return OpeningFigureFactory(project=project(street, by), attested_by=by)


def city_import(street, by):
    return CityImportFactory(area=street, uploaded_by=by)


def run(street, by):
    return RunFactory(area=street, requested_by=by)


def finding(street, by):
    return RunFindingFactory(run=run(street, by), place=street)


def report(street, by):
    printed = run(street, by)
    TallyFactory(run=printed, area=street)
    return ReportFactory(run=printed, area=street, requested_by=by)


def verifiable(street, by):
    """A report whose code opens its verification."""
    made = report(street, by)
    PublicKey.objects.open_paper(PublicKey.Kind.REPORT, made.check_code)
    return made


def act(street, by):
    audit.record(verb="change-area", by=by, target=street, place=street.path)
    audit.append_pending()
    return AuditEvent.objects.latest("seq")


def area(verb, **options):
    return one(verb, street, key=by_code, **options)


def at_place(verb):
    """A list of the API, and the same list of one area, which must exist for the reader."""
    return listed(verb), one(verb, street, key=by_query("area"), exists=Permission.VIEW_AREA)


def job_row(**options):
    """A job exists for those who hold its kind's verb at its place."""
    return one(None, waiting_job, exists=Permission.EVALUATE, **options)


def in_ledger(slug):
    """A row is named by its ledger and its key."""
    return lambda made: ({"slug": slug, "pk": made.pk}, {})


def ledgers(*verbs, **options):
    """The lists of the same ledgers; only a ledger is named."""
    return tuple(
        listed(verb, make=make, key=in_list(slug), **options)
        for make, slug, verb in zip(MAKES, SLUGS, verbs, strict=True)
    )


def in_list(slug):
    return lambda made: ({"slug": slug}, {})


def by_kind(kind, attribute="code"):
    return lambda made: ({"kind": kind, "code": getattr(made, attribute)}, {})


def ledger_rows(*verbs, **options):
    """A row for each kind of place that a ledger's rows have."""
    return tuple(
        one(verb, make, key=in_ledger(slug), **options)
        for make, slug, verb in zip(MAKES, SLUGS, verbs or (None,) * 4, strict=True)
    )


P = Permission
MAKES = (station, worker, project, supervisor)
SLUGS = ("stations", "workers", "projects", "supervisors")
VIEWS = (P.VIEW_STATION, P.VIEW_WORKER, P.VIEW_PROJECT, P.VIEW_SUPERVISION)
CHANGES = (P.CHANGE_STATION, P.CHANGE_WORKER, P.CHANGE_PROJECT, P.CHANGE_SUPERVISION)


def person(verb):
    return one(verb, officer, exists=Permission.VIEW_APPOINTMENT)


TABLE: dict[tuple[str, str], Access | tuple[Access, ...]] = {
    ("set_language", "POST"): public(data={"language": "en"}),
    ("text-size", "POST"): public(data={"size": "large"}),
    # --- dashboard
    ("dashboard:home", "GET"): own(),
    ("dashboard:todo-list", "GET"): own(),
    ("dashboard:search", "GET"): listed(),
    ("dashboard:area", "GET"): area(None, exists=Permission.VIEW_AREA),
    ("dashboard:area-people", "GET"): area(Permission.VIEW_WORKER),
    ("dashboard:area-workbook", "GET"): area(None, exists=Permission.VIEW_AREA),
    ("dashboard:paper-request", "POST"): area(Permission.VIEW_FINDING),
    ("dashboard:paper-file", "GET"): one(None, paper, exists=Permission.VIEW_FINDING),
    ("dashboard:station-workbook", "GET"): one(None, station, exists=Permission.VIEW_STATION),
    ("dashboard:station", "GET"): one(None, station, exists=Permission.VIEW_STATION),
    ("dashboard:project", "GET"): one(None, project, exists=Permission.VIEW_PROJECT),
    ("dashboard:worker", "GET"): one(None, worker, exists=Permission.VIEW_WORKER),
    ("dashboard:act-list", "GET"): (
        listed(P.VIEW_AUDIT),
        one(P.VIEW_AUDIT, street, key=by_query("area"), exists=P.VIEW_AREA),
    ),
    ("dashboard:act-export", "GET"): (
        listed(P.VIEW_AUDIT),
        one(P.VIEW_AUDIT, street, key=by_query("area"), exists=P.VIEW_AREA),
    ),
    ("dashboard:act-detail", "GET"): one(P.VIEW_AUDIT, act),
    ("dashboard:style", "GET"): own(),
    # --- compliance
    ("compliance:finding-list", "GET"): (
        listed(Permission.VIEW_FINDING),
        one(Permission.VIEW_FINDING, street, key=by_query("area")),
    ),
    ("compliance:finding-detail", "GET"): one(Permission.VIEW_FINDING, finding),
    ("compliance:evaluation-request", "POST"): area(Permission.EVALUATE),
    ("compliance:parameter-list", "GET"): listed(Permission.VIEW_FINDING),
    ("compliance:override-new", "GET"): area(Permission.OVERRIDE_PARAMETER),
    ("compliance:override-new", "POST"): area(Permission.OVERRIDE_PARAMETER, data=FORM_KEY),
    ("compliance:override-detail", "GET"): one(
        Permission.VIEW_FINDING, override, reaches_down=True
    ),
    ("compliance:override-end", "POST"): one(
        Permission.OVERRIDE_PARAMETER,
        override,
        exists=Permission.VIEW_FINDING,
        reaches_down=True,
    ),
    ("compliance:override-document", "GET"): one(
        Permission.VIEW_FINDING, override, reaches_down=True
    ),
    ("compliance:opening-list", "GET"): one(
        Permission.CHANGE_PROJECT, project, exists=Permission.VIEW_PROJECT
    ),
    ("compliance:opening-list", "POST"): one(
        Permission.CHANGE_PROJECT, project, exists=Permission.VIEW_PROJECT, data=FORM_KEY
    ),
    ("compliance:opening-withdraw", "POST"): one(
        Permission.CHANGE_PROJECT, opening, exists=Permission.VIEW_PROJECT
    ),
    ("compliance:opening-document", "GET"): one(Permission.VIEW_PROJECT, opening),
    ("compliance:report-list", "GET"): listed(Permission.VIEW_FINDING),
    ("compliance:report-new", "GET"): (
        listed(Permission.BUILD_REPORT),
        one(Permission.BUILD_REPORT, street, key=by_query("area")),
    ),
    ("compliance:report-new", "POST"): listed(Permission.BUILD_REPORT, data=FORM_KEY),
    ("compliance:report-detail", "GET"): one(Permission.VIEW_FINDING, report),
    ("compliance:report-file", "GET"): one(Permission.VIEW_FINDING, report),
    ("compliance:report-workbook", "GET"): one(Permission.VIEW_FINDING, report),
    ("compliance:street-report-list", "GET"): area(Permission.VIEW_FINDING),
    ("compliance:street-report-list", "POST"): area(Permission.BUILD_REPORT, data=FORM_KEY),
    ("compliance:street-report-archive", "GET"): one(
        Permission.VIEW_FINDING,
        report,
        key=lambda made: ({"code": made.area.code, "period": made.period}, {}),
        exists=Permission.VIEW_AREA,
    ),
    **NOTICES,
    # --- filings
    **RECORDS,
    **WORKBOOKS,
    ("compliance:verify", "GET"): public(),
    ("compliance:verify-code", "GET"): public(
        make=verifiable, key=lambda made: ({"code": made.check_code}, {})
    ),
    # --- jobs
    ("jobs:job-list", "GET"): listed(),
    ("jobs:job-detail", "GET"): job_row(),
    ("jobs:job-progress", "GET"): job_row(),
    ("jobs:job-cancel", "POST"): job_row(),
    ("jobs:job-retry", "POST"): job_row(),
    # --- ledgers
    ("ledgers:overview", "GET"): own(),
    ("ledgers:row-list", "GET"): (
        *ledgers(*VIEWS),
        one(
            P.VIEW_STATION,
            street,
            key=lambda made: ({"slug": "stations"}, {"area": made.code}),
            exists=P.VIEW_AREA,
        ),
    ),
    ("ledgers:row-export", "GET"): ledgers(*VIEWS),
    ("ledgers:row-new", "GET"): ledgers(*CHANGES),
    ("ledgers:row-new", "POST"): ledgers(*CHANGES, data=FORM_KEY),
    ("ledgers:row-detail", "GET"): ledger_rows(),
    ("ledgers:row-edit", "GET"): ledger_rows(*CHANGES),
    ("ledgers:row-edit", "POST"): ledger_rows(*CHANGES),
    ("ledgers:subject", "GET"): (
        one(None, street, key=by_kind("area"), exists=Permission.VIEW_AREA),
        one(None, station, key=by_kind("station")),
        one(None, worker, key=by_kind("worker")),
        one(None, project, key=by_kind("project", "number")),
    ),
    # --- staffing
    ("staffing:identity-reveal", "GET"): one(Permission.REVEAL_IDENTITY, worker),
    ("staffing:identity-reveal", "POST"): one(
        Permission.REVEAL_IDENTITY, worker, data={"reason": "核对证件"}
    ),
    ("staffing:certificate-verify", "GET"): one(Permission.VERIFY_CERTIFICATE, certificate),
    ("staffing:certificate-verify", "POST"): one(Permission.VERIFY_CERTIFICATE, certificate),
    ("jobs:import-list", "GET"): listed(Permission.IMPORT_CITY),
    ("jobs:import-list", "POST"): listed(Permission.IMPORT_CITY, data=FORM_KEY),
    ("jobs:import-template", "GET"): listed(Permission.IMPORT_CITY),
    ("jobs:import-detail", "GET"): one(None, city_import, exists=Permission.IMPORT_CITY),
    ("jobs:import-faults", "GET"): one(None, city_import, exists=Permission.IMPORT_CITY),
    ("jobs:import-confirm", "POST"): one(Permission.IMPORT_CITY, city_import),
    ("jobs:import-discard", "POST"): one(Permission.IMPORT_CITY, city_import),
    # --- API
    ("api:area-list", "GET"): listed(),
    ("api:area-detail", "GET"): one(None, street, exists=Permission.VIEW_AREA),
    ("api:job-list", "GET"): listed(),
    ("api:job-detail", "GET"): job_row(),
    ("api:station-list", "GET"): at_place(P.VIEW_STATION),
    ("api:station-detail", "GET"): one(None, station),
    ("api:point-list", "GET"): at_place(P.VIEW_STATION),
    ("api:point-detail", "GET"): one(None, point),
    ("api:post-list", "GET"): at_place(P.VIEW_STATION),
    ("api:post-detail", "GET"): one(None, post),
    ("api:worker-list", "GET"): at_place(P.VIEW_WORKER),
    ("api:worker-detail", "GET"): one(None, worker),
    ("api:project-list", "GET"): at_place(P.VIEW_PROJECT),
    ("api:project-detail", "GET"): one(None, project),
    ("api:contract-list", "GET"): at_place(P.VIEW_PROJECT),
    ("api:contract-detail", "GET"): one(None, contract),
    ("api:finding-list", "GET"): at_place(P.VIEW_FINDING),
    ("api:finding-detail", "GET"): one(None, finding),
    ("api:run-list", "GET"): at_place(P.VIEW_FINDING),
    ("api:run-detail", "GET"): one(None, run),
    ("api:report-list", "GET"): at_place(P.VIEW_FINDING),
    ("api:report-detail", "GET"): one(None, report),
    **RECORDS_API,
    ("api:schema", "GET"): own(),
    ("api:docs", "GET"): own(),
    # --- tenancy
    ("tenancy:login", "GET"): public(),
    ("tenancy:login", "POST"): public(data={"username": "nobody", "password": "wrong"}),
    ("tenancy:logout", "POST"): own(),
    ("tenancy:account", "GET"): own(),
    ("tenancy:account", "POST"): own(data={"name": "王小明", "language": ""}),
    ("tenancy:message-list", "GET"): own(),
    ("tenancy:message-read-all", "POST"): own(),
    ("tenancy:message-open", "POST"): own(make=message_of_another, answers=frozenset({404})),
    ("tenancy:password-change", "GET"): own(),
    ("tenancy:password-change", "POST"): own(data={"new": "short"}),
    ("tenancy:appointment-list", "GET"): (
        listed(),
        one(None, street, key=by_query("area"), exists=Permission.VIEW_AREA),
    ),
    ("tenancy:appointment-new", "GET"): (
        listed(),
        one(Permission.APPOINT, street, key=by_query("area")),
    ),
    ("tenancy:appointment-new", "POST"): one(
        Permission.APPOINT, street, key=by_query("area"), data=FORM_KEY
    ),
    ("tenancy:appointment-detail", "GET"): one(Permission.VIEW_APPOINTMENT, office),
    ("tenancy:appointment-end", "POST"): one(Permission.APPOINT, office),
    ("tenancy:person", "GET"): person(Permission.VIEW_APPOINTMENT),
    ("tenancy:person-reset", "POST"): person(Permission.APPOINT),
    ("tenancy:person-end", "POST"): person(Permission.APPOINT),
    ("tenancy:area-edit", "GET"): area(Permission.CHANGE_AREA),
    ("tenancy:area-edit", "POST"): area(Permission.CHANGE_AREA),
    ("tenancy:area-replace", "GET"): area(Permission.CHANGE_AREA),
    ("tenancy:area-replace", "POST"): area(Permission.CHANGE_AREA),
    ("tenancy:area-merge", "GET"): area(Permission.CHANGE_AREA),
    ("tenancy:area-merge", "POST"): area(Permission.CHANGE_AREA),
}


def rows():
    """(name, method, access) of each row, a route of two meanings twice."""
    return [
        pytest.param(name, method, access, id=f"{name} {method} {access.kind.name}")
        for (name, method), meant in TABLE.items()
        for access in (meant if isinstance(meant, tuple) else (meant,))
    ]
