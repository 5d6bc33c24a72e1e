"""One row typed on a page: read, resolved and checked as if it stood alone in a workbook."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from jobs.imports.assemble import Assembly
from jobs.imports.book import Book, Draft
from jobs.imports.faults import Fault
from jobs.imports.fit import fitted
from jobs.imports.gate import check_places
from jobs.imports.periods import check_periods, faults_within
from jobs.imports.references import References
from jobs.imports.rights import Rights
from jobs.imports.rows import ReadSheet, Row
from jobs.imports.store import found_organisations, store
from jobs.imports.uniqueness import check_unique
from jobs.ledgers import Ledger, in_order, registered
from jobs.workbook.cells import CellFault, parse
from jobs.workbook.columns import Kind

ROW = 1


class SingleRow:
    """A row by the texts of its cells; a field without a text is left as it is.

    `draft` is the row as it would be stored, None where a cell cannot be read. Under the lock of
    imports only.
    """

    def __init__(self, ledger: Ledger, cells: Mapping[str, str], rights: Rights) -> None:
        self.ledger, self._rights = ledger, rights
        self.book = Book(registered())
        self.draft: Draft | None = None
        row, sheet = Row(ROW), ReadSheet(ledger)
        sheet.errors = [*_read(ledger, cells, row), *faults_within(ledger, ROW, row.values)]
        sheet.rows = [row]
        self._references = References({ledger.sheet: sheet}, rights)
        self._assemble(row, sheet)

    @property
    def errors(self) -> list[Fault]:
        return self.book.errors

    @property
    def warnings(self) -> list[Fault]:
        return self.book.warnings

    @property
    def places(self) -> list[str]:
        """Where the row belongs."""
        return list(self.ledger.places(self.draft, self.book)) if self.draft else []

    def check(self) -> None:
        """Everything that an import checks after reading."""
        check_periods(self.book, self.ledger)
        check_unique(self.book, self.ledger)
        check_places(self.book, self.ledger, self._references, self._rights)
        self.ledger.check(self.book)

    def refuse_new_organisations(self) -> None:
        """For those who may not enter organisations: what is named must be known."""
        head = next((c.head for c in self.ledger.columns if c.kind is Kind.ORGANISATION), "")
        for organisation in self._references.new_organisations():
            message = _("没有登记名为“%(name)s”的机构。") % {"name": organisation.name}
            remedy = _("请核对全称；新的机构由市、区在导入台账时登记。")
            self.errors.append(Fault(self.ledger.sheet, ROW, head, message, remedy))

    def store(self) -> None:
        found_organisations(self._references.new_organisations(), self._rights)
        store(self.book, [self.ledger], self._rights)

    def _assemble(self, row: Row, sheet: ReadSheet) -> None:
        for ledger in in_order():
            index = self._references.index(ledger, locking=ledger is self.ledger)
            if ledger is self.ledger:
                assembly = Assembly(sheet, self._references, index)
        drafts = [] if sheet.errors else assembly.drafts(locking=True)
        if sheet.errors:
            assembly.resolve(row)  # so that unknown codes are told along with the rest
        self.book.add(self.ledger.sheet, drafts)
        self.book.errors += [*sheet.errors, *assembly.errors]
        self.draft = drafts[0] if drafts else None


def _read(ledger: Ledger, cells: Mapping[str, str], row: Row) -> Iterator[Fault]:
    for column in ledger.columns:
        if column.field in cells:
            try:
                row.values[column.field] = parse(cells[column.field], fitted(ledger, column))
            except CellFault as fault:
                row.unread.add(column.field)
                yield Fault(ledger.sheet, ROW, column.head, fault.message, fault.remedy)
