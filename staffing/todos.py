"""What certificates leave to somebody."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from staffing.models import Certificate
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.todos import Todo


def certificates_to_verify(user: User, today: date) -> Iterable[Todo]:
    """One line for all that wait, within reach of the verb."""
    if Permission.VERIFY_CERTIFICATE not in user.verbs:
        return []
    pending = Certificate.objects.visible_to(user, Permission.VERIFY_CERTIFICATE).pending()
    number = pending.count()
    said = _("%(number)s 本证书待核验") % {"number": number}
    return [Todo(said, _list("pending"))] if number else []


def registrations_to_renew(user: User, today: date) -> Iterable[Todo]:
    """One line, due when the first registration lapses."""
    if Permission.CHANGE_WORKER not in user.verbs:
        return []
    rows = Certificate.objects.visible_to(user, Permission.CHANGE_WORKER).lapsing(today)
    found = rows.aggregate(number=Count("pk"), first=Min("registered_until"))
    said = _("%(number)s 本证书的登记将到期或已到期") % {"number": found["number"]}
    return [Todo(said, _list("lapsing"), found["first"])] if found["number"] else []


def _list(only: str) -> str:
    return f"{reverse('ledgers:row-list', args=['certificates'])}?only={only}"
