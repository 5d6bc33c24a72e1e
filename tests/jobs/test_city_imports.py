"""Workbooks sent in, checked and applied by jobs; the jobs' functions are called in this process."""

import json
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs import execution, importing, tasks
from jobs.actions import imports as actions
from jobs.models import CityImport, Job
from jobs.running import CannotBeDone, RunningJob
from stations.models import Station
from tenancy import audit
from tenancy.context import tenant_context
from tenancy.models import AuditEvent
from tests.city_workbook import CityBook, plant_city
from tests.conftest import suspended
from tests.factories import CityImportFactory, UserFactory

pytestmark = pytest.mark.django_db
State = CityImport.State
DAY = timedelta(days=1)


def sent(book, name="城市台账.xlsx", by=None):
    content = SimpleUploadedFile(name, book.save().read_bytes())
    return actions.upload(content=content, by=by or book.user)


def work(city_import):
    """Do the job that the import waits for, as far as its function goes."""
    job = Job.objects.get(pk=look(city_import).job_id)
    verb = {actions.CHECK: importing.check_import, actions.APPLY: importing.apply_import}[job.kind]
    result = verb(RunningJob(job.params, job.area, job.requested_by, job.pk))
    Job.objects.filter(pk=job.pk).end(result=result)


def look(city_import):
    return CityImport.objects.select_related("job").get(pk=city_import.pk)


def checked(book, **options):
    city_import = sent(book, **options)
    work(city_import)
    return look(city_import)


def exists(city_import):
    return default_storage.exists(city_import.file.name)


def test_a_workbook_is_kept_under_a_name_of_chance_and_its_job_asked_for(city_book):
    city_import = look(sent(city_book, "名单\u202e\x07 2026.xlsx"))

    assert (city_import.state, city_import.job.kind) == (State.CHECKING, actions.CHECK)
    assert city_import.job.params == {"import": city_import.pk}
    assert city_import.file_name == "名单 2026.xlsx"
    assert "名单" not in city_import.file.name
    assert exists(city_import)
    assert (city_import.area.level, city_import.size) == ("city", city_book.file.stat().st_size)


def test_a_check_leaves_its_outcome_and_writes_nothing(city_book):
    city_import = checked(city_book)

    assert (city_import.state, city_import.error_count) == (State.READY, 0)
    assert city_import.counts["人员"] == {"new": 2, "changed": 0, "same": 0}
    assert {*city_import.outcome} == {"errors", "warnings", "counts"}
    assert not Station.objects.exists()


def test_errors_are_kept_and_cannot_be_confirmed(city_book):
    city_import = checked(city_book.put("人员", 1, 入职日期="2020-02-30"))

    assert city_import.state == State.FAULTY
    assert [(fault["sheet"], fault["row"]) for fault in city_import.errors] == [("人员", 2)]
    with pytest.raises(actions.NotConfirmable):
        actions.confirm(city_import=city_import, by=city_book.user)


def test_what_was_confirmed_is_written_and_its_file_goes(
    city_book, django_capture_on_commit_callbacks
):
    city_import = checked(city_book)
    actions.confirm(city_import=city_import, by=city_book.user)
    assert look(city_import).state == State.APPLYING

    with django_capture_on_commit_callbacks(execute=True):
        work(city_import)

    applied = look(city_import)
    assert (applied.state, applied.file.name, applied.counts["社工站"]["new"]) == ("applied", "", 2)
    assert Station.objects.count() == 2
    assert not exists(city_import)
    assert Job.objects.get(kind=actions.APPLY).result == {"import": city_import.pk}


def test_one_confirmation_wins(city_book):
    city_import = checked(city_book)
    actions.confirm(city_import=city_import, by=city_book.user)

    with pytest.raises(actions.NotConfirmable):
        actions.confirm(city_import=city_import, by=city_book.user)
    assert Job.objects.filter(kind=actions.APPLY).count() == 1


def test_an_unchecked_workbook_is_neither_confirmed_nor_discarded(city_book):
    city_import = sent(city_book)

    with pytest.raises(actions.NotConfirmable):
        actions.confirm(city_import=city_import, by=city_book.user)
    with pytest.raises(actions.NotDiscardable):
        actions.discard(city_import=city_import, by=city_book.user)


@pytest.mark.parametrize("verb", ["check", "apply"])
def test_only_the_file_that_was_sent_in_is_used(city_book, verb):
    city_import = sent(city_book) if verb == "check" else checked(city_book)
    if verb == "apply":
        actions.confirm(city_import=city_import, by=city_book.user)
    with open(city_import.file.path, "ab") as file:
        file.write(b"more")

    with pytest.raises(CannotBeDone, match="不一致"):
        work(city_import)
    assert not Station.objects.exists()


def test_a_lost_file_is_told(city_book):
    city_import = sent(city_book)
    default_storage.delete(city_import.file.name)

    with pytest.raises(CannotBeDone, match="重新上传"):
        work(city_import)


def test_a_discarded_workbook_loses_its_file_and_keeps_its_outcome(
    city_book, django_capture_on_commit_callbacks
):
    city_import = checked(city_book.put("人员", 1, 入职日期="2020-02-30"))

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(city_import=city_import, by=city_book.user)

    discarded = look(city_import)
    assert (discarded.state, len(discarded.errors)) == (State.DISCARDED, 1)
    assert not exists(city_import)
    with pytest.raises(actions.NotDiscardable):
        actions.discard(city_import=city_import, by=city_book.user)


def test_old_files_are_forgotten(city_book, django_capture_on_commit_callbacks):
    old, young = checked(city_book), checked(city_book)
    age = actions.KEPT + timedelta(minutes=1)
    CityImport.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - age)

    with django_capture_on_commit_callbacks(execute=True), suspended():
        tasks.forget_imports()

    assert (look(old).state, look(young).state) == (State.EXPIRED, State.READY)
    assert (exists(old), exists(young)) == (False, True)
    with pytest.raises(actions.NotConfirmable):
        actions.confirm(city_import=old, by=city_book.user)


def test_a_file_without_a_row_is_removed_after_a_day(
    city_book, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path / "files"
    kept, lost, young = checked(city_book), checked(city_book), checked(city_book)
    for city_import, age in ((kept, DAY), (lost, DAY), (young, timedelta(0))):
        touched = (timezone.now() - age - timedelta(minutes=1)).timestamp()
        os.utime(city_import.file.path, (touched, touched))
    CityImport.objects.exclude(pk=kept.pk).delete()  # as if they had been rolled back

    with django_capture_on_commit_callbacks(execute=True), suspended():
        tasks.forget_imports()

    assert [exists(one) for one in (kept, lost, young)] == [True, False, True]


def test_no_identity_number_stands_in_what_is_kept(city_book):
    number = city_book.rows["人员"][0][2]
    city_book.put("人员", 1, 性别=number, 入职日期=number, 所属机构=None)
    city_book.put("任职", 1, 人员编码=number).put("项目", 1, 年度预算=int(number[:17] + "0"))
    city_book.put("证书", 1, 级别=f"{number[:6]} {number[6:14]} {number[14:]}")
    city_book.put("岗位", 1, 岗位类别="9.90000199001010E+17")
    city_book.heads["证书"].append(number)

    city_import = checked(city_book)

    kept = json.dumps(city_import.outcome, ensure_ascii=False)
    assert city_import.error_count >= 6
    assert number[6:14] not in kept
    assert number[1:12] not in kept
    assert number[:3] in kept
    job = Job.objects.get()
    assert set(job.params) == set(job.result) == {"import"}


def test_the_acts_are_audited_without_contents(city_book):
    city_import = checked(city_book)
    actions.confirm(city_import=city_import, by=city_book.user)
    work(city_import)
    other = checked(city_book)
    actions.discard(city_import=other, by=city_book.user)
    audit.append_pending()

    acts = AuditEvent.objects.filter(target="jobs.cityimport").order_by("seq")
    assert [act.verb for act in acts] == [
        "upload-import", "confirm-import", "upload-import", "discard-import",
    ]  # fmt: skip
    assert all({*act.detail} == {"sha256", "size"} for act in acts)


def test_an_import_exists_for_who_sent_it_and_who_may_import_there(city_book, city, official):
    district = UserFactory(role="district_authority", area=city["haizhu"])
    other = UserFactory(role="district_authority", area=city["tianhe"])
    city_import = sent(city_book, by=district)

    seen = [CityImport.objects.visible_to(user).exists() for user in (district, official, other)]

    assert seen == [True, True, False]
    assert city_import.area == city["haizhu"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"checked_at": timezone.now()},
        {"confirmed_at": timezone.now()},
        {"discarded_at": timezone.now()},
        {"applied_at": timezone.now(), "file": ""},
    ],
)
def test_the_database_refuses_half_facts(root, official, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CityImportFactory(area=root, uploaded_by=official, **wrong)


@pytest.mark.django_db(transaction=True)
@pytest.mark.no_tenant
def test_an_import_that_data_have_overtaken_is_refused_with_its_new_errors(desk, tmp_path):
    with tenant_context(desk.tenant.pk):
        city = plant_city(desk.root)
        city_import = sent(CityBook(tmp_path, desk.user))
    execute(desk, city_import)
    with tenant_context(desk.tenant.pk):
        actions.confirm(city_import=look(city_import), by=desk.user)
        type(city["haizhu"]).objects.filter(code="440105020001").update(code="440105029999")
    execute(desk, city_import)

    with tenant_context(desk.tenant.pk):
        refused = look(city_import)
        assert refused.job.status == Job.State.FAILED
        assert "现在有 1 处错误，没有写入任何内容" in refused.job.error
        assert (refused.state, len(refused.errors)) == (State.FAULTY, 1)
        assert not Station.objects.exists()
        assert exists(refused)


def execute(desk, city_import):
    with tenant_context(desk.tenant.pk):
        job_id = look(city_import).job_id
    execution.execute(desk.tenant.pk, job_id, "here:1")
