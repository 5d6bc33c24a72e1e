import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.house import APPS, CONTRACTS, FLOOR, ROOT

LINT = Path(sys.executable).with_name("lint-imports")

# One import a contract must refuse: (contract, module, what it would import).
VIOLATIONS = [
    ("Apps depend downwards only", "tenancy/address.py", "import stations.apps"),
    ("Inside an app", "tenancy/models/tenant.py", "import tenancy.actions.tenants"),
    ("In jobs the registry", "jobs/ledgers.py", "import jobs.imports.run"),
    ("Rules are pure", "compliance/rules/teams.py", "from django.db import models"),
    ("Periods and TOML", "tenancy/periods.py", "from django.utils import timezone"),
    ("Templates of the record", "filings/template/shapes.py", "import tenancy.models"),
    ("What reads a stranger's workbook", "jobs/workbook/child.py", "import django"),
    ("Cells are read", "jobs/workbook/cells/texts.py", "import tenancy.models"),
]


def lint(folder):
    return subprocess.run(
        [LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def violated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("config", *APPS):
        shutil.copytree(
            ROOT / package, folder / package, ignore=lambda _, names: _other_than_code(names)
        )
    for _, module, statement in VIOLATIONS:
        with (folder / module).open("a") as file:
            file.write(f"\n{statement}\n")
    return lint(folder).stdout


def _other_than_code(names):
    return [name for name in names if "." in name and not name.endswith(".py")]


def test_imports_keep_the_contracts():
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONTRACTS])
def test_a_violation_of_each_contract_is_found(violated, contract):
    assert any(contract.startswith(start) for start, *_ in VIOLATIONS), "no violation is tried"
    assert f"{contract} BROKEN" in violated


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("stations/apps.py", "import config.settings"),
        ("staffing/apps.py", "import procurement.apps"),
        ("procurement/apps.py", "import staffing.apps"),
    ],
)
def test_nothing_imports_config_and_siblings_ignore_each_other(tmp_path, module, statement):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("config", *APPS):
        (tmp_path / package).mkdir()
        for name in ("__init__.py", "apps.py", "settings.py"):
            (tmp_path / package / name).touch()
    (tmp_path / module).write_text(f"{statement}\n")
    floors = tmp_path / "floors.toml"
    floors.write_text(_first_contract_only())

    result = subprocess.run(
        [LINT, "--no-cache", "--no-logo", "--config", floors],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert f"{CONTRACTS[0]['name']} BROKEN" in result.stdout


def _first_contract_only():
    text = (ROOT / "pyproject.toml").read_text()
    section = text[text.index("[tool.importlinter]") :]
    return "[[tool.importlinter.contracts]]".join(
        section.split("[[tool.importlinter.contracts]]")[:2]
    )


def test_every_own_app_has_its_floor():
    own = {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}

    assert own - {"config"} == {*APPS}


def references():
    return [
        (field, field.remote_field.model)
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
    ]


def points_downwards(app, target):
    """Third-party models lie below the house; an app on the same floor is out of reach."""
    return target not in FLOOR or app == target or FLOOR[target] < FLOOR[app]


def test_every_foreign_key_points_to_the_same_app_or_a_lower_floor():
    upwards = [
        f"{field.model._meta.label}.{field.name} -> {target._meta.label}"
        for field, target in references()
        if not points_downwards(field.model._meta.app_label, target._meta.app_label)
    ]

    assert references()
    assert upwards == []


@pytest.mark.parametrize(
    ("app", "target", "allowed"),
    [
        ("staffing", "stations", True),
        ("staffing", "staffing", True),
        ("staffing", "auth", True),
        ("staffing", "procurement", False),
        ("stations", "staffing", False),
    ],
)
def test_the_direction_of_a_foreign_key(app, target, allowed):
    assert points_downwards(app, target) is allowed
