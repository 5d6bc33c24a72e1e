"""`make bench`: measure, and print the table that `docs/performance.md` keeps.

`make bench PARTS="pages reports"` measures these alone.
"""

import sys
from collections.abc import Iterable
from functools import cache
from itertools import chain

from bench.figures import HEAD, Figure
from bench.place import prepare


def main(wanted: list[str]) -> None:
    prepare()
    from bench import (
        audit,
        browser,
        context_cost,
        demo,
        gate,
        imports,
        pages,
        records,
        reports,
        rules,
        submissions,
        trees,
    )

    planted, city_of_the_demo = cache(trees.measure), cache(demo.load)
    parts = {
        "trees": lambda: planted()[2],
        "pages": lambda: chain(*map(pages.measure, planted()[:2])),
        "dashboards": lambda: pages.dashboards(city_of_the_demo()),
        "browser": lambda: browser.measure(city_of_the_demo()),
        "reports": lambda: reports.measure(city_of_the_demo()),
        "submissions": submissions.measure,
        "records": records.measure,
        "gate": lambda: gate.measure(planted()[1]),
        "context": lambda: context_cost.measure(planted()[0]),
        "audit": lambda: audit.measure(planted()[0]),
        "imports": imports.measure,
        "rules": lambda: rules.measure(*planted()[:2]),
    }
    if unknown := set(wanted) - set(parts):
        sys.exit(f"no part is called {', '.join(unknown)}; there are {', '.join(parts)}")
    print(HEAD)
    for name in wanted or parts:
        _show(parts[name]())


def _show(figures: Iterable[Figure]) -> None:
    """At once: the last ones take minutes."""
    for figure in figures:
        print(figure.row(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
