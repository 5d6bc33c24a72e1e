"""The house as files: its floors, its Python modules, its templates."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]

# Lowest floor first; two apps on one floor know nothing of each other.
STOREYS = [layer.split(" | ") for layer in reversed(CONTRACTS[0]["layers"]) if layer != "config"]
FLOOR = {app: height for height, storey in enumerate(STOREYS, start=1) for app in storey}
APPS = sorted(FLOOR, key=FLOOR.__getitem__)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def python_files(*folders: str) -> list[Path]:
    """Own Python files below the folders, without migrations."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def sources() -> list[Path]:
    return python_files("config", "bin", *APPS)


def modules(name: str) -> list[Path]:
    """Files of a module in every app, whether it is a file or a package (`views.py`, `views/`)."""
    return [
        path
        for app in APPS
        for path in python_files(app)
        if name in (path.stem, *(part for part in path.relative_to(ROOT).parts[1:-1]))
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


def at(path: Path, node: ast.AST) -> str:
    return f"{relative(path)}:{node.lineno}"  # type: ignore[attr-defined]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html")) + [
        path for app in APPS for path in sorted((ROOT / app).rglob("templates/**/*.html"))
    ]
