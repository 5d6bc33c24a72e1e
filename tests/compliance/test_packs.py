from datetime import date
from pathlib import Path

import pytest

from compliance.findings import Status
from compliance.packs import BrokenPack, UnknownPack, load_pack, pack_ids, read_pack
from compliance.rules import RULES
from compliance.rules.bindings import Setting
from compliance.rules.overrides import Direction, Overridable
from compliance.shares import Share
from compliance.wording import citation

SMALL = """
id = "{id}"
version = "3"
title = "办法"
issuer = ""
document = ""
jurisdiction = "130400000000"
source = "公报"
includes = {includes}
clauses = [{{ id = "a", article = "", summary = "摘要", source = "公报", inferred = true }}]
"""
COVERAGE = """
[[bindings]]
rule = "COV-01"
clause = "a"
parameters = { floor = { value = "1/1", override = "none" } }
"""


def _write(folder: Path, pack_id: str, includes: list[str], more: str = "") -> Path:
    path = folder / f"{pack_id}.toml"
    path.write_text(SMALL.format(id=pack_id, includes=includes) + more, "utf-8")
    return path


def test_the_packs_that_are_shipped():
    assert pack_ids() == ["guangzhou-2023", "guizhou", "handan", "national-law", "qingpu"]


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_shipped_pack_is_sound(pack_id):
    assert load_pack(pack_id).id == pack_id


def test_what_guangzhou_binds():
    pack = load_pack("guangzhou-2023")

    bound = {binding.rule: binding for binding in pack.bindings}
    assert (pack.document, pack.in_force_from) == ("穗府办〔2023〕7号", date(2023, 4, 7))
    assert [included.id for included in pack.includes] == ["national-law"]
    assert bound.keys() == RULES.keys()
    assert {one.rule for one in bound.values() if one.pack == "national-law"} == {
        "PROC-03",
        "PROC-04",
    }
    floors = {rule: one.share("floor") for rule, one in bound.items() if "floor" in one.settings}
    assert floors == {
        "COV-01": Share(1, 1),
        "CERT-01": Share(1, 2),
        "CERT-03": Share(2, 3),
        "CERT-04": Share(1, 2),
        "HRS-03": Share(3, 4),
    }
    assert bound["CERT-01"].settings["floor"] == Setting(
        Share(1, 2), Overridable(Direction.UP, Direction.UP)
    )
    assert (bound["CERT-01"].count("grace_days"), bound["CERT-01"].flag("lapsed_counts")) == (
        30,
        True,
    )
    assert {rule for rule, one in bound.items() if one.inferred} == {
        "CERT-04",
        "HRS-03",
        "POST-07",
        "PROC-02",
        "REP-01",
        "REP-03",
    }
    assert {rule for rule, one in bound.items() if one.failure is Status.WATCH} == {
        "CERT-04",
        "HRS-03",
        "POST-03",
        "POST-06",
        "POST-07",
        "PROC-02",
        "PROC-03",
        "REP-01",
        "REP-03",
    }
    assert bound["POST-06"].parameters_as_json() == {
        "price": {
            "value": [{"from": "2023-04-07", "yuan": "120000.00"}],
            "override": {"city": "any", "district": "up"},
        }
    }
    assert bound["CERT-03"].parameters_as_json() == {
        "floor": {"value": "2/3", "override": "up"},
        "grace_days": {"value": 30, "override": "any"},
        "lapsed_counts": {"value": True, "override": "any"},
        "levels": {"value": ["assistant", "senior", "social_worker"], "override": "none"},
    }


@pytest.mark.parametrize("pack_id", ["handan", "qingpu", "guizhou"])
def test_where_no_text_is_known_everything_is_inferred(pack_id):
    pack = load_pack(pack_id)

    assert {binding.rule for binding in pack.bindings} == {"COV-01"}
    assert {binding.failure for binding in pack.bindings} == {Status.WATCH}


@pytest.mark.parametrize(
    ("pack_id", "on", "in_force"),
    [
        ("guangzhou-2023", date(2023, 4, 6), False),
        ("guangzhou-2023", date(2023, 4, 7), True),
        ("handan", date(1990, 1, 1), True),
    ],
)
def test_from_when_a_pack_is_in_force(pack_id, on, in_force):
    assert load_pack(pack_id).is_in_force(on) is in_force


def test_a_pack_is_in_force_until_its_last_day(tmp_path):
    path = tmp_path / "old.toml"
    path.write_text("in_force_to = 2020-12-31\n" + SMALL.format(id="old", includes=[]), "utf-8")

    pack = read_pack(path)

    assert [pack.is_in_force(day) for day in (date(2020, 12, 31), date(2021, 1, 1))] == [
        True,
        False,
    ]


def test_a_clause_is_found_in_the_pack_or_in_an_included_one():
    pack = load_pack("guangzhou-2023")

    assert pack.find_clause("guangzhou-2023", "art-1").article == "第一条"
    assert "三十日" in pack.find_clause("national-law", "procurement-law-46").summary
    assert pack.find_clause("guangzhou-2023", "art-99") is None
    assert pack.find_clause("handan", "coverage") is None


def test_a_citation_says_when_the_article_is_unknown():
    pack, handan = load_pack("guangzhou-2023"), load_pack("handan")

    known, unknown = pack.clauses["art-1"], pack.clauses["certified-share-year-1"]
    assert citation(pack, known) == "《广州市社工服务站管理办法》（穗府办〔2023〕7号）第一条"
    assert citation(pack, unknown).endswith("（穗府办〔2023〕7号）（条号未取得）")
    assert citation(handan, handan.clauses["coverage"]) == "《邯郸市社工站建设》（条号未取得）"


@pytest.mark.parametrize("pack_id", ["nowhere", "../national-law", "", "National-Law"])
def test_an_unknown_pack_is_refused(pack_id):
    with pytest.raises(UnknownPack):
        load_pack(pack_id)


def test_a_broken_pack_is_refused_with_its_mistakes(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text("id = 1", "utf-8")

    with pytest.raises(BrokenPack) as refused:
        read_pack(path)

    assert refused.value.mistakes[0].line == 1


def test_the_version_follows_the_content_and_that_of_included_packs(tmp_path):
    _write(tmp_path, "law", [])
    path = _write(tmp_path, "city", ["law"])
    before = read_pack(path).version

    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert before.startswith("3+")
    assert read_pack(path).version == before

    load_pack.cache_clear()
    _write(tmp_path, "law", [], "# reworded\n")
    assert read_pack(path).version != before


def test_what_two_ways_lead_to_is_bound_once(tmp_path):
    _write(tmp_path, "law", [], COVERAGE)
    _write(tmp_path, "province", ["law"])
    path = _write(tmp_path, "city", ["law", "province"])

    assert [(one.rule, one.pack) for one in read_pack(path).bindings] == [("COV-01", "law")]


def test_the_rules_own_severity_holds_where_a_pack_is_silent(tmp_path):
    pack = read_pack(_write(tmp_path, "city", [], COVERAGE))

    assert [binding.severity for binding in pack.bindings] == ["error"]
