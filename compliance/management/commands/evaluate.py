"""Judges an area on a day, keeps the run and prints it."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compliance import actions
from compliance.assessment import Assessment, assess, chosen_pack
from compliance.findings import Finding, Status, count_by_status
from compliance.management.places import add_place_arguments, place_of
from compliance.packs import pack_ids
from compliance.refusals import refused_plainly
from compliance.wording import STATUSES, TITLES, adjustments, sentence, shortfall
from tenancy.context import tenant_context
from tenancy.models import Tenant, User


class Command(BaseCommand):
    help = "按规则包核验一个区划及其下级在某一天的台账，保存结果并打印。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_place_arguments(parser)
        parser.add_argument(
            "--on", required=True, type=date.fromisoformat, help="核验日，如 2026-10-05"
        )
        parser.add_argument(
            "--pack",
            default="",
            choices=["", *pack_ids()],
            help="规则包；写明后不再检查它当日是否施行",
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *_args: Any, tenant: Tenant, on: date, **options: Any) -> None:
        with tenant_context(tenant.pk), refused_plainly(CommandError):
            area = place_of(options["area"], options["level"], on)
            assessment = assess(area, on, chosen_pack(tenant, on, options["pack"]))
            actions.keep(assessment=assessment, by=User.objects.system(tenant))
        if options["json"]:
            self.stdout.write(_json(assessment, tenant))
        else:
            self._print_table(assessment)

    def _print_table(self, assessment: Assessment) -> None:
        pack, counts = assessment.pack, count_by_status(assessment.findings)
        self.stdout.write(f"{assessment.area.name} {assessment.on} {pack.title}（{pack.version}）")
        self.stdout.write("，".join(f"{STATUSES[Status(one)]} {n}" for one, n in counts.items()))
        for finding in assessment.worth_keeping():
            self.stdout.write(_line(finding))


def _json(assessment: Assessment, tenant: Tenant) -> str:
    return json.dumps(assessment.as_json(tenant), ensure_ascii=False, indent=2)


def _line(finding: Finding) -> str:
    subject = f"{finding.subject.name}（{finding.subject.code}）"
    words = sentence(finding) + adjustments(finding)
    if finding.status is not Status.MET:
        words += shortfall(finding)
    inferred = "（推定）" if finding.inferred else ""
    title = TITLES[finding.rule]
    return f"{STATUSES[finding.status]}\t{finding.rule} {title}{inferred}\t{subject}\t{words}"
