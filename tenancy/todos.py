"""待办: what waits for somebody. Each app contributes; the workbench shows them by due date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tenancy.models import User


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do. `url` is where it is done, `due` the last day to do it in time."""

    text: str
    url: str
    due: date | None = None

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due < today


Source = Callable[[User, date], Iterable[Todo]]
_sources: list[Source] = []


def register(*sources: Source) -> None:
    """Called from `AppConfig.ready()`. A source asks the gate for what the person may do."""
    _sources.extend(source for source in sources if source not in _sources)


def waiting_for(user: User, today: date) -> list[Todo]:
    """Everything that waits for the person: what is due first comes first, the undated last."""
    found = chain.from_iterable(source(user, today) for source in _sources)
    return sorted(found, key=lambda one: (one.due or date.max, one.text))
