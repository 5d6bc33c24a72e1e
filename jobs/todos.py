"""What jobs leave to somebody: workbooks that are checked and wait for a yes."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.actions.imports import KEPT
from jobs.models import CityImport
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.todos import Todo


def imports_to_confirm(user: User, today: date) -> Iterable[Todo]:
    """The own workbooks; the file is forgotten when its days are over."""
    if Permission.IMPORT_CITY not in user.verbs:
        return []
    rows = CityImport.objects.visible_to(user).confirmable().filter(uploaded_by=user)
    return [_todo(one) for one in rows if one.new or one.changed]


def _todo(one: CityImport) -> Todo:
    return Todo(
        _("台账“%(file)s”检查无误，待确认导入") % {"file": one.file_name},
        reverse("jobs:import-detail", args=[one.pk]),
        timezone.localdate(one.uploaded_at + KEPT),
    )
