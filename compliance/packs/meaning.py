"""What no single key shows: names that lead nowhere, things said twice, values out of range."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path as File
from typing import Any

from compliance.packs.settings import faults_of_parameters
from compliance.rules import RULES
from compliance.rules.bindings import Severity
from tenancy.toml.keys import Fault, faults_of_choice, is_day, is_text, placed, repeated, tables
from tenancy.toml.lines import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def faults_of_meaning(data: Mapping[str, Any], file: File) -> Iterator[Fault]:
    """What is wrong although every key is there."""
    yield from _faults_of_identity(data.get("id"), file)
    yield from _faults_of_head(data)
    yield from _faults_of_clauses(data)
    for index, entry in tables(data, "bindings"):
        yield from _faults_of_binding(entry, data, ("bindings", index))
    yield from repeated(placed(data, "bindings"), "rule", "规则")


def _faults_of_identity(pack_id: object, file: File) -> Iterator[Fault]:
    if not is_text(pack_id) or not pack_id:
        return
    if not SLUG.fullmatch(pack_id):
        yield Fault(("id",), f"编号“{pack_id}”不合格式。", "只用小写字母、数字和连字符。")
    elif pack_id != file.stem:
        remedy = f"把文件改名为 {pack_id}.toml，或把编号改为“{file.stem}”。"
        yield Fault(("id",), f"编号“{pack_id}”与文件名“{file.name}”不一致。", remedy)


def _faults_of_head(data: Mapping[str, Any]) -> Iterator[Fault]:
    first, last, code = (
        data.get(name) for name in ("in_force_from", "in_force_to", "jurisdiction")
    )
    if is_day(first) and is_day(last) and last < first:
        remedy = "改正 in_force_from 或 in_force_to；两端都算在内。"
        yield Fault(("in_force_to",), "失效日期早于施行日期。", remedy)
    if is_text(code) and code and not re.fullmatch(r"[0-9]{12}", code):
        remedy = "写 12 位代码，不足的在后面补 0。"
        yield Fault(("jurisdiction",), f"区划代码“{code}”不是 12 位数字。", remedy)


def _faults_of_clauses(data: Mapping[str, Any]) -> Iterator[Fault]:
    for index, clause in tables(data, "clauses"):
        clause_id = clause.get("id")
        if is_text(clause_id) and clause_id and not SLUG.fullmatch(clause_id):
            remedy = "只用小写字母、数字和连字符。"
            yield Fault(("clauses", index, "id"), f"条款编号“{clause_id}”不合格式。", remedy)
    yield from repeated(placed(data, "clauses"), "id", "条款编号")


def _faults_of_binding(
    entry: Mapping[str, Any], data: Mapping[str, Any], path: Path
) -> Iterator[Fault]:
    clause, rule_id, severity = (entry.get(name) for name in ("clause", "rule", "severity"))
    clauses = [clause.get("id") for _, clause in tables(data, "clauses")]
    if is_text(clause) and clause and clause not in clauses:
        remedy = "改正编号，或在 [[clauses]] 中补上这一条。"
        yield Fault((*path, "clause"), f"没有编号为“{clause}”的条款。", remedy)
    if is_text(severity):
        yield from faults_of_choice(severity, Severity, (*path, "severity"))
    if is_text(rule_id) and rule_id in RULES:
        yield from faults_of_parameters(entry.get("parameters"), rule_id, path)
    elif is_text(rule_id) and rule_id:
        remedy = f"改正编号；现有 {'、'.join(sorted(RULES))}。"
        yield Fault((*path, "rule"), f"没有编号为“{rule_id}”的规则。", remedy)
