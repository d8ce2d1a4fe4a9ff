"""Why a claim is about a project, or one at all: the features that weighed most."""

from datetime import date

from extractors.claims import extract
from extractors.claims.deciding import decided
from models.release import Paragraph

TEXT = (
    "Brückenprogramm „Neue Wege“: Stand\n\n"
    "Von den 40 Brücken des Brückenprogramms „Neue Wege“ sind 25 fertiggestellt. "
    "Das Programm „Neue Wege“ wurde verlängert. Im Land leben 80.000 Menschen."
)


def test_a_heading_that_only_the_page_shows_counts_in_the_decisions_too() -> None:
    lines = (
        "Gute Zahlen aus dem Land",
        "Der Waldklimafonds wächst.",
        "Das Ministerium ist zufrieden. Bewilligt wurden 64 Anträge.",
    )
    text = "\n\n".join(lines)
    roles = ("heading", "heading", "paragraph")
    spans = ((text.index(line), text.index(line) + len(line)) for line in lines)
    paragraphs = [Paragraph(role, start, end) for role, (start, end) in zip(roles, spans, strict=True)]
    (claim,) = extract(text, published=None, paragraphs=paragraphs).claims
    ((decision,),) = decided(text, published=None, paragraphs=paragraphs)
    assert decision.chosen == claim.subject == "Waldklimafonds"
    plain = [Paragraph("paragraph", paragraph.start, paragraph.end) for paragraph in paragraphs]
    ((without,),) = decided(text, published=None, paragraphs=plain)
    assert dict(decision.reasons) != dict(without.reasons)
    assert decided("  ", published=None) == []


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
