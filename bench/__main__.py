"""`make bench`: measure, and print the table that `docs/performance.md` keeps."""

from bench.figures import HEAD
from bench.place import prepare


def main() -> None:
    prepare()
    from bench import audit, context_cost, gate, imports, pages, rules, trees

    city, nation, figures = trees.measure()
    figures += pages.measure(city) + pages.measure(nation)
    figures += gate.measure(nation)
    figures += context_cost.measure(city)
    figures += audit.measure(city)
    figures += rules.measure(city, nation)
    figures += imports.measure(city)
    print("\n".join([HEAD, *(figure.row() for figure in figures)]))


if __name__ == "__main__":
    main()
