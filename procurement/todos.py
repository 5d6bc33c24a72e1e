"""What contracts leave to somebody."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.models import Contract
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.todos import Todo

# The next year's contract is signed so long before the year ends (PROC-02).
AHEAD = timedelta(days=60)


def contracts_to_sign(user: User, today: date) -> Iterable[Todo]:
    """One line for all projects whose last contract runs out while the project goes on."""
    if Permission.CHANGE_PROJECT not in user.verbs:
        return []
    rows = Contract.objects.visible_to(user, Permission.CHANGE_PROJECT).running_out(today)
    found = rows.aggregate(number=Count("pk"), first=Min("ends_on"))
    if not found["number"]:
        return []
    said = _("%(number)s 个项目要签下一年度合同") % {"number": found["number"]}
    url = f"{reverse('ledgers:row-list', args=['contracts'])}?only=running-out"
    return [Todo(said, url, found["first"] - AHEAD)]
