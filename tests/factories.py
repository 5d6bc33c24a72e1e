"""Rows for tests; they belong to the tenant in force."""

from datetime import date, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from compliance.models import OpeningFigure, Override, Report, Run, RunFinding, Tally
from jobs.models import CityImport, Job
from procurement.models import Contract, Project
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, Post, Station
from stations.seating import settle
from supervision.models import Assignment, SupervisionCentre, Supervisor
from tenancy.actions.appointments import Office, appoint
from tenancy.actions.tenants import create_tenant
from tenancy.areas.loading import sort_name
from tenancy.context import current_tenant_id
from tenancy.models import Answer, Appointment, Area, Organisation, Tenant, User
from tenancy.periods import anniversary
from tenancy.permissions import Role


class TenantFactory(DjangoModelFactory):
    class Meta:
        model = Tenant

    slug = factory.Sequence(lambda n: f"tenant-{n}")
    name = factory.Sequence(lambda n: f"租户{n}")
    pack = "guangzhou-2023"
    labels = factory.LazyFunction(dict)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_tenant(**kwargs)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    level = "street"
    code = factory.Sequence(lambda n: f"4401{n:08d}")
    name = factory.Sequence(lambda n: f"测试{n}街道")
    sort_name = factory.LazyAttribute(lambda area: sort_name(area.name))
    parent = None
    path = factory.LazyAttribute(
        lambda area: f"{area.parent.path if area.parent else ''}{area.code}/"
    )
    counts_for_coverage = factory.LazyAttribute(lambda area: area.level == "street")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"示例社会工作服务中心{n}")
    kind = Organisation.Kind.OPERATOR
    area = factory.SubFactory(AreaFactory)


class UserFactory(DjangoModelFactory):
    """A user of the tenant in force; `role` and `area` appoint it from today."""

    class Meta:
        model = User
        exclude = ("role", "area")
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    name = factory.Sequence(lambda n: f"测试员{n}")
    tenant_id = factory.LazyFunction(current_tenant_id)
    password = "!"
    role = None
    area = None

    @classmethod
    def _generate(cls, strategy, params):
        role, area = params.pop("role", None), params.pop("area", None)
        user = super()._generate(strategy, params)
        return appointed(user, role, area) if role else user


def appointed(user: User, role: str, area: Area, starts_on: date | None = None) -> User:
    """The user, appointed by the system user."""
    office = Office(Role(role), area, starts_on or timezone.localdate())
    appoint(user=user, office=office, by=User.objects.system(current_tenant_id()))
    return user


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    role = Role.STREET_OFFICE
    starts_on = date(2026, 1, 1)


class StationFactory(DjangoModelFactory):
    """A station in `street`, with its leaf and seat."""

    class Meta:
        model = Station

    code = factory.Sequence(lambda n: f"ZD{n:04d}")
    name = factory.Sequence(lambda n: f"示例{n}社工站")
    street = factory.SubFactory(AreaFactory)
    mode = Station.Mode.PURCHASED
    opened_on = date(2020, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        street = kwargs.pop("street")
        station = model_class(**kwargs)
        station.street = street
        settle([station])
        return station


class PointFactory(DjangoModelFactory):
    class Meta:
        model = Point
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"D{n:04d}")
    name = factory.Sequence(lambda n: f"示例{n}社工点")
    station = factory.SubFactory(StationFactory)
    opened_on = date(2020, 1, 1)

    @factory.post_generation
    def communities(self, create, extracted, **kwargs):
        self.communities.add(*(extracted or []))


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    code = factory.Sequence(lambda n: f"G{n:04d}")
    station = factory.SubFactory(StationFactory)
    kind = Post.Kind.SERVICE
    set_on = date(2020, 1, 1)


class WorkerFactory(DjangoModelFactory):
    """A purchased social worker; `home` must be given where nothing else says the place."""

    class Meta:
        model = Worker

    code = factory.Sequence(lambda n: f"R{n:04d}")
    name = factory.Sequence(lambda n: f"社工{n}")
    channel = Worker.Channel.PURCHASED
    hired_on = date(2020, 1, 1)
    home = factory.SubFactory(AreaFactory)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    post = factory.SubFactory(PostFactory)
    worker = factory.SubFactory(
        WorkerFactory, home=factory.SelfAttribute("..post.station.area.parent")
    )
    starts_on = date(2020, 1, 1)


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    worker = factory.SubFactory(WorkerFactory)
    level = Certificate.Level.ASSISTANT
    obtained_on = date(2020, 1, 1)
    verification = Certificate.Verification.VERIFIED


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    number = factory.Sequence(lambda n: f"440100-2023-{n:05d}")
    station = factory.SubFactory(StationFactory)
    operator = factory.SubFactory(OrganisationFactory)
    years = 3
    agreed_heads = 20
    annual_budget = 2_400_000
    starts_on = date(2023, 6, 1)


class ContractFactory(DjangoModelFactory):
    """The first year of a project."""

    class Meta:
        model = Contract

    project = factory.SubFactory(ProjectFactory)
    year_no = 1
    starts_on = factory.LazyAttribute(lambda contract: contract.project.starts_on)
    ends_on = factory.LazyAttribute(
        lambda contract: anniversary(contract.starts_on, 1) - timedelta(days=1)
    )
    amount = 2_400_000


class SupervisionCentreFactory(DjangoModelFactory):
    class Meta:
        model = SupervisionCentre

    name = factory.Sequence(lambda n: f"示例督导中心{n}")
    area = factory.SubFactory(AreaFactory)
    organisation = factory.SubFactory(OrganisationFactory, area=factory.SelfAttribute("..area"))
    starts_on = date(2020, 1, 1)
    ends_on = date(2029, 12, 31)


class SupervisorFactory(DjangoModelFactory):
    class Meta:
        model = Supervisor

    code = factory.Sequence(lambda n: f"DD{n:04d}")
    name = factory.Sequence(lambda n: f"督导{n}")
    nature = Supervisor.Nature.FULL_TIME
    starts_on = date(2020, 1, 1)
    home = factory.SubFactory(AreaFactory)


class AssignmentFactory(DjangoModelFactory):
    """To a station; for a person say `worker=…, station=None`."""

    class Meta:
        model = Assignment

    supervisor = factory.SubFactory(SupervisorFactory)
    station = factory.SubFactory(StationFactory)
    starts_on = date(2020, 1, 1)


class OverrideFactory(DjangoModelFactory):
    """A district that pays more."""

    class Meta:
        model = Override

    area = factory.SubFactory(AreaFactory)
    rule = "POST-06"
    parameter = "price"
    value = "130000.00"
    valid_from = date(2023, 4, 7)
    instrument = "示例民〔2023〕1号"
    document = factory.LazyFunction(lambda: ContentFile(b"%PDF-", "instrument.pdf"))
    made_by = factory.SubFactory(UserFactory)
    made_at = factory.LazyFunction(timezone.now)


class OpeningFigureFactory(DjangoModelFactory):
    class Meta:
        model = OpeningFigure

    project = factory.SubFactory(ProjectFactory)
    year = 1
    certified = 10
    workers = 20
    document = factory.LazyFunction(lambda: ContentFile(b"%PDF-", "attested.pdf"))
    attested_by = factory.SubFactory(UserFactory)
    attested_at = factory.LazyFunction(timezone.now)


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "probe"
    area = factory.SubFactory(AreaFactory)
    requested_by = factory.SubFactory(UserFactory)


class CityImportFactory(DjangoModelFactory):
    """Sent in and not yet checked."""

    class Meta:
        model = CityImport

    area = factory.SubFactory(AreaFactory)
    file_name = "城市台账.xlsx"
    file = factory.LazyFunction(lambda: ContentFile(b"PK", "city.xlsx"))
    sha256 = "0" * 64
    size = 2
    uploaded_by = factory.SubFactory(UserFactory)


class RunFactory(DjangoModelFactory):
    class Meta:
        model = Run

    area = factory.SubFactory(AreaFactory)
    on = date(2026, 1, 1)
    pack = "guangzhou-2023"
    pack_version = "1"
    inputs_hash = "0" * 64
    requested_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class RunFindingFactory(DjangoModelFactory):
    """A street without a station."""

    class Meta:
        model = RunFinding

    run = factory.SubFactory(RunFactory)
    place = factory.SubFactory(AreaFactory)
    rule = "COV-01"
    kind = "area"
    code = factory.LazyAttribute(lambda row: row.place.code)
    status = "not_met"
    record = factory.LazyAttribute(
        lambda row: {
            "rule": "COV-01",
            "pack": "guangzhou-2023",
            "clause": "art-1",
            "inferred": False,
            "subject": {"kind": "area", "code": row.code, "name": row.place.name},
            "status": row.status,
            "measured": 0,
            "required": 1,
            "shortfall": {"streets": 1},
            "evidence": [],
            "counts_as": [],
            "reason": "",
            "details": {},
        }
    )


class TallyFactory(DjangoModelFactory):
    class Meta:
        model = Tally

    run = factory.SubFactory(RunFactory)
    area = factory.SubFactory(AreaFactory)


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    area = factory.SubFactory(AreaFactory)
    period = "2026"
    number = 1
    run = factory.SubFactory(RunFactory, area=factory.SelfAttribute("..area"))
    check_code = factory.Sequence(lambda n: f"TEST-TEST-TEST-{n:04d}")
    audit_seq = 0
    audit_head = "0" * 64
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-", "report.pdf"))
    sha256 = "0" * 64
    workbook = factory.LazyFunction(lambda: ContentFile(b"PK", "report.xlsx"))
    workbook_sha256 = "0" * 64
    requested_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    user = factory.SubFactory(UserFactory)
    path = "/api/v1/monthly-records/1/submit/"
    key = factory.Sequence(lambda n: f"key-{n}")
    content = "0" * 64
    status = 200
    tag = '"1-0"'
    body = "{}"
