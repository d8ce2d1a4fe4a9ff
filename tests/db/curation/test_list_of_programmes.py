"""Which names are listed as programmes: by their own words, by what releases prove, and by what people say."""

import pytest
from sqlalchemy import Engine

from db.curation.joining import join_proven
from db.curation.judgements import judgements, retract
from db.curation.listings import list_as, listing_log, retract_listing
from db.curation.names import ProjectNames
from db.curation.programme_names import is_programme, of_all_years, plain_key, spelt_key, uninflected
from models.errors import InputError
from tests.support.four_reports import HOST
from tests.support.releases import extraction, moment, page, says, store

NOW = moment("2026-01-01")
WHO = {"author": "Ina", "now": NOW}
NAMES = [
    "Uferoffensive",
    "Berliner Uferoffensive",
    "Förderprogramm StegPLUS",
    "StegPLUS",
    "Pilotprojekt",
    "Seestadt",
    "Müller",
]


@pytest.fixture
def named(engine: Engine) -> Engine:
    release = page("T", "Es sind " + ", ".join(f"{n} Boote" for n in range(11, 11 + len(NAMES))) + ".", "2024-01-01")
    claims = [says(str(11 + n), value=str(11 + n), counted="Boot", subject=name) for n, name in enumerate(NAMES)]
    store(engine, HOST, release, extraction(release, claims))
    return engine


def listed(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {group.name for group in ProjectNames(connection).programmes() if group.name in {*NAMES, "Uferplan"}}


@pytest.mark.parametrize(
    "name",
    [
        "Schlaglochprogramm", "Masterplan Hafenviertel", "Pakt für die Pflege", "Förderprogramm SolarPLUS",
        "Sanierung der Hafenbrücke", "Uferpreis", "Initiative Re-Use", "Hauptstadtkulturfonds", "Deep Tech Award",
        "Preis der Seenfreunde", "Ausfallfonds II",
    ],
)  # fmt: skip
def test_names_that_tell_what_they_are(name: str) -> None:
    assert is_programme(name)


@pytest.mark.parametrize(
    "name",
    [
        "Berlin", "Müller", "Pilotprojekt", "Berliner Programm", "Baumaßnahmen", "Deutsche Bahn", "Landesamt",
        "Masterplan zur Überwindung", "Förderprogramm für die Jahre", "Tierschutzprojekte", "Netzwerk für Frauen",
        "Neubau der Schule im Bereich", "Initiative „Neue", "Sporthalle", "Kampagne 16", "Bauprojekt i",
        "Umsetzung Hafenverordnung", "Lenkungskreis Seenstrategie", "Preis Möller Architekten", "Preis für die Fahrt",
        "Ideenwettbewerb", "Kilometerpreis", "Erstes Gesetz", "Nachwuchspreis", "Charta Ende April",
        "Cluster Verkehr", "Interkulturelle Initiative", "Wirtschaftsförderung Uferland",
        "Pressemitteilung UferBONUS", "Uferrechtsverordnung für Teile", "Radschnellverbindungen Kartenmaterial",
        "Dreizehntes Gesetz", "Programm Stärkung", "Stipendien für den Studiengang", "Alumni-Netzwerk",
        "Pressekonferenz Hafenwoche", "Neubau der Brücke", "Neubau in Berlin-Lichtenberg", "Uferverordnungen",
        "Masterplan Seen Konferenz", "Richtfest der Uferoffensive", "Geschäftsfeld Hafenförderung",
    ],
)  # fmt: skip
def test_names_that_may_be_anything(name: str) -> None:
    assert not is_programme(name)


def test_names_of_one_programme_have_one_plain_key() -> None:
    same = ("Uferoffensive", "Berliner Uferoffensive", "Uferoffensive 2023", "Initiative Uferoffensive")
    assert len({plain_key(name) for name in same}) == 1
    assert plain_key("Uferoffensive") != plain_key("Hafenoffensive")


@pytest.mark.parametrize(
    "forms",
    [
        ("Masterplan Ufer", "Masterplans Ufer"),
        ("Großer Seepreis", "Großen Seepreis", "Großer Seepreises"),
        ("Bootsförderung", "Bootsförderprogramm", "Bootsförderungsprogramm 2023"),
    ],
)
def test_inflected_names_have_one_plain_key(forms: tuple[str, ...]) -> None:
    assert len({plain_key(name) for name in forms}) == 1


def test_a_compound_is_spelt_with_a_hyphen_or_without() -> None:
    forms = ("Uferchancen-Programm", "Uferchancenprogramms", "Berliner Uferchancen-Programme 2023")
    assert len({spelt_key(name) for name in forms}) == 1


def test_rounds_of_several_years_are_called_without_a_year() -> None:
    assert of_all_years("Uferpreis 2020", ("Uferpreis 2022", "Uferpreises")) == "Uferpreis"
    assert of_all_years("Uferpreis 2020", ("Uferpreises",)) == "Uferpreis 2020"
    assert of_all_years("Uferplan 2024 bis 2027", ("Uferplan 2024",)) == "Uferplan 2024 bis 2027"


def test_articles_and_what_it_is_for_are_not_spelt() -> None:
    forms = (
        "Masterplan für das Uferforum",
        "Masterplan für Uferforum",
        "Masterplan Uferforum",
        "Masterplans Uferforum",
    )
    assert len({spelt_key(name) for name in forms}) == 1
    assert spelt_key("Pakts der Freien Städte") == spelt_key("Pakt der Freien Städte")
    assert spelt_key("Masterplan gegen Uferforum") != spelt_key("Masterplan Uferforum")


def test_an_acronym_before_a_long_word_says_nothing_of_which_it_is() -> None:
    same = ("SARS-CoV-2-Uferschutzmaßnahmenverordnung", "Uferschutzmaßnahmen-Verordnung")
    assert len({spelt_key(name) for name in same}) == 1
    assert spelt_key("Zweite SARS-CoV-2-Uferschutzmaßnahmenverordnung") != spelt_key(same[0])
    assert plain_key("SEEN-Programm") == plain_key("Förderprogramm SEEN")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Neubaus der Seebrücke", "Neubau der Seebrücke"),
        ("Uferpaktes", "Uferpakt"),
        ("Hafen\u00adförder\u00adprogramms PIER", "Hafenförderprogramm PIER"),
        ("Deep Tech Hubs", "Deep Tech Hubs"),
        ("Preis des Seenprojekts", "Preis des Seenprojekts"),
    ],
)
def test_a_genitive_is_listed_by_the_name_itself(name: str, shown: str) -> None:
    assert uninflected(name) == shown


def joined(engine: Engine, *told: tuple[str, str]) -> set[frozenset[str]]:
    """Which names are joined if a release says each of them in the sentence beside it."""
    for n, (name, sentence) in enumerate(told):
        release = page(f"T{n}", sentence, "2024-01-01")
        store(
            engine, f"{HOST}{n}", release, extraction(release, [says("11", value="11", counted="Boot", subject=name)])
        )
    join_proven(engine, NOW)
    return {frozenset((each.left, each.right)) for each in judgements(engine)}


def test_what_another_land_has_is_another_programme(engine: Engine) -> None:
    names = ("Uferoffensive", "Berliner Uferoffensive", "Berliner Seepreis", "Hamburger Uferoffensive")
    found = joined(engine, *((name, f"11 Boote hat: {name}.") for name in names))
    assert found == {frozenset(("Uferoffensive", "Berliner Uferoffensive"))}


def test_a_name_that_is_only_written_in_a_longer_one_is_that_one_cut_short(engine: Engine) -> None:
    found = joined(
        engine,
        ("Sondervermögen Hafen", "Das Sondervermögen Hafen der Neuen Stadt hat 11 Boote."),
        ("Sondervermögen Hafen der Neuen Stadt", "11 Boote hat das Sondervermögen Hafen der Neuen Stadt."),
        ("Uferpreis", "Der Uferpreis hat 11 Boote."),
        ("Uferpreis für Kinder", "Der Uferpreis für Kinder hat 11 Boote."),
    )
    assert found == {frozenset(("Sondervermögen Hafen", "Sondervermögen Hafen der Neuen Stadt"))}


def test_a_name_that_goes_on_where_its_headline_ends_is_the_headlines(engine: Engine) -> None:
    def told(title: str, name: str, n: int) -> None:
        release = page(title, f"Er hat {n} Boote.", "2024-01-01")
        claim = says(str(n), value=str(n), counted="Boot", subject=name)
        store(engine, f"{HOST}{n}", release, extraction(release, [claim]))

    told("Neues im Super-Seen-Pass", "Super-Seen-Pass", 11)
    told("Auf dem Wasser mit dem Super-Seen-Pass", "Super-Seen-Pass Inspiration", 12)
    told("Auf dem Wasser mit dem Super-Seen-Pass Uferdorf", "Super-Seen-Pass Uferdorf", 13)
    told("Der Ausfallfonds", "Ausfallfonds", 14)
    told("Hilfe aus dem Ausfallfonds", "Ausfallfonds II", 15)
    join_proven(engine, NOW)
    pairs = {frozenset((each.left, each.right)) for each in judgements(engine)}
    assert pairs == {frozenset(("Super-Seen-Pass", "Super-Seen-Pass Inspiration"))}
    with engine.connect() as connection:
        assert ProjectNames(connection).resolve("Super-Seen-Pass Inspiration").name == "Super-Seen-Pass"


def test_a_programme_of_which_only_a_genitive_is_told_is_listed_uninflected_and_logged(engine: Engine) -> None:
    release = page("T", "Es sind 11 Boote.", "2024-01-01")
    store(engine, HOST, release, extraction(release, [says("11", value="11", subject="Neubaus der Seebrücke")]))
    join_proven(engine, NOW)
    join_proven(engine, NOW)
    with engine.connect() as connection:
        (found,) = (each for each in ProjectNames(connection).programmes() if "Seebrücke" in each.name)
    assert (found.name, found.aliases) == ("Neubau der Seebrücke", ("Neubaus der Seebrücke",))
    assert [(each.shown_as, each.author) for each in listing_log(engine)] == [("Neubau der Seebrücke", "bilanz")]


def test_what_one_office_says_in_both_forms_is_joined_once_and_can_be_taken_back(named: Engine) -> None:
    assert listed(named) == {"Uferoffensive", "Berliner Uferoffensive", "Förderprogramm StegPLUS"}
    assert join_proven(named, NOW) == 1
    assert listed(named) == {"Berliner Uferoffensive", "Förderprogramm StegPLUS"}
    assert join_proven(named, NOW) == 0
    (joined,) = judgements(named)
    retract(named, joined.left, joined.right, **WHO)
    assert join_proven(named, NOW) == 0 and len(listed(named)) == 3


def test_people_hide_list_and_rename_and_all_of_it_is_logged(named: Engine) -> None:
    list_as(named, "Uferoffensive", None, note="too small", **WHO)
    list_as(named, "Seestadt", "Seestadt", **WHO)
    list_as(named, "Förderprogramm StegPLUS", "Uferplan", **WHO)
    assert listed(named) == {"Berliner Uferoffensive", "Seestadt", "Uferplan"}
    with named.connect() as connection:
        assert ProjectNames(connection).resolve("uferplan").aliases == ("Förderprogramm StegPLUS",)
        assert ProjectNames(connection).resolve("Uferoffensive").name == "Uferoffensive"
    with pytest.raises(InputError, match="another programme"):
        list_as(named, "Seestadt", "Uferoffensive", **WHO)
    retract_listing(named, "Uferplan", **WHO)
    assert "Förderprogramm StegPLUS" in listed(named)
    with pytest.raises(InputError, match="nothing to take back"):
        retract_listing(named, "Müller", **WHO)
    log = listing_log(named)
    assert [(each.name, each.shown_as) for each in log[:2]] == [("Uferoffensive", None), ("Seestadt", "Seestadt")]
    assert log[2].retracted_by == "Ina" and log[0].note == "too small"
