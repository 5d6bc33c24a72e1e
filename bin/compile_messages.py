"""Compile the message catalogues that are newer than their compiled form; no GNU gettext needed."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


def main() -> None:
    for source in CHECKOUT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            import polib  # only when there is something to compile

            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    main()
