"""A form that creates something does so once, however often its POST arrives.

The form carries a key (`{% once_key %}`), the view `@once`. The row of the key is written before
the view runs and in its transaction: a second POST waits for the first, and a refused one
(status ≥ 400) leaves the key free. The view tells where the result stands by redirecting there,
or by the header Content-Location of the page it renders.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tenancy.models import Submission

FIELD = "submission"
KEPT = timedelta(days=7)
View = Callable[..., HttpResponse]


class Repeated(Exception):
    """The same form has been sent before; its result stands at `url`."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class AnotherContent(Repeated):
    """The form's key came before with other content."""


def once(view: View) -> View:
    """Let each key of a form run the view's POST once."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            submission = claim(request)
        except AnotherContent as earlier:
            return render(request, "tenancy/sent_before.html", {"url": earlier.url}, status=409)
        except Repeated as earlier:
            messages.info(request, _("这张表单已经提交过，没有重复写入。"))
            return redirect(earlier.url)
        response = view(request, *args, **kwargs)
        _remember(submission, response)
        return response

    return guarded


def claim(request: Any) -> Submission:
    """Take the key of the request's form; raises `Repeated` where it has led to a result."""
    key, content = request.POST.get(FIELD, ""), digest(request)
    if not 16 <= len(key) <= 36:
        raise BadRequest("the form carries no key")
    fresh = Submission(user=request.user, key=key, content=content)
    # Waits for a parallel POST with the same key, then sees what became of it.
    Submission.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = Submission.objects.get(user=request.user, key=key)
    if kept.url:
        raise (Repeated if kept.content == content else AnotherContent)(kept.url)
    return kept


def digest(request: HttpRequest) -> str:
    """What a form holds, without its key and token."""
    fields = [
        (name, request.POST.getlist(name))
        for name in sorted(request.POST)
        if name not in (FIELD, "csrfmiddlewaretoken")
    ]
    files = [
        (name, file.name, file.size)
        for name in sorted(request.FILES)
        for file in request.FILES.getlist(name)
    ]
    return sha256(repr((request.get_full_path(), fields, files)).encode()).hexdigest()


def _remember(submission: Submission, response: HttpResponse) -> None:
    if response.status_code >= 400:
        return
    url = getattr(response, "url", "") or response.headers["Content-Location"]
    Submission.objects.filter(pk=submission.pk).update(url=url)


def forget_old() -> None:
    """Drop the keys that no browser will send again."""
    Submission.objects.filter(at__lt=timezone.now() - KEPT).delete()
