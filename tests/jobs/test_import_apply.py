import json

import pytest

from jobs.imports import apply, check
from jobs.imports.faults import Count
from tenancy import audit
from tenancy.models import Area, AuditEvent, Organisation
from tests.factories import OrganisationFactory, UserFactory
from tests.jobs.bodies import BODIES, FIRST, PLACES, SECOND, BodyLedger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry", "street")]
REFUSED = "这一行不在您可以写入的范围内。"


def test_new_changed_and_same_rows_are_counted_and_written(book, official, street):
    apply(book(机构=[BODIES, FIRST, SECOND]), official)
    renamed = [SECOND[0], "改名评估中心", *SECOND[2:]]
    third = ["J3", "第三中心", None, "440105020000"]

    outcome = apply(book(机构=[BODIES, FIRST, renamed, third]), official)

    assert outcome.counts == {"机构": Count(new=1, changed=1, same=1)}
    rows = Organisation.objects.order_by("credit_code")
    assert list(rows.values_list("credit_code", "name", "kind", "version")) == [
        ("J1", "示例社工中心", "operator", 1),
        ("J2", "改名评估中心", "evaluator", 2),
        ("J3", "第三中心", "operator", 1),
    ]


def test_the_same_file_twice_changes_nothing(book, official, django_assert_num_queries):
    place = ["440105020000", "440105020001", "一居", "2026年1月1日", "2026.12.31"]
    file = book(机构=[BODIES, FIRST, SECOND], 村居=[PLACES, place])
    apply(file, official)

    outcome = apply(file, official)

    assert outcome.counts == {"机构": Count(same=2), "村居": Count(same=1)}
    assert set(Organisation.objects.values_list("version", flat=True)) == {1}


def test_a_check_writes_nothing(book, official):
    outcome = check(book(机构=[BODIES, FIRST]), official)

    assert outcome.counts == {"机构": Count(new=1)}
    assert not Organisation.objects.exists()


def test_absent_rows_and_absent_columns_stay_and_empty_cells_empty(book, official):
    head = [*PLACES, "别称"]
    rows = [["440105020000", f"44010502000{n}", "居", "2026-01-01", None, "旧名"] for n in (1, 2)]
    apply(book(村居=[head, *rows]), official)

    apply(book(村居=[PLACES[:4], ["440105020000", "440105020001", "居", None]]), official)

    rows = Area.objects.filter(level="community").order_by("code")
    assert [(row.alias_text, row.valid_from is None) for row in rows] == [
        ("旧名", True),
        ("旧名", False),
    ]


def test_queries_do_not_grow_with_rows(book, official, django_assert_max_num_queries):
    rows = [[f"J{n}", f"中心{n}", None, "440105020000"] for n in range(400)]
    file = book(机构=[BODIES, *rows])

    with django_assert_max_num_queries(16):
        apply(file, official)
    with django_assert_max_num_queries(16):
        apply(file, official)


def test_a_collision_in_the_database_writes_nothing(book, official, street, monkeypatch):
    monkeypatch.setattr(BodyLedger, "unique", ())
    OrganisationFactory(credit_code="other", name="示例社工中心", area=street)

    outcome = apply(book(机构=[BODIES, SECOND, FIRST]), official)

    assert [fault.message for fault in outcome.errors] == [
        "写入时与其他人的修改冲突，没有写入任何内容。"
    ]
    assert not outcome.applied
    assert Organisation.objects.count() == 1


def test_the_import_is_one_act_in_the_audit_without_contents(book, official):
    apply(book(机构=[BODIES, FIRST, SECOND]), official)
    audit.append_pending()

    act = AuditEvent.objects.get(verb="import-city")

    assert act.actor_id == official.pk
    assert act.detail["counts"] == {"机构": {"new": 2, "changed": 0, "same": 0}}
    assert "示例" not in json.dumps(act.detail, ensure_ascii=False)


def test_an_import_with_errors_leaves_no_act(book, official):
    apply(book(机构=[BODIES, ["J1", None, None, None]]), official)
    audit.append_pending()

    assert not AuditEvent.objects.filter(verb="import-city").exists()


def test_a_district_imports_its_own_rows(book, district_official):
    assert apply(book(机构=[BODIES, FIRST]), district_official).applied


def test_a_street_outside_is_as_unknown_as_none(book, district_official, foreign_street):
    rows = [["J1", "一", None, foreign_street.code], ["J2", "二", None, "440106999999"]]

    outside, absent = check(book(机构=[BODIES, *rows]), district_official).errors

    assert outside.message.replace(foreign_street.code, "…") == absent.message.replace(
        "440106999999", "…"
    )
    assert outside.remedy == absent.remedy


def test_a_row_cannot_be_taken_from_another_district(book, district_official, foreign_street):
    taken = OrganisationFactory(credit_code="J1", name="别区中心", area=foreign_street)

    (fault,) = apply(book(机构=[BODIES, FIRST]), district_official).errors

    assert fault.message == REFUSED
    assert Organisation.objects.get(pk=taken.pk).name == "别区中心"


def test_a_reference_to_a_foreign_row_is_unknown(book, district_official, foreign_street):
    OrganisationFactory(credit_code="J1", area=foreign_street)
    head = ["镇街代码", "村居代码", "名称", "机构编码"]
    rows = [["440105020000", f"44010502000{n}", "居", f"J{n}"] for n in (1, 2)]

    outside, absent = check(book(村居=[head, *rows]), district_official).errors

    assert outside.message == absent.message.replace("J2", "J1")


@pytest.mark.parametrize("role", ["street_office", "operator", "city_finance"])
def test_roles_without_the_verb_import_nothing(book, root, role):
    user = UserFactory(role=role, area=root)

    (fault,) = apply(book(机构=[BODIES, FIRST]), user).errors

    assert fault.message == "您没有导入台账的权限。"
    assert not Organisation.objects.exists()
