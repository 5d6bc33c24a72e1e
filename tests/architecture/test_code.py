"""What the house forbids in its code, read from the syntax tree."""

import ast
import re

import pytest

from tests.architecture.house import (
    APPS,
    PROJECT,
    ROOT,
    at,
    modules,
    python_files,
    relative,
    sources,
    tree,
)

# Actions without `by`, and why.
WITHOUT_AN_ACTOR = {
    "create_tenant": "before it there is nobody in the tenant",
    "change_password": "the person's own",
    "change_account": "the person's own",
}

# Text that was escaped, or made by us, before it was marked.
MAY_MARK_SAFE = {"tenancy/templatetags/look.py", "tenancy/charts.py"}

PAGES = ("views", "api", "forms")
GATES = {"visible_to", "none"}


def parse(text):
    return ast.parse(text)


# --- the gate ----------------------------------------------------------------------------------


def ungated(module):
    """`.objects` (or a manager) that is not followed by `.visible_to(` at once."""
    gated = {
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in GATES
    }
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and node not in gated
    ]


def test_pages_read_rows_through_the_gate_only():
    found = [
        at(path, node) for name in PAGES for path in modules(name) for node in ungated(tree(path))
    ]

    assert found == [], "write .objects.visible_to(user), or scoped_or_404"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Area.objects.visible_to(user).filter(pk=1)", 0),
        ("Area.objects.none()", 0),
        ("Area.objects.all()", 1),
        ("rows = Area.objects", 1),
        ("Area._default_manager.get(pk=1)", 1),
    ],
)
def test_what_passes_the_gate(text, count):
    assert len(ungated(parse(text))) == count


# --- actions -----------------------------------------------------------------------------------


def is_action(node):
    """A public function that writes: it is atomic, or says in whose name."""
    decorated = any("atomic" in ast.unparse(item) for item in node.decorator_list)
    named = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]
    return not node.name.startswith("_") and (decorated or "by" in named)


def wrong_actions(module):
    return [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef)
        and is_action(node)
        and (
            node.args.args
            or node.args.posonlyargs
            or (
                "by" not in [arg.arg for arg in node.args.kwonlyargs]
                and node.name not in WITHOUT_AN_ACTOR
            )
        )
    ]


def test_actions_take_keywords_only_and_say_who_acts():
    found = [at(path, node) for path in modules("actions") for node in wrong_actions(tree(path))]

    assert modules("actions")
    assert found == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("@transaction.atomic\ndef close(*, station, by): ...", False),
        ("@transaction.atomic\ndef close(station, by): ...", True),
        ("@transaction.atomic\ndef close(*, station): ...", True),
        ("def close(station, *, by): ...", True),
        ("def may_close(station): ...", False),
    ],
)
def test_what_an_action_looks_like(text, wrong):
    assert bool(wrong_actions(parse(text))) is wrong


# --- forbidden words ---------------------------------------------------------------------------


def lines(pattern, paths):
    """`file:line` of each match."""
    return [
        f"{relative(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line)
    ]


def except_in(*allowed):
    return [path for path in sources() if relative(path) not in allowed]


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"set_config\('app\.|SET (LOCAL |SESSION )?app\.", {"tenancy/context.py"}),
        (r"StreamingHttpResponse|FileResponse", set()),
        (r"mark_safe|SafeString\(|autoescape off|\|safe\b", MAY_MARK_SAFE),
        (r"guardian\.shortcuts|get_objects_for_user|assign_perm", set()),
        (r"csrf_exempt", set()),
        (r"pickle|yaml\.load\(|shell=True|os\.system\(|\beval\(|\bexec\(", set()),
        (r"_is_superuser|is_superuser = True", set()),
    ],
)
def test_what_is_written_nowhere_else(pattern, allowed):
    assert lines(pattern, except_in(*allowed)) == []


def test_templates_escape_everything():
    paths = sorted((ROOT / "templates").rglob("*.html"))

    assert lines(r"autoescape off|\|\s*safe\b|safeseq", paths) == []


def floats(module):
    return [
        node
        for node in ast.walk(module)
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]


def test_money_and_shares_are_never_floats():
    paths = python_files("compliance", "procurement")
    found = [at(path, node) for path in paths for node in floats(tree(path))]

    assert paths
    assert found == []


def test_a_float_is_found():
    assert len(floats(parse("share = float(3) * 0.5"))) == 2


def test_the_pdf_library_is_not_imported_with_the_module():
    heavy = [
        at(path, node)
        for path in sources()
        for node in tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "weasyprint" in ast.unparse(node)
    ]

    assert heavy == []


# --- names -------------------------------------------------------------------------------------


def test_exceptions_name_the_refused_fact():
    found = [
        at(path, node)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    ]

    assert found == []


def test_what_the_platform_refuses_to_do_has_no_name_here():
    forbidden = r"\b(check_?in|clock_?in|leaderboard|ranking|points_balance|online_duration)s?\b"
    paths = [path for app in APPS for path in python_files(app)]

    assert lines(forbidden, paths) == []


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    project = text[text.index("dependencies = [") : text.index("[tool.ruff]")]
    wanted = [
        *PROJECT["project"]["dependencies"],
        *sum(PROJECT["project"]["optional-dependencies"].values(), []),
    ]
    silent = [
        name for name in wanted if not re.search(rf'"{re.escape(name)}",?\s+# \S.{{3,}}', project)
    ]

    assert silent == []
