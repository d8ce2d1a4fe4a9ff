"""A state is called by the word of its releases where they have one, and by ours where they have several."""

from dataclasses import replace

from comparison.programme import Comparison, side_by_side
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from output.states import rest_words, state_words
from tests.support.releases import extraction, page, says
from tests.support.stored import stored_claims

NAME = "Seenprogramm"


def told(*predicates: str | None, counted: str = "Platz", status: str = "operating") -> Comparison:
    claims = []
    for month, predicate in enumerate(predicates, 1):
        day = f"2024-0{month}-01"
        release = page("Bericht", "Im Seenprogramm sind 40 Plätze belegt.", day)
        number = says("40 Plätze", value="40", counted=counted, subject=NAME, status=status)
        (stored,) = stored_claims(f"https://land.example/{day}", release, extraction(release, [number]))
        claims.append(replace(stored, claim=replace(stored.claim, predicate=predicate)))
    group = ProjectGroup(NAME, (), frozenset({name_key(NAME)}))
    return side_by_side(group, claims, [], [], Nouns({}))


def test_a_state_that_all_figures_tell_by_one_word_is_called_so() -> None:
    assert state_words(told("belegt", "belegt"), "operating", "de") == "belegt"
    assert state_words(told("belegt", "belegt"), "operating", "en") == "operating"
    assert state_words(told("belegt", None), "operating", "de") == "in Betrieb"


def test_what_is_under_way_is_not_called_done() -> None:
    """ "10 werden derzeit gebaut" are not "gebaut"."""
    assert state_words(told("gebaut", "gebaut", status="in_progress"), "in_progress", "de") == "in Umsetzung"


def test_applications_are_submitted_not_proposed() -> None:
    applied = told(None, None, counted="Förderantrag", status="proposed")
    assert [state_words(applied, "proposed", language) for language in ("de", "en")] == ["eingereicht", "submitted"]
    assert (
        state_words(told(None, None, counted="Projekt", status="proposed"), "proposed", "de")
        == "beantragt oder vorgeschlagen"
    )


def test_what_is_left_has_a_name_if_no_release_gives_one() -> None:
    assert rest_words(told("belegt", "belegt"), "de") == "übrige"
