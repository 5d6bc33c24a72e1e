"""The audit chain read back: recomputed row by row and held against the anchors outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenancy import audit_anchors
from tenancy.audit import GENESIS, chained, key_id
from tenancy.models import AuditEvent, Tenant


@dataclass(frozen=True)
class Fault:
    """Where the chain of a tenant is not what was written."""

    seq: int
    message: str

    def __str__(self) -> str:
        return _("第 %(seq)s 条：%(message)s") % {"seq": self.seq, "message": self.message}


def verify(tenant: Tenant) -> Iterator[Fault]:
    """The faults of the tenant in force, first the chain's own, then those the anchors show."""
    anchors = {anchor.seq: anchor.mac for anchor in audit_anchors.read(tenant.slug)}
    expected, former = 1, GENESIS
    for event in AuditEvent.objects.order_by("seq").iterator(chunk_size=2000):
        yield from _faults_of(event, expected, former)
        expected, former = event.seq + 1, bytes(event.mac)
        if anchors.pop(event.seq, former.hex()) != former.hex():
            yield Fault(event.seq, _("与库外存证不同：这一条或之前的记录被重写。"))
    yield from (
        Fault(seq, _("库外存证记有此条，库中没有：末尾被截去。")) for seq in sorted(anchors)
    )


def _faults_of(event: AuditEvent, expected: int, former: bytes) -> Iterator[Fault]:
    if event.seq != expected:
        lost = {"first": expected, "last": event.seq - 1}
        yield Fault(expected, _("缺少第 %(first)s 至 %(last)s 条。") % lost)
    elif bytes(event.former) != former:
        yield Fault(event.seq, _("与上一条不相接：有记录被插入、调换或重写。"))
    if event.key_id != key_id():
        yield Fault(event.seq, _("由另一把密钥签名，无法核对；请用当时的 AUDIT_KEY。"))
    elif chained(event, bytes(event.former)) != bytes(event.mac):
        yield Fault(event.seq, _("内容与签名不符：被改动，或不是本系统写入。"))
