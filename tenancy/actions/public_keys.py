"""Tokens: issued with a last day, ended at any time. Nobody sees a secret a second time."""

from datetime import timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from tenancy import audit
from tenancy.context import current_tenant_id
from tenancy.models import PublicKey, User
from tenancy.models.public_key import digest


@transaction.atomic
def issue_token(*, user: User, days: int, by: User) -> str:
    """A token that acts as the user; its text is returned here and kept nowhere."""
    token, now = f"zd_{token_urlsafe(32)}", timezone.now()
    key = PublicKey.objects.create(
        hash=digest(token),
        kind=PublicKey.Kind.TOKEN,
        tenant_id=current_tenant_id(),
        user=user,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record(verb="issue-token", by=by, target=key, detail={"user": user.pk, "days": days})
    return token


@transaction.atomic
def end_tokens(*, user: User, by: User) -> int:
    """End whatever tokens of the user still open; how many there were."""
    tokens = PublicKey.objects.in_force().filter(kind=PublicKey.Kind.TOKEN, user=user)
    ended = tokens.update(ended_at=timezone.now())
    if ended:
        audit.record(verb="end-tokens", by=by, target=user, detail={"tokens": ended})
    return ended
