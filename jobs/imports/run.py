"""The two verbs of an import: check a file, apply it. Both need a tenant in force."""

import logging
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jobs import collector, ledgers
from jobs.imports.assemble import Assembly
from jobs.imports.book import Book
from jobs.imports.faults import Count, Fault, Outcome, in_file_order
from jobs.imports.gate import check_places
from jobs.imports.periods import check_periods
from jobs.imports.references import References
from jobs.imports.refusals import refusal, wrong_template
from jobs.imports.rights import Rights
from jobs.imports.rows import ReadSheet, read_sheet
from jobs.imports.store import found_organisations, lock_imports, store
from jobs.imports.uniqueness import check_unique
from jobs.workbook.reader import Workbook, read
from jobs.workbook.refusal import Refused
from tenancy import audit
from tenancy.models import User
from tenancy.statistics import refresh_after_commit

logger = logging.getLogger(__name__)
GUIDE = "填表说明"


def check(file: Path, by: User) -> Outcome:
    """What applying the file would do, and everything that is wrong with it. Writes nothing."""
    with collector.at_rest():
        return _Import(file, by, locking=False).outcome


def apply(file: Path, by: User, on_writing: Callable[[], None] = lambda: None) -> Outcome:
    """Write the file's rows, all of them or, where anything is wrong, none.

    `on_writing` is called between the last check and the first row.
    """
    try:
        with collector.at_rest(), transaction.atomic():
            lock_imports(patient=True)
            run = _Import(file, by, locking=True)
            if run.outcome.ok:
                on_writing()
                run.store()
    except IntegrityError:
        logger.exception("an import met a constraint")
        run.outcome.errors.append(_overtaken())
    return run.outcome


class _Import:
    def __init__(self, file: Path, by: User, *, locking: bool) -> None:
        self._file, self._locking = file, locking
        self._rights = Rights.to_import(by)
        self._order = ledgers.in_order()
        self._book = Book(ledgers.registered())
        self.outcome = Outcome()
        if self._rights.paths:
            self._read()
        else:
            self.outcome.errors.append(_not_allowed())

    def _read(self) -> None:
        try:
            workbook = read(self._file, list(self._book.ledgers))
        except Refused as refused:
            self.outcome.errors.append(refusal(refused.reason))
            return
        if not workbook.sheets:
            self.outcome.errors.append(wrong_template())
            return
        self._book.warnings += _unread(workbook)
        self._check(workbook)

    def _check(self, workbook: Workbook) -> None:
        sheets = {
            name: read_sheet(self._book.ledgers[name], sheet)
            for name, sheet in workbook.sheets.items()
        }
        self._references = References(sheets, self._rights)
        for ledger in self._order:
            self._assemble(ledger, sheets.get(ledger.sheet))
        present = [ledger for ledger in self._order if ledger.sheet in sheets]
        for ledger in present:
            check_periods(self._book, ledger)
            check_unique(self._book, ledger)
            check_places(self._book, ledger, self._references, self._rights)
            ledger.check(self._book)
        self.outcome.errors = in_file_order(self._book.errors, workbook.names)
        self.outcome.warnings = in_file_order(self._book.warnings, workbook.names)
        self.outcome.counts = {name: self._count(name) for name in workbook.sheets}

    def _assemble(self, ledger: ledgers.Ledger, sheet: ReadSheet | None) -> None:
        index = self._references.index(ledger, locking=self._locking)
        if sheet is None:
            return
        assembly = Assembly(sheet, self._references, index)
        self._book.add(ledger.sheet, assembly.drafts(locking=self._locking))
        self._book.errors += [*sheet.errors, *assembly.errors]
        self._book.warnings += sheet.warnings

    def _count(self, sheet: str) -> Count:
        drafts = self._book.drafts(sheet)
        new = sum(draft.is_new for draft in drafts)
        changed = sum(draft.is_changed for draft in drafts)
        return Count(new, changed, len(drafts) - new - changed)

    def store(self) -> None:
        """Write what was checked, and say so in the audit chain: counts, never contents."""
        found_organisations(self._references.new_organisations(), self._rights)
        store(self._book, self._order, self._rights)
        with self._file.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        detail = {"sha256": digest, "counts": self.outcome.as_json()["counts"]}
        audit.record(verb="import-city", by=self._rights.by, detail=detail)
        refresh_after_commit(sum(count.new for count in self.outcome.counts.values()))
        self.outcome.applied = True


def _unread(workbook: Workbook) -> list[Fault]:
    return [
        Fault(
            name,
            1,
            "",
            _("工作表“%(name)s”不在模板中，没有导入。") % {"name": name},
            _("如需导入，请改用模板中的工作表名称。"),
        )
        for name in workbook.names
        if name not in workbook.sheets and name != GUIDE
    ]


def _not_allowed() -> Fault:
    message = _("您没有导入台账的权限。")
    return Fault("", 0, "", message, _("请联系管理员任命，或请有权限的同事导入。"))


def _overtaken() -> Fault:
    message = _("写入时与其他人的修改冲突，没有写入任何内容。")
    return Fault("", 0, "", message, _("请重新检查文件后再导入。"))
