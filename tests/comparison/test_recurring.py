"""How a series is called: by the name its numbers are of, else by its headlines."""

from typing import Any

import pytest

from comparison.recurring import Recurring, cells, recurring
from comparison.titles import common_words
from models.stored import SeriesClaim
from tests.support.releases import extraction, page, says
from tests.support.stored import stored_claims

TITLES = ("Bilanz der Seen (KW 12)", "Bilanz der Seen (KW 13)")


def told(sentence: str, titles: tuple[str, ...] = TITLES, **fields: Any) -> Recurring:
    """The series of the 50 boats of a sentence that two releases have."""
    members = []
    for point, title in enumerate(titles):
        day = f"202{point}-05-03"
        release = page(title, sentence, day)
        read = extraction(release, [says("50 Boote", value="50", counted="Boot", subject="Seenfonds", **fields)])
        (stored,) = stored_claims(f"https://land.example/{day}", release, read)
        members.append(SeriesClaim(stored, day, point))
    found = recurring("k", members)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Im Seenfonds sind 50 Boote, 12 davon neu.", "Seenfonds"),
        ("Im Jahr 2020 hatte der Seenfonds 50 Boote.", "Seenfonds"),
        ("Die 50 Boote des Seenfonds fahren.", "Seenfonds"),
        ("Gefördert werden 30 Häfen im Seenfonds und 50 Boote.", None),
        ("Gefördert werden 50 Boote und 30 Häfen im Seenfonds.", None),
        ("Die Jury sah 50 Boote.", None),
    ],
)
def test_a_name_is_the_title_where_the_numbers_are_of_it(sentence: str, subject: str | None) -> None:
    assert told(sentence).subject == subject


@pytest.mark.parametrize(
    ("sentence", "called"),
    [
        ("Im Seenfonds für kleine Häfen und Werften sind 50 Boote.", "Seenfonds für kleine Häfen und Werften"),
        ("Im Seenfonds für 2021 sind 50 Boote.", "Seenfonds"),
        ("Der Seenfonds zahlt für 50 Boote.", "Seenfonds"),
        ("Aus dem Programm Seenfonds kommen 50 Boote.", "Programm Seenfonds"),
        ("Der Seenfonds zahlt im zweiten Auswahlverfahren für 50 Boote.", "Seenfonds, zweites Auswahlverfahren"),
    ],
)
def test_a_title_goes_on_with_what_all_sentences_say_beside_the_name(sentence: str, called: str) -> None:
    assert told(sentence).called == called


def test_a_title_goes_on_with_what_all_headlines_say_beside_the_name() -> None:
    titles = ("Der Seenfonds für kleine Häfen zahlt", "Geld vom Seenfonds für kleine Häfen")
    assert told("Der Seenfonds zahlt für 50 Boote.", titles).called == "Seenfonds für kleine Häfen"


def test_a_title_goes_on_as_most_headlines_do() -> None:
    titles = ("Seenfonds für Häfen, kleine und große", *["Seenfonds für kleine Häfen zahlt"] * 3)
    assert told("Der Seenfonds zahlt für 50 Boote.", titles).called == "Seenfonds für kleine Häfen"
    assert told("Der Seenfonds zahlt für 50 Boote.", (*titles[:1], "Seenfonds zahlt")).called == "Seenfonds"


def test_without_a_name_the_headlines_are_quoted() -> None:
    assert told("Die Jury sah 50 Boote.").headline == "Bilanz der Seen"
    assert told("Die Jury sah 50 Boote.", ("Neues vom Seenfonds", "Seenfonds: 50 Boote fahren")).headline == "Seenfonds"
    assert told("Die Jury sah 50 Boote.", ("Boote fahren", "Häfen offen")).headline is None
    assert told("Der Seenfonds hat 50 Boote.").headline is None


def test_what_numbers_are_said_to_be_is_told_where_they_have_no_status() -> None:
    assert told("Die Jury sah 50 Boote.", predicate="frei").predicate == "frei"
    assert told("Die Jury sah 50 Boote.", predicate="frei", status="operating").predicate is None


@pytest.mark.parametrize(
    ("headlines", "words"),
    [
        (("Aktuelle Lage der Häfen (16. KW)", "Aktuelle Lage der Häfen (17. KW)"), "Aktuelle Lage der Häfen"),
        (("„Mehr Boote und Häfen“ startet", "„Mehr Boote und Häfen“ endet"), "Mehr Boote und Häfen"),
        (("Senat fördert Boote im Seenland", "Boote fahren jetzt überall und immer"), None),
        (("Boote für Häfen im Jahr 2022", "Boote für Häfen im Jahr 2023"), "Boote für Häfen"),
        (("Boote", "Boote"), None),
    ],
)
def test_the_words_that_headlines_share_are_most_of_them(headlines: tuple[str, ...], words: str | None) -> None:
    assert common_words(headlines) == words


def test_the_proof_of_a_number_at_a_date_was_told_at_that_date_not_when_it_was_told_again() -> None:
    members = []
    for day, point in (("2020-05-01", 0), ("2020-05-03", 0), ("2020-05-09", 1)):
        boats = "50" if point == 0 else "60"
        release = page("Bilanz der Seen", f"Im Seenfonds sind {boats} Boote.", day)
        read = extraction(release, [says(f"{boats} Boote", value=boats, counted="Boot", subject="Seenfonds")])
        (stored,) = stored_claims(f"https://land.example/{day}", release, read)
        members.append(SeriesClaim(stored, "2020-05-01" if point == 0 else day, point))
    found = recurring("k", members)
    assert found is not None
    assert [point.proof.published for point in found.points] == ["2020-05-01", "2020-05-09"]
    assert [cell["published"] for cell in cells(found)] == ["2020-05-01", "2020-05-09"]


def test_what_headlines_have_in_the_genitive_is_called_in_the_nominative() -> None:
    titles = ("Bericht 2020 des Seenamtes für Fischerei vorgestellt", "Bericht 2021 des Seenamtes für Fischerei da")
    assert told("Die Jury sah 50 Boote.", titles).headline == "Seenamt für Fischerei"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Geprüft sind 70 Boote; 50 Boote davon sind seetüchtig.", "seetüchtig"),
        ("Von 70 Booten konnten sich 50 Boote durchsetzen.", "durchsetzen"),
        ("Von 70 Booten nahmen 50 Boote Kurs.", None),
    ],
)
def test_a_part_is_told_with_what_sets_it_apart(sentence: str, said: str | None) -> None:
    assert told(sentence, of="70").part_said == said


def test_men_whom_a_sentence_counts_beside_women_are_not_all() -> None:
    for sentence, without in (
        ("Den Preis erhalten sieben Fischerinnen und drei Fischer.", "Fischerinnen"),
        ("Den Preis erhalten drei Fischer.", None),
    ):
        members = []
        for point, day in enumerate(("2020-05-03", "2021-05-03")):
            release = page("Preis", sentence, day)
            read = extraction(release, [says("drei Fischer", value="3", counted="Fischer")])
            (stored,) = stored_claims(f"https://land.example/{day}", release, read)
            members.append(SeriesClaim(stored, day, point))
        found = recurring("k", members)
        assert found is not None and found.without == without
