"""Refusals of the API as programs read them: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, MethodNotAllowed

API = "/api/"
CONTENT_TYPE = "application/problem+json"
# One sentence a status: what is absent and what lies elsewhere are told in the same bytes.
SENTENCES = {
    400: gettext_lazy("请求有误，请核对地址和参数。"),
    401: gettext_lazy("请出示令牌，或先登录。"),
    403: gettext_lazy("您没有这项权限。"),
    404: gettext_lazy("没有这个地址，或不在您的范围内。"),
    405: gettext_lazy("此地址只能读取。"),
    406: gettext_lazy("此地址只给出 JSON。"),
    415: gettext_lazy("请求的内容要写成 JSON，Content-Type 是 application/json。"),
    500: gettext_lazy("系统出错了，请稍后再试。"),
    503: gettext_lazy("系统暂时不可用，请稍后再试。"),
}


READ_ONLY = {"GET", "HEAD", "OPTIONS"}
# Where the page that explains the API tells of a refusal with a name.
EXPLAINED = "/api/docs/#"
NAMED: dict[str, Any] = {
    "conflict-version": gettext_lazy(
        "这一行在读取之后已被改动，什么也没有写入。version 是现在的版本，请重新读取后再改。"
    ),
    "version-required": gettext_lazy("请在 If-Match 中出示读取时的 ETag，以免覆盖他人的改动。"),
    "key-required": gettext_lazy("请在 Idempotency-Key 中给这次请求一个键，重发时用同一个键。"),
    "key-in-use": gettext_lazy("同一个键的请求还在处理，请稍后用同一个键再发。"),
    "key-reused": gettext_lazy("这个键用过了，当时的内容不同，什么也没有写入。请换一个键。"),
    "scope-denied": SENTENCES[404],
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a parameter."""

    parameter: str
    detail: str


@dataclass(frozen=True)
class BodyFault:
    """What is wrong with a member of what was sent: `#/figures/visits`."""

    pointer: str
    code: str
    detail: str


class Unreadable(Exception):
    """What was asked or sent cannot be understood; all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault | BodyFault]) -> None:
        super().__init__("\n".join(fault.detail for fault in faults))
        self.faults = faults


class Refused(Exception):
    """A refusal with a name: what a program does about it differs by that.

    `more` are members of the problem.
    """

    def __init__(
        self,
        name: str,
        status: int,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(name)
        self.name, self.status, self.headers, self.more = name, status, headers, more
        self.detail = detail or str(NAMED[name])


def explain(**names: Any) -> None:
    """Tell of an app's own refusals; `_` stands for `-`."""
    NAMED.update({name.replace("_", "-"): told for name, told in names.items()})


def of_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def problem(
    status: int, detail: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """A refusal; `more` are members of its own."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or str(SENTENCES.get(status, SENTENCES[400])),
        **more,
    }
    return JsonResponse(
        told,
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def refusal(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What a view of the API answers when it refuses; None is a fault of ours."""
    if isinstance(exception, Unreadable):
        errors = [asdict(fault) for fault in exception.faults]
        return problem(400, _("参数有误，请按 errors 改正。"), errors=errors)
    if isinstance(exception, Refused):
        name = f"{EXPLAINED}{exception.name}"
        told, headers = exception.more, exception.headers
        return problem(exception.status, exception.detail, headers, type=name, **told)
    if isinstance(exception, Http404):
        return problem(404)
    if isinstance(exception, PermissionDenied):
        return problem(403)
    if isinstance(exception, MethodNotAllowed) and _writes(context):
        return problem(405, _("此地址不接受这种方法，可用的见 Allow。"))
    if isinstance(exception, APIException):
        scheme = getattr(exception, "auth_header", "")
        return problem(exception.status_code, headers=_asking_for(scheme))
    return None


def _writes(context: Mapping[str, Any]) -> bool:
    return not {*context["view"].allowed_methods} <= READ_ONLY


def _asking_for(scheme: str) -> dict[str, str]:
    return {"WWW-Authenticate": scheme} if scheme else {}
