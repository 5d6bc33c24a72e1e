"""Records as programs meet them: listed, read, filled, and taken from step to step."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework.decorators import action
from rest_framework.response import Response

from filings import actions
from filings.actions.reviewing import Return
from filings.api.bodies import Filling, Reopening, Returning, given_in
from filings.api.refusals import told
from filings.api.rows import MonthlyRecordSerializer, OneMonthlyRecordSerializer
from filings.clocks import workdays_on
from filings.listing import month_named, next_verb
from filings.models import MonthlyRecord, RecordEvent
from filings.reaching import holds
from tenancy.api.idempotency import once
from tenancy.api.parameters import AtPlace, Choice
from tenancy.api.writing import Write, Writing
from tenancy.permissions import Permission

MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class MonthField(forms.RegexField):
    def __init__(self) -> None:
        super().__init__(MONTH, label=_("月份，如 2026-10"), required=False)


class RecordParameters(AtPlace):
    month = MonthField()
    state = Choice(_("状态"), MonthlyRecord.State.choices)


class MonthlyRecordViewSet(Writing):
    """Records of stations within reach."""

    about = _(
        "月报，每站每月一份。列表给出已存的数；一份中还有预填的、自动计算的和校验发现的问题。"
    )
    asked = RecordParameters
    verb = Permission.VIEW_RECORD
    writes = {
        "partial_update": Write(_("填写：存成草稿，读不懂的值原样保留并列入 problems。"), Filling),
        "submit": Write(_("报送：先写入所给的，再校验；有问题时什么也不写入。"), Filling),
        "withdraw": Write(_("撤回：报送后几分钟内、审核人打开之前。"), is_versioned=False),
        "accept": Write(_("通过：轮到镇街时为初审，轮到区时为接收。")),
        "give_back": Write(_("退回：写明原因、意见和期限。"), Returning),
        "reopen": Write(_("重开：已接收或已归档的，限期修改。"), Reopening),
    }

    def get_serializer_class(self) -> Any:
        return MonthlyRecordSerializer if self.action == "list" else OneMonthlyRecordSerializer

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        rows = MonthlyRecord.objects.visible_to(self.request.user)
        if "month" in wanted:
            rows = rows.filter(month=month_named(wanted["month"]))
        if "state" in wanted:
            rows = rows.in_state(wanted["state"])
        back = RecordEvent.objects.visible_to(self.request.user).filter(step="return")
        returns = Prefetch("events", back.order_by("-pk"), to_attr="returns")
        # Few templates for many records, and their texts are long.
        return rows.select_related("station__area").prefetch_related("template", returns)

    def partial_update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        record = self.get_object()
        self._need(record, Permission.FILL_RECORD)
        seen, given = self.seen(), given_in(self.sent(form=record.template.form))
        return self._done(actions.save, record, seen=seen, given=given)

    @action(detail=True, methods=["post"])
    @once
    def submit(self, request: Any, record: MonthlyRecord) -> Response:
        self._need(record, Permission.SUBMIT_RECORD)
        seen, given = self.seen(), given_in(self.sent(form=record.template.form))
        return self._done(actions.submit, record, seen=seen, given=given)

    @action(detail=True, methods=["post"])
    @once
    def withdraw(self, request: Any, record: MonthlyRecord) -> Response:
        self._need(record, Permission.SUBMIT_RECORD)
        self.sent()
        return self._done(actions.withdraw, record)

    @action(detail=True, methods=["post"])
    @once
    def accept(self, request: Any, record: MonthlyRecord) -> Response:
        verb = next_verb(record)
        self._need(record, verb)
        seen, _nothing = self.seen(), self.sent()
        last = verb == Permission.ACCEPT_RECORD
        return self._done(actions.accept if last else actions.accept_by_street, record, seen=seen)

    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @once
    def give_back(self, request: Any, record: MonthlyRecord) -> Response:
        self._need(record, next_verb(record))
        seen, said = self.seen(), self.sent(form=record.template.form)
        return self._done(actions.return_record, record, seen=seen, back=_back(said))

    @action(detail=True, methods=["post"])
    @once
    def reopen(self, request: Any, record: MonthlyRecord) -> Response:
        self._need(record, Permission.REOPEN_RECORD)
        seen, said = self.seen(), self.sent()
        return self._done(actions.reopen, record, seen=seen, **said)

    def _need(self, record: MonthlyRecord, verb: Permission) -> None:
        if not holds(self.request.user, record, verb):
            raise PermissionDenied

    def _done(self, act: Any, record: MonthlyRecord, **said: Any) -> Response:
        with told(said.get("seen", record.version), self.get_object):
            act(record=record, by=self.request.user, **said)
        return self.answer()


def _back(said: Mapping[str, Any]) -> Return:
    return Return(
        reasons=said["reasons"],
        comment=said["comment"],
        mend_by=said.get("mend_by") or workdays_on(said["workdays"]),
        cells=said.get("cells", ()),
    )
