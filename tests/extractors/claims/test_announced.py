"""What no rule calls planned, and is still to come all the same."""

from datetime import date

import pytest

from extractors.claims import extract
from extractors.claims.deciding import decided
from extractors.claims.extraction import found_in
from extractors.claims.state import announced, asserted

PUBLISHED = date(2024, 5, 2)
TO_COME = (
    "Richtfest für die Schule am Park\n\n"
    "Am 12. Mai 2024 um 11 Uhr feiern wir Richtfest. Hier werden 400 Schulplätze geschaffen."
)
DONE = (
    "Schule am Park eröffnet\n\n"
    "Am 21. April 2024 wurde die Schule am Park eröffnet. Hier wurden 400 Schulplätze geschaffen."
)


@pytest.mark.parametrize(("text", "modality"), [(TO_COME, "planned"), (DONE, "actual")])
def test_the_release_around_it_tells_whether_something_is_still_to_come(text: str, modality: str) -> None:
    (places,) = (claim for claim in extract(text, published=PUBLISHED).claims if claim.kind == "count")
    assert places.modality == modality
    if modality == "planned":
        assert any(text[cue.start : cue.end] == "werden" for cue in places.cues if cue.role == "modality")


def test_why_something_is_planned_is_told_with_what_weighed_for_it() -> None:
    claims = extract(TO_COME, published=PUBLISHED).claims
    told = decided(TO_COME, published=PUBLISHED)
    ((decision,),) = (
        [each for each in decisions if each.what == "modality"]
        for claim, decisions in zip(claims, told, strict=True)
        if claim.kind == "count"
    )
    assert decision.chosen == "planned"
    assert any(weight > 0 for _, weight in decision.reasons)
    assert not any(each.what == "modality" for each in sum(decided(DONE, published=PUBLISHED), ()))


@pytest.mark.parametrize(
    ("body", "below"),
    [
        ("Das Land will 40 Brücken sanieren.", "number below planned"),
        ("Das Land könnte 40 Brücken sanieren.", "number below possible"),
        ("Das Land hat 40 Brücken saniert.", "number below open"),
        ("Das Land hat 30 Brücken saniert.", None),
    ],
)
def test_a_headline_knows_what_the_text_says_of_its_number(body: str, below: str | None) -> None:
    _, found = found_in(f"40 Brücken\n\n{body}", published=PUBLISHED, paragraphs=(), tagger=None)
    assertion = asserted.of_number(found, found.quantities[0], None)
    assert assertion is not None
    names = {name for name in announced.features(assertion) if "below" in name}
    assert names == ({below} if below else set())
