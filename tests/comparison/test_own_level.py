"""What the table of a programme shows: its own numbers, no site's, no part's of another kind, and what adds up."""

from dataclasses import replace

import pytest

from comparison.own_level import is_of_the_whole, is_state_of_part
from comparison.programme import Comparison, ReleaseRef, side_by_side
from extractors.claims import extract
from models.calendar import berlin_day
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.stored import StoredClaim
from tests.support.releases import page
from tests.support.stored import stored_claims

NAME = "Uferprogramm"
GROUP = ProjectGroup(NAME, ("Ufer-Programm",), frozenset({name_key(NAME)}))


def read(*told: tuple[str, str, str]) -> list[StoredClaim]:
    """The claims of releases (title, body, day of publication), all as if about the programme."""
    found = []
    for title, body, day in told:
        release = page(title, body, day)
        of = extract(release.text, published=release.published.date() if release.published else None)
        found += stored_claims(f"https://land.example/{day}/{len(body)}", release, of)
    return [replace(each, claim=replace(each.claim, subject=NAME)) for each in found]


def compared(*told: tuple[str, str, str]) -> Comparison:
    claims = read(*told)
    refs = [
        (each.date, ReleaseRef(each.release_id, each.release_title, each.url, berlin_day(each.published)))
        for each in claims
    ]
    return side_by_side(GROUP, claims, [], refs, Nouns({}))


def test_what_is_left_of_a_whole_is_told_as_its_sentence_has_it() -> None:
    said = "In der Woche standen {} Bootsplätze zur Verfügung, {} waren in Betrieb, {} Bootsplätze blieben frei."
    weeks = {"2021-01-06": ("1.094", "902", "192"), "2021-01-13": ("1.091", "938", "153")}
    row, _later = compared(*((f"Bilanz: {NAME}", said.format(*told), day) for day, told in weeks.items())).rows
    assert row.total is not None and row.total.value == 1094
    assert [int(part.value) for part in row.parts.values()] == [902]
    assert row.rest is not None and (int(row.rest.value), row.rest.evidence[0].predicate) == (192, "frei")
    assert row.adds_up and row.unaccounted == 0


def test_numbers_that_do_not_come_to_their_whole_leave_it_open() -> None:
    said = "In der Woche standen {} Bootsplätze zur Verfügung, {} waren in Betrieb, {} Bootsplätze blieben frei."
    weeks = {"2021-01-06": ("1.094", "902", "180"), "2021-01-13": ("1.091", "938", "140")}
    found = compared(*((f"Bilanz: {NAME}", said.format(*told), day) for day, told in weeks.items())).rows
    assert found and all(row.rest is None and row.adds_up is None for row in found)


@pytest.mark.parametrize(
    "body",
    [
        f"Im {NAME} wurden 2023 insgesamt 8.101 Bootsplätze geschaffen, davon 408 Bootsplätze für Kinder.",
        f"Im {NAME} sind 8.520 Anträge eingegangen, davon 3.774 für Segelboote.",
        f"Das {NAME} schafft hier in Seedorf weitere 432 Bootsplätze.",
        f"Im {NAME} wurden 60 Stege gebaut.",
    ],
)
def test_a_part_of_another_kind_a_site_and_what_is_told_once_show_not_how_things_stand(body: str) -> None:
    assert compared((f"{NAME}: Bericht", body, "2023-11-20")).rows == ()


def test_what_was_granted_had_been_applied_for() -> None:
    body = f"Von 53 Schulen im {NAME} haben 41 Fördermittel beantragt, für 27 von ihnen wurden sie bewilligt."
    assert all(row.unaccounted is None or row.unaccounted >= 0 for row in compared((NAME, body, "2020-02-20")).rows)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Von den 73 Projekten sind 42 abgeschlossen.", True),
        ("42 von 73 Projekten sind abgeschlossen.", True),
        ("Abgeschlossen sind 42 von 73 Projekten.", True),
        ("Von den 231 bewilligten Rädern waren 151 elektrisch.", False),
        ("Es sind 8.520 Anträge eingegangen, davon 3.774 für Segelboote.", False),
    ],
)
def test_whose_state_a_sentence_tells(sentence: str, told: bool) -> None:
    claims = read(("Bericht", sentence, "2024-01-10"))
    by_key = {each.key: each for each in claims}
    parts = [each for each in claims if each.claim.of is not None and each.claim.kind == "count"]
    assert parts
    for part in parts:
        whole = by_key.get(part.whole_key or "")
        state = part.claim.status is not None and is_state_of_part(part.claim, whole.claim if whole else None)
        assert state is told


@pytest.mark.parametrize(
    ("title", "sentence", "own"),
    [
        ("Bericht", f"Mit dem {NAME} sind 25.000 Bootsplätze entstanden.", True),
        ("Bericht", f"Mit dem {NAME} sind in Pankow 25 Bootsplätze entstanden.", False),
        ("Bericht", "Im Haus sind 25 Bootsplätze entstanden.", False),
        ("Bericht", f"Mit dem {NAME} 2.0 sind 25 Bootsplätze entstanden.", False),
        ("Richtfest für das Bootshaus", f"Mit dem {NAME} entstehen 25 Bootsplätze.", False),
        ("Richtfest für das Bootshaus", f"Seit 2016 sind mit dem {NAME} 25.000 Bootsplätze entstanden.", True),
    ],
)
def test_which_numbers_are_of_the_whole(title: str, sentence: str, own: bool) -> None:
    (count,) = (each for each in read((title, sentence, "2024-01-10")) if each.claim.counted == "Bootsplatz")
    assert is_of_the_whole(count, (GROUP.name, *GROUP.aliases)) is own


def test_sites_stand_apart_from_the_programmes_own_numbers() -> None:
    own = f"Im {NAME} arbeiten 57 Bootsbauer."
    found = compared(("Bericht", f"{own} In Pankow arbeiten 12 Bootsbauer.", "2024-01-10"))
    assert [int(each.points[0].figure.value) for each in found.series] == [57]
    assert [int(each.points[0].figure.value) for each in found.details] == [12]
