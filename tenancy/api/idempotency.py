"""POSTs of programs act once for each key that they bear."""

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from tenancy import answers
from tenancy.models import Answer
from tenancy.problems import Refused

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY = re.compile(r"[!-~]{1,100}")


def once(act: Callable[[Any, Any, Any], Response]) -> Callable[..., Any]:
    """Let the action, given the row that the address names, run once for each key.

    The row is looked for again when the answer is repeated: what is out of reach stays so.
    """

    @wraps(act)
    def guarded(view: Any, request: Any, **_kwargs: Any) -> Any:
        key = _key(request)
        row = view.get_object()
        answer = _claimed(request, key)
        if answer.pk:
            return _repeated(answer)
        response = act(view, request, row)
        _keep(answer, response)
        return response

    return guarded


def _key(request: Any) -> str:
    key: str = request.headers.get(HEADER, "")
    if not KEY.fullmatch(key):
        raise Refused("key-required", 400)
    return key


def _claimed(request: Any, key: str) -> Answer:
    sent = json.dumps(request.data, sort_keys=True).encode()
    content = sha256(sent).hexdigest()
    try:
        return answers.claim(path=request.path, key=key, content=content, by=request.user)
    except answers.InUse as refused:
        raise Refused("key-in-use", 409, headers={"Retry-After": "1"}) from refused
    except answers.AnotherContent as refused:
        raise Refused("key-reused", 422) from refused


def _keep(answer: Answer, response: Response) -> None:
    answer.status = response.status_code
    answer.tag = response.headers["ETag"]
    answer.body = JSONRenderer().render(response.data).decode()
    answer.save(force_insert=True)


def _repeated(answer: Answer) -> HttpResponse:
    headers = {"ETag": answer.tag, REPLAYED: "true"}
    return HttpResponse(
        answer.body, status=answer.status, content_type="application/json", headers=headers
    )
