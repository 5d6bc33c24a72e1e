"""The page that explains the API to people, made from the description itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenancy import problems
from tenancy.api.schema import described
from tenancy.columns import Column
from tenancy.http import UserRequest

Described = Mapping[str, Any]
# How the description lists the choices of a field.
CHOICE = re.compile(r"^\* `(.*?)` - (.*)$", re.MULTILINE)


class Named(NamedTuple):
    """A parameter or a field."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class Action:
    """What is written, by which method and address, and the members of its body."""

    method: str
    path: str
    about: str
    headers: list[str]
    fields: list[Named]


@dataclass(frozen=True)
class Resource:
    """A list and its rows."""

    name: str
    path: str
    about: str
    parameters: list[Named]
    fields: list[Named]
    actions: list[Action]


@require_safe
def docs(request: UserRequest) -> HttpResponse:
    """Addresses, parameters and fields; how a token is shown."""
    schema = described(get_language() or settings.LANGUAGE_CODE)
    context = {
        "resources": list(_resources(schema)),
        "problems": problems.NAMED,
        "columns": [Column(_("名称")), Column(_("格式")), Column(_("说明"))],
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "tenancy/api_docs.html", context)


def _resources(schema: Described) -> Iterator[Resource]:
    """One for each list; a row's address follows from it."""
    components = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        if "{id}" in path:
            continue
        operation, one = operations["get"], schema["paths"][f"{path}{{id}}/"]["get"]
        yield Resource(
            name=operation["tags"][0],
            path=path,
            about=operation["description"],
            parameters=[_parameter(told) for told in operation["parameters"]],
            fields=[*_fields(_content(one), components)],
            actions=[*_actions(schema, path)],
        )


def _actions(schema: Described, above: str) -> Iterator[Action]:
    """Whatever writes to the rows of a list."""
    components = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if path.startswith(above) and method != "get":
                yield Action(
                    method=method.upper(),
                    path=path,
                    about=operation["description"],
                    headers=_headers(operation),
                    fields=[*_body(operation, components)],
                )


def _headers(operation: Described) -> list[str]:
    return [told["name"] for told in operation["parameters"] if told["in"] == "header"]


def _body(operation: Described, components: Described) -> Iterator[Named]:
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]["application/json"]
        yield from _fields(content["schema"], components)


def _content(operation: Described) -> Described:
    content: Described = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return content


def _parameter(told: Described) -> Named:
    return Named(told["name"], _kind(told["schema"], {}), told.get("description", ""))


def _fields(schema: Described, components: Described) -> Iterator[Named]:
    for name, told in _resolved(schema, components)["properties"].items():
        yield Named(name, _kind(told, components), "：".join(filter(None, _words(told))))


def _words(told: Described) -> tuple[str, str]:
    """What a field is called, and what is said of it: its choices in a line."""
    said = told.get("description", "")
    choices = "，".join(f"{value} {label}" for value, label in CHOICE.findall(said))
    return told.get("title", ""), choices or said


def _resolved(schema: Described, components: Described) -> Described:
    """What a reference stands for."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Described = components[name] if name else schema
    return found


def _kind(told: Described, components: Described) -> str:
    """The shape of a value in short: `string date`, `{code, name}`."""
    parts = [told, *told.get("allOf", [])]
    shape = _resolved(next((part for part in parts if "$ref" in part), told), components)
    if shape.get("type") == "array":
        return f"[{_kind(shape['items'], components)}]"
    if "properties" in shape:
        return "{" + ", ".join(shape["properties"]) + "}"
    if "oneOf" in shape:
        return " / ".join(_kind(one, components) for one in shape["oneOf"])
    return f"{shape.get('type', '')} {shape.get('format', '')}".strip()
