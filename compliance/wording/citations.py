"""Which text a verdict rests on, and who has changed its parameters."""

from django.utils.translation import gettext as _

from compliance.findings import Adjustment, Finding
from compliance.packs import Clause, Pack


def citation(pack: Pack, clause: Clause) -> str:
    """The text and the article, as far as they are known; an article may name its own text."""
    if clause.article.startswith("《"):
        return clause.article
    number = f"（{pack.document}）" if pack.document else ""
    return f"《{pack.title}》{number}{article(clause)}"


def article(clause: Clause) -> str:
    """The article alone, where the pack's text is named beside it."""
    return clause.article or _("（条号未取得）")


def adjustments(finding: Finding) -> str:
    """The instruments by which parameters of this case were overridden; empty where none was."""
    return "".join(adjusted(one) for one in finding.adjustments)


def adjusted(one: Adjustment) -> str:
    """Who changed a parameter to what, and by which instrument."""
    words = {"area": one.area, "instrument": one.instrument, "value": one.value}
    return _("%(area)s按%(instrument)s调整参数为 %(value)s。") % words
