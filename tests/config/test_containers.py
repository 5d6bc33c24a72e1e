"""The production layout, read beside the settings that it must satisfy."""

import ast
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest
import yaml
from django.core.management import get_commands

from config.schedule import BEAT_SCHEDULE
from jobs.registry import QUEUES
from tests.architecture.house import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
GUIDE = (ROOT / "docs/deployment.md").read_text()
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text().splitlines()
    if line and not line.startswith("#")
)
OURS = [name for name, service in SERVICES.items() if "zhandian:" in service["image"]]
WORKERS = {name: service for name, service in SERVICES.items() if name.startswith("worker-")}
VARIABLE = re.compile(r"\$\{(\w+)(?::[?-]([^}]*))?\}")
# May stay empty.
OPTIONAL = {"EMAIL_URL"}
# What only the shell of a service reads.
OF_THE_SHELL = {"ADMIN_URL", "OWNER_PASSWORD", "RUNTIME_PASSWORD"}


def command_of(service):
    command = service.get("command", "")
    return command if isinstance(command, str) else " ".join(command)


def environment_of(name):
    """What the service's processes find, the example's blanks filled in."""
    secrets = dict.fromkeys(EXAMPLE.keys() - OPTIONAL, "0123456789abcdef" * 4)
    values = {key: value or secrets.get(key, "") for key, value in EXAMPLE.items()}
    return {
        key: VARIABLE.sub(lambda found: values[found[1]], text)
        for key, text in SERVICES[name]["environment"].items()
    }


def read_by_settings():
    """(name, whether it must be there) of each variable that the settings and gunicorn read."""
    text = (ROOT / "config/settings.py").read_text()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    found = {
        call.args[0].value: not call.keywords
        for call in calls
        if re.match(r"env\.(str|int|bool|list)$|_database$", ast.unparse(call.func))
        and isinstance(call.args[0], ast.Constant)
    }
    names = re.findall(r'environ\.get\("(\w+)"', (ROOT / "config/gunicorn.py").read_text())
    return found | dict.fromkeys(names, False)


@pytest.mark.parametrize("name", OURS)
def test_every_process_finds_what_the_settings_want(name):
    known = read_by_settings()
    wanted = {variable for variable, must in known.items() if must} - {"MIGRATION_DATABASE_URL"}

    assert wanted >= {"SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY", "DATABASE_URL", "REDIS_URL"}
    assert wanted - environment_of(name).keys() == set()
    assert environment_of(name).keys() - known.keys() - OF_THE_SHELL == set()


def test_the_settings_load_from_the_environment_of_the_web_and_pass_the_deployment_check():
    result = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment_of("web") | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stderr


def test_only_the_set_up_may_change_tables():
    owners = [name for name in OURS if "MIGRATION_DATABASE_URL" in SERVICES[name]["environment"]]

    assert owners == ["setup"]


def test_each_queue_has_one_worker_service():
    queues = [
        queue
        for service in WORKERS.values()
        for queue in re.search(r"-Q (\S+)", command_of(service))[1].split(",")
    ]

    assert sorted(queues) == sorted(QUEUES)
    asked = {entry.get("options", {}).get("queue", "default") for entry in BEAT_SCHEDULE.values()}
    assert asked <= {*queues}


def test_beat_runs_once():
    beats = [name for name in OURS if " beat " in command_of(SERVICES[name])]

    assert beats == ["beat"]
    assert "deploy" not in SERVICES["beat"]


def texts():
    return [*map(command_of, SERVICES.values()), *checks(), DOCKERFILE, GUIDE]


def checks():
    found = [service.get("healthcheck", {}).get("test", "") for service in SERVICES.values()]
    return [check if isinstance(check, str) else " ".join(check) for check in found]


@pytest.mark.parametrize("pattern", [r"manage\.py (\w+)", r"\$run (\w+)"])
def test_each_command_exists(pattern):
    named = {name for text in texts() for name in re.findall(pattern, text)}

    assert named
    assert named - {*get_commands()} == set()


def test_each_module_and_file_exists():
    everything = "\n".join(texts())
    modules = {*re.findall(r"-A ([\w.]+)", everything), "config.wsgi"}
    files = {*re.findall(r"(?<![/\w])((?:config|bin)/[\w/.-]+)", everything)}

    assert modules == {"config.celery", "config.wsgi"}
    assert all(find_spec(module) for module in modules)
    assert files > {"config/gunicorn.py", "bin/bootstrap", "bin/convert_fonts.py"}
    assert [file for file in files if not (ROOT / file).exists()] == []


def images():
    built = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    values = EXAMPLE | {"": ""}
    return built + [
        VARIABLE.sub(lambda found: values[found[1]], service["image"])
        for service in SERVICES.values()
    ]


@pytest.mark.parametrize("image", sorted({*images()}))
def test_images_name_their_version(image):
    # The digest is the operator's to pin, the major version ours to change.
    assert re.search(r":\d+(\.\d+)*(-\w+)*$", image)


def test_database_and_broker_are_not_published():
    published = [name for name, service in SERVICES.items() if "ports" in service]

    assert published == ["proxy"]
    assert COMPOSE["networks"]["inner"]["internal"] is True
    for name in ("database", "broker"):
        assert SERVICES[name]["networks"] == ["inner"]


@pytest.mark.parametrize("name", SERVICES)
def test_processes_may_do_little(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")


def test_ours_run_as_nobody_in_particular():
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    assert all(SERVICES[name]["cap_drop"] == ["ALL"] for name in OURS)
    assert not any("user" in SERVICES[name] for name in OURS)


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in {"setup", "proxy"}])
def test_each_service_says_how_it_is(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_each_named_volume_exists():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    files = {name for name in used if name.startswith("./")}

    assert used - files == {*COMPOSE["volumes"]}
    assert all((ROOT / name).is_file() for name in files)


def test_the_proxy_takes_uploads_in_and_hands_them_to_the_web():
    rules = (ROOT / "config/Caddyfile").read_text()

    assert (
        f"reverse_proxy web:{SERVICES['web']['environment']['BIND'].rpartition(':')[2]} {{" in rules
    )
    assert "request_buffers 12MB" in rules
    assert {"SITE_HOST"} == {*SERVICES["proxy"]["environment"]}


def test_the_example_names_what_the_layout_asks_for_and_holds_no_secret():
    asked = {name for name, _default in VARIABLE.findall((ROOT / "docker-compose.yml").read_text())}

    assert asked == {*EXAMPLE}
    secrets = {name for name in EXAMPLE if re.search("KEY|PASSWORD", name)}
    assert {EXAMPLE[name] for name in secrets} == {""}


def test_secrets_have_no_default_and_are_kept_out():
    text = (ROOT / "docker-compose.yml").read_text()
    given = [found for found in VARIABLE.findall(text) if re.search("KEY|PASSWORD", found[0])]

    assert {default for _name, default in given} == {""}
    assert ":-" not in "".join(re.findall(r"\$\{\w*(?:KEY|PASSWORD)[^}]*\}", text))
    for file in (".gitignore", ".dockerignore"):
        assert ".env" in (ROOT / file).read_text().splitlines()


def test_the_guide_names_each_variable_that_must_be_there():
    wanted = {name for name, must in read_by_settings().items() if must}

    assert [name for name in wanted if name not in GUIDE] == []


def test_collecting_names_files_by_what_is_in_them():
    tell = (
        "import sys; sys.argv = ['manage.py', 'collectstatic']; from config import settings;"
        "print(settings.STORAGES['staticfiles']['BACKEND'])"
    )
    told = subprocess.check_output(
        [sys.executable, "-c", tell], cwd=ROOT, env=environment_of("web"), text=True
    )

    assert told.strip() == "whitenoise.storage.CompressedManifestStaticFilesStorage"
