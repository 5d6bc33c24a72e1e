"""Loads a version of a tenant's template from a TOML file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from filings import actions
from filings.actions.templates import VersionTaken
from filings.facts import unconnected
from filings.template.reading import SHIPPED, check_template
from tenancy.commands import USAGE, tenant_named
from tenancy.context import tenant_context
from tenancy.models import User
from tenancy.toml.mistakes import Mistake, Unparsable, decoded

FAULTY = 1


class Command(BaseCommand):
    """Exit 0 when loaded, now or before; 1 when the file has mistakes, each told with its line;
    2 when called wrongly.
    """

    help = "载入月报模板（TOML）的一个版本；同一版本内容不能改变。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="TOML 文件，或随附模板的名称，如 guangzhou")
        parser.add_argument("--tenant", help="租户标识；只检查时可省略")
        parser.add_argument("--check", action="store_true", help="只检查，不载入")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = self._read(options["file"])
        if options["check"]:
            self.stdout.write(_("没有错误。"))
            return
        if not options["tenant"]:
            raise CommandError(_("请用 --tenant 写明租户。"), returncode=USAGE)
        self._load(text, options["tenant"])

    def _read(self, name: str) -> str:
        """The text of the file, or of the template that is shipped under the name."""
        file = next((one for one in (Path(name), SHIPPED / f"{name}.toml") if one.is_file()), None)
        if file is None:
            raise CommandError(_("没有文件 %(file)s。") % {"file": name}, returncode=USAGE)
        try:
            text = decoded(file.read_bytes())
            mistakes = check_template(text)
        except Unparsable as unparsable:
            text, mistakes = "", [unparsable.mistake]
        self._explain(mistakes)
        return text

    def _explain(self, mistakes: list[Mistake]) -> None:
        for one in mistakes:
            told = {"line": one.line, "message": one.message, "remedy": one.remedy}
            self.stderr.write(_("第 %(line)s 行：%(message)s%(remedy)s") % told)
        if mistakes:
            raise SystemExit(FAULTY)

    def _load(self, text: str, slug: str) -> None:
        tenant = tenant_named(slug)
        with tenant_context(tenant.pk):
            try:
                stored, made = actions.load_template(text=text, by=User.objects.system(tenant))
            except VersionTaken as taken:
                sentence = _("版本 %s 已载入过另一内容。请在文件中改用新的版本号。") % taken
                raise CommandError(sentence, returncode=FAULTY) from taken
        for name in unconnected(stored.form):
            self.stderr.write(_("注意：数据来源 %s 尚未接入，相应单元格由人工填写。") % name)
        told = {"template": str(stored), "month": f"{stored.since:%Y-%m}"}
        done = _("已载入 %(template)s，自 %(month)s 起用。")
        same = _("%(template)s 已经载入过，没有变化。")
        self.stdout.write((done if made else same) % told)
