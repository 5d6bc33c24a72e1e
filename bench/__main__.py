"""`make bench`: measure, and print the table that `docs/performance.md` keeps."""

from collections.abc import Iterable

from bench.figures import HEAD, Figure
from bench.place import prepare


def main() -> None:
    prepare()
    from bench import audit, context_cost, gate, imports, pages, rules, trees

    print(HEAD)
    city, nation, figures = trees.measure()
    _show(figures)
    _show(pages.measure(city))
    _show(pages.measure(nation))
    _show(gate.measure(nation))
    _show(context_cost.measure(city))
    _show(audit.measure(city))
    _show(imports.measure())
    _show(rules.measure(city, nation))


def _show(figures: Iterable[Figure]) -> None:
    """At once: the last ones take minutes."""
    for figure in figures:
        print(figure.row(), flush=True)


if __name__ == "__main__":
    main()
