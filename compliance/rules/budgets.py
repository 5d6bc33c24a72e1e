"""POST-06, POST-07: what a project's money buys, and that its sums agree.

《广州市社工服务站管理办法》，据报道（SEED）：原则上按每年 12 万元/名配备社工，可适时调整（HZ-FY：
20 名、每年 240 万元、三年 720 万元）。
"""

from decimal import Decimal

from compliance.findings import Evidence, Finding, Reason, Shortfall, Status, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.certified_share import subject_of
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import Facts, ProjectFacts

PARAMETERS = (Parameter("price", ParameterKind.PRICE),)


def budget_and_heads_agree(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-06: budget ≥ heads × price, and heads ≥ ⌊budget ÷ price⌋, at the price of the start."""
    return [
        _of_price(project, binding.at(project.place, project.starts_on))
        for project in facts.projects
    ]


def total_is_yearly_amounts(facts: Facts, binding: Binding) -> list[Finding]:
    """POST-07: total = yearly budget × years. That they must agree is our reading."""
    return [_of_total(project, binding) for project in facts.projects]


def _of_price(project: ProjectFacts, binding: Binding) -> Finding:
    price = binding.price("price", project.starts_on)
    if price is None:
        return binding.finding(
            subject_of(project),
            Status.NOT_APPLICABLE,
            reason=Reason.NO_STANDARD,
            details={"starts_on": project.starts_on.isoformat()},
        )
    status, rest = _balance(project, price, binding)
    details = {"price": str(price), "heads": project.agreed_heads}
    if project.price_claimed is not None and project.price_claimed != price:
        details["claimed"] = str(project.price_claimed)
    return binding.finding(subject_of(project), status, _rows(project), details=details, **rest)


def _balance(
    project: ProjectFacts, price: Decimal, binding: Binding
) -> tuple[Status, dict[str, object]]:
    heads, budget = project.agreed_heads, project.annual_budget
    needed, affordable = heads * price, int(budget // price)
    if budget < needed:
        gap = Shortfall(yuan=needed - budget)
        return binding.failure, {"measured": budget, "required": needed, "shortfall": gap}
    if heads < affordable:
        gap = Shortfall(people=affordable - heads)
        found: dict[str, object] = {"measured": heads, "required": affordable, "shortfall": gap}
        return binding.failure, found | {"reason": Reason.FEW_HEADS}
    return Status.MET, {"measured": budget, "required": needed}


def _of_total(project: ProjectFacts, binding: Binding) -> Finding:
    product, total = project.annual_budget * project.years, project.total
    status, reason = Status.MET if total == product else binding.failure, Reason.NONE
    if total is None:
        status, reason = Status.NO_DATA, Reason.NO_TOTAL
    missing = product - total if total is not None and total < product else None
    return binding.finding(
        subject_of(project),
        status,
        _rows(project),
        measured=total,
        required=product,
        shortfall=Shortfall(yuan=missing) if missing else None,
        reason=reason,
        details={"budget": str(project.annual_budget), "years": project.years},
    )


def _rows(project: ProjectFacts) -> tuple[Evidence, ...]:
    return (Evidence(SubjectKind.PROJECT, project.code),)
