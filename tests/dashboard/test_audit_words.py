import ast

from dashboard.acts.words import verb_words
from tests.architecture.house import sources, tree


def test_every_act_that_code_records_has_its_words():
    assert recorded() > {"view-worker", "evaluate", "upload-import", "place-worker"}
    assert recorded() - {*verb_words()} == set()


def recorded():
    """The verbs that stand written out where acts are recorded."""
    return {
        value.value
        for path in sources()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and name_of(call.func) in {"record", "_record", "_report"}
        for value in ast.walk(ast.Module([ast.Expr(first) for first in verbs_of(call, path)], []))
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def name_of(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def verbs_of(call, path):
    """The verb of a call: its first argument, or what the variable `verb` is set to."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
    given += [one for one in call.args[:1] if isinstance(one, ast.Constant)]
    if any(isinstance(one, ast.Name) for one in given):
        given = [
            node.value
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Assign)
            and name_of(node.targets[0]) == "verb"
            and isinstance(node.value, ast.IfExp)
        ]
    return [one for one in given if not isinstance(one, ast.JoinedStr)]
