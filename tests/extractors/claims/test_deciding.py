"""Why a claim is about a project, or one at all: the features that weighed most."""

from datetime import date

from extractors.claims import extract
from extractors.claims.deciding import decided

TEXT = (
    "Brückenprogramm „Neue Wege“: Stand\n\n"
    "Von den 40 Brücken des Brückenprogramms „Neue Wege“ sind 25 fertiggestellt. "
    "Das Programm „Neue Wege“ wurde verlängert. Im Land leben 80.000 Menschen."
)


def test_each_claim_has_its_decisions_with_what_weighed_for_them() -> None:
    published = date(2024, 5, 6)
    claims = extract(TEXT, published=published).claims
    told = decided(TEXT, published=published)
    assert len(told) == len(claims)
    for claim, decisions in zip(claims, told, strict=True):
        by_what = {decision.what: decision for decision in decisions}
        assert by_what["subject"].chosen == (claim.subject or "none")
        assert ("status" in by_what) == (claim.kind == "status")
        assert all(decision.reasons for decision in decisions)
    (extended,) = (decisions for claim, decisions in zip(claims, told, strict=True) if claim.kind == "status")
    assert max(weight for _, weight in extended[0].reasons) > 0
