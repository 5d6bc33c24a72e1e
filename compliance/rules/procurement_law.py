"""PROC-03, PROC-04: what the national law on government procurement asks of contracts (LAW).

《中华人民共和国政府采购法》第四十六条：中标通知书发出之日起三十日内签订采购合同；第四十九条：补充合同的
采购金额不得超过原合同采购金额的百分之十。
"""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from compliance.findings import Evidence, Finding, Reason, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.contracts import contract_code
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import ContractFacts, Facts, ProjectFacts

SIGNING = (Parameter("sign_days", ParameterKind.COUNT),)
SUPPLEMENTS = (Parameter("ceiling", ParameterKind.SHARE),)
CENT = Decimal("0.01")


def signed_in_time(facts: Facts, binding: Binding) -> list[Finding]:
    """PROC-03: the first contract is signed within `sign_days` of the award notice."""
    return [
        _of_signing(project, contract, binding.at(project.place, facts.on))
        for project, contract in _contracts(facts)
        if contract.year_no == 1
    ]


def supplements_stay_small(facts: Facts, binding: Binding) -> list[Finding]:
    """PROC-04: supplements come to at most a tenth of the contract."""
    return [
        _of_supplement(project, contract, binding.at(project.place, facts.on))
        for project, contract in _contracts(facts)
    ]


def _contracts(facts: Facts) -> Iterable[tuple[ProjectFacts, ContractFacts]]:
    return ((project, one) for project in facts.projects for one in project.contracts)


def _of_signing(project: ProjectFacts, contract: ContractFacts, binding: Binding) -> Finding:
    limit = binding.count("sign_days")
    subject, rows = _subject(project, contract), _rows(project)
    if contract.noticed_on is None or contract.signed_on is None:
        reason = Reason.NO_NOTICE if contract.noticed_on is None else Reason.NOT_SIGNED
        return binding.finding(subject, Status.NO_DATA, rows, required=limit, reason=reason)
    days = (contract.signed_on - contract.noticed_on).days
    return binding.finding(
        subject,
        Status.MET if days <= limit else binding.failure,
        rows,
        measured=days,
        required=limit,
        details={
            "noticed_on": contract.noticed_on.isoformat(),
            "signed_on": contract.signed_on.isoformat(),
        },
    )


def _of_supplement(project: ProjectFacts, contract: ContractFacts, binding: Binding) -> Finding:
    ceiling = binding.share("ceiling")
    supplement = contract.supplement or Decimal("0.00")
    fits = ceiling.den * supplement <= ceiling.num * contract.amount
    most = (ceiling.num * contract.amount / ceiling.den).quantize(CENT, ROUND_DOWN)
    return binding.finding(
        _subject(project, contract),
        Status.MET if fits else binding.failure,
        _rows(project),
        measured=supplement,
        required=most,
        details={"amount": str(contract.amount), "ceiling": str(ceiling)},
    )


def _subject(project: ProjectFacts, contract: ContractFacts) -> Subject:
    return Subject(SubjectKind.CONTRACT, contract_code(project, contract), project.name)


def _rows(project: ProjectFacts) -> tuple[Evidence, ...]:
    return (Evidence(SubjectKind.PROJECT, project.code),)
