"""Two ledgers over models that every tenant has, so that the engine is tested by itself."""

from datetime import date

import pytest

from jobs import ledgers
from jobs.ledgers import Column, Kind, Ledger, register
from tenancy.areas.loading import sort_name
from tenancy.models import Area, Organisation
from tests.factories import AreaFactory, UserFactory
from tests.jobs import workbooks

KINDS = {"承接机构": Organisation.Kind.OPERATOR, "评估机构": Organisation.Kind.EVALUATOR}


class BodyLedger(Ledger):
    sheet = "机构"
    model = Organisation
    key = ("credit_code",)
    rank = 1
    unique = (("name", "name"),)
    columns = (
        Column("机构编码", "credit_code", Kind.CODE, required=True),
        Column("名称", "name", required=True),
        Column("类别", "kind", Kind.CHOICE, choices=KINDS, default=Organisation.Kind.OPERATOR),
        Column("镇街代码", "area", Kind.AREA, required=True, area_level="street"),
    )

    def rows(self):
        return super().rows().select_related("area")

    def places(self, draft, book):
        return [draft.instance.area.path]


class PlaceLedger(Ledger):
    """Communities; the key has two fields, the first of them a reference."""

    sheet = "村居"
    model = Area
    key = ("parent", "code")
    rank = 2
    periods = (("valid_from", "valid_to"),)
    derived = ("sort_name", "path", "level")
    after = ("机构",)
    columns = (
        Column("镇街代码", "parent", Kind.AREA, required=True, area_level="street"),
        Column("村居代码", "code", Kind.CODE, required=True, max_length=12),
        Column("名称", "name", required=True),
        Column("别称", "alias_text"),
        Column("启用日期", "valid_from", Kind.DATE),
        Column("停用日期", "valid_to", Kind.DATE),
        Column("机构编码", "operator_code", Kind.CODE, refers_to="机构"),
    )

    def rows(self):
        return super().rows().select_related("parent")

    def complete(self, draft):
        area = draft.instance
        area.level = Area.Level.COMMUNITY
        area.sort_name = sort_name(area.name)
        area.path = f"{area.parent.path}{area.code}/"

    def places(self, draft, book):
        return [draft.instance.path]

    def check(self, book):
        for street, entries in book.grouped(self.sheet, by="parent").items():
            if len(entries) > 3:
                last = [entry.draft for entry in entries if entry.draft][-1]
                book.error(last, "code", f"{street.name}有 {len(entries)} 个村居。", "请核对。")
        for draft in book.drafts(self.sheet):
            if draft.instance.name.startswith("待"):
                book.warn(draft, "name", "名称待定。", "请尽快确定。")


@pytest.fixture
def registry(monkeypatch):
    """Only the test's ledgers are registered."""
    monkeypatch.setattr(Area, "operator_code", "", raising=False)
    monkeypatch.setattr(ledgers, "_registered", {})
    register(PlaceLedger(), BodyLedger())


@pytest.fixture
def district(root):
    return AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)


@pytest.fixture
def street(district):
    return AreaFactory(code="440105020000", name="凤阳街道", parent=district)


@pytest.fixture
def foreign_street(root):
    elsewhere = AreaFactory(level="district", code="440106000000", name="天河区", parent=root)
    return AreaFactory(code="440106001000", name="五山街道", parent=elsewhere)


@pytest.fixture
def district_official(district):
    return UserFactory(role="district_authority", area=district)


@pytest.fixture
def book(tmp_path):
    """`book(机构=[head, *rows])` writes a workbook."""
    return lambda **sheets: workbooks.write(tmp_path / "book.xlsx", sheets)


BODIES = ["机构编码*", "名称*", "类别", "镇街代码*"]
PLACES = ["镇街代码", "村居代码", "名称", "启用日期", "停用日期"]
FIRST = ["J1", "示例社工中心", "承接机构", "440105020000"]
SECOND = ["J2", "示例评估中心", "评估机构", "440105020000"]
OLD = date(2020, 1, 1)
