"""Who counts as certified, certificate by certificate.

Which levels count and whether a lapsed registration still does is for the pack to say; the older
《广州市社工服务站管理办法》（穗府办规〔2018〕13号）第四条 defines by the certificate.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from compliance.findings import Evidence, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import (
    CertificateFacts,
    CertificateLevel,
    PersonFacts,
    Verification,
)
from compliance.shares import Share

WHO_COUNTS = (
    Parameter("lapsed_counts", ParameterKind.FLAG),
    Parameter(
        "levels", ParameterKind.CHOICES, frozenset(level.value for level in CertificateLevel)
    ),
)
CERTIFIED, PENDING, UNCERTIFIED = "certified", "pending", "uncertified"


def counted(people: Iterable[PersonFacts], on: date, binding: Binding) -> tuple[Evidence, ...]:
    """Each person once, and as what."""
    return tuple(
        Evidence(SubjectKind.WORKER, person.code, _counts_as(person, on, binding))
        for person in people
    )


def share_of(evidence: tuple[Evidence, ...]) -> tuple[Share, int]:
    """The certified ones of all, and how many await verification."""
    tally = Counter(row.counts_as for row in evidence)
    return Share(tally[CERTIFIED], len(evidence)), tally[PENDING]


def _counts_as(person: PersonFacts, on: date, binding: Binding) -> str:
    """Verified beats pending; what was refused, lies ahead or is of another level is nothing."""
    found = {
        certificate.verification
        for certificate in person.certificates
        if _counts(certificate, on, binding)
    }
    if Verification.VERIFIED in found:
        return CERTIFIED
    return PENDING if Verification.PENDING in found else UNCERTIFIED


def _counts(certificate: CertificateFacts, on: date, binding: Binding) -> bool:
    return (
        certificate.obtained_on <= on
        and certificate.level.value in binding.choices("levels")
        and (binding.flag("lapsed_counts") or not certificate.lapsed(on))
    )
