"""Refusals of the API as programs read them: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException

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
    500: gettext_lazy("系统出错了，请稍后再试。"),
    503: gettext_lazy("系统暂时不可用，请稍后再试。"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a parameter."""

    parameter: str
    detail: str


class Unreadable(Exception):
    """The parameters of an address cannot be understood; all that is wrong with them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(fault.detail for fault in faults))
        self.faults = faults


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
    if isinstance(exception, Http404):
        return problem(404)
    if isinstance(exception, PermissionDenied):
        return problem(403)
    if isinstance(exception, APIException):
        scheme = getattr(exception, "auth_header", "")
        return problem(exception.status_code, headers=_asking_for(scheme))
    return None


def _asking_for(scheme: str) -> dict[str, str]:
    return {"WWW-Authenticate": scheme} if scheme else {}
