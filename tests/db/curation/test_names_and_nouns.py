"""Which names are one programme and which nouns count as one: judged, logged, taken back, suggested."""

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.judgements import judge, judgements, retract
from db.curation.names import ProjectNames
from db.curation.nouns import join_nouns, joined_nouns, nouns_of, part_noun
from db.curation.related_names import related_names
from db.curation.suggestions import suggest_nouns, suggest_projects
from inquiries.programme import compare
from models.claim import Project
from models.errors import Contradiction, InputError
from tests.support.four_reports import HOST, PROGRAMME, about
from tests.support.releases import Page, extraction, moment, page, says, store

NOW = moment("2026-01-01")
WHO = {"author": "Ina", "now": NOW}


def group(engine: Engine, name: str) -> set[str]:
    with engine.connect() as connection:
        found = ProjectNames(connection).resolve(name)
        return {found.name, *found.aliases}


@pytest.fixture
def named(engine: Engine) -> Engine:
    release = page("T", "Es sind 5 Boote, 6 Kähne, 7 Flöße, 8 Stege.", "2024-01-01")
    names = ["Hafenpakt", "Hafenpakt Nord", "Pakt für Häfen", "Häfenpakt"]
    read = extraction(
        release,
        [says(str(5 + n), value=str(5 + n), counted="Ding", subject=name) for n, name in enumerate(names)],
        projects=(Project("Pakt für Häfen", ("PfH",)),),
    )
    store(engine, HOST, release, read)
    return engine


def test_judgements_are_transitive_reversible_and_logged(named: Engine) -> None:
    judge(named, "Hafenpakt", "Hafenpakt Nord", "same", **WHO)
    judge(named, "Hafenpakt Nord", "Pakt für Häfen", "same", **WHO)
    assert group(named, "hafen-pakt") == {"Hafenpakt", "Hafenpakt Nord", "Pakt für Häfen"}
    assert len(claims(named, ClaimFilter(project="Pakt für Häfen")).claims) == 3
    retract(named, "Pakt für Häfen", "Hafenpakt Nord", **WHO)
    assert group(named, "Pakt für Häfen") == {"Pakt für Häfen"}
    log = judgements(named, all_of_them=True)
    assert [(each.verdict, each.retracted_at is None) for each in log] == [("same", True), ("same", False)]
    with pytest.raises(InputError, match="no judgement"):
        retract(named, "Hafenpakt", "Pakt für Häfen", **WHO)


def test_contradicting_judgements_are_refused(named: Engine) -> None:
    judge(named, "Hafenpakt", "Hafenpakt Nord", "different", **WHO)
    judge(named, "Hafenpakt", "Pakt für Häfen", "same", **WHO)
    with pytest.raises(Contradiction):
        judge(named, "Hafenpakt Nord", "Pakt für Häfen", "same", **WHO)
    assert group(named, "Hafenpakt Nord") == {"Hafenpakt Nord"}
    judge(named, "Hafenpakt", "Hafenpakt Nord", "same", **WHO)
    assert group(named, "Hafenpakt Nord") == {"Hafenpakt", "Hafenpakt Nord", "Pakt für Häfen"}
    with pytest.raises(InputError):
        judge(named, "Hafenpakt", "HAFENPAKT", "same", **WHO)


def test_names_are_suggested_until_someone_has_judged(named: Engine) -> None:
    found = {(each.left, each.right): each.reason for each in suggest_projects(named)}
    assert found["Pakt für Häfen", "PfH"] == "stated in a release"
    assert ("Hafenpakt", "Häfenpakt") in found
    judge(named, "Pakt für Häfen", "PfH", "unsure", **WHO)
    assert ("Pakt für Häfen", "PfH") not in {(each.left, each.right) for each in suggest_projects(named)}


def test_a_listed_name_is_suggested_with_any_that_is_spelt_alike(engine: Engine) -> None:
    release = page("T", "Es sind 5 Boote, 6 Kähne, 7 Flöße, 8 Stege.", "2024-01-01")
    names = ["Hafenpakt", "Hafenpaktes", "Bootshaus", "Bootshauses"]
    read = [says(str(5 + n), value=str(5 + n), counted="Ding", subject=name) for n, name in enumerate(names)]
    store(engine, HOST, release, extraction(release, read))
    every = {(each.left, each.right) for each in suggest_projects(engine)}
    assert every == {("Hafenpakt", "Hafenpaktes"), ("Bootshaus", "Bootshauses")}
    listed = suggest_projects(engine, listed=True)
    assert [(each.left, each.right) for each in listed] == [("Hafenpakt", "Hafenpaktes")]
    judge(engine, "Hafenpakt", "Hafenpaktes", "same", **WHO)
    assert suggest_projects(engine, listed=True) == []


def test_editions_of_one_thing_are_no_suggestion(engine: Engine) -> None:
    release = page("T", "Es sind 5 Boote, 6 Kähne, 7 Flöße, 8 Stege.", "2024-01-01")
    names = ["Sommerschule 2023", "Sommerschule 2024", "Sommerschulen 2024", "Sommerschule"]
    read = [says(str(5 + n), value=str(5 + n), counted="Ding", subject=name) for n, name in enumerate(names)]
    store(engine, HOST, release, extraction(release, read))
    assert {(each.left, each.right) for each in suggest_projects(engine)} == {
        ("Sommerschule 2024", "Sommerschulen 2024"),
    }


def test_names_are_found_in_a_text(named: Engine) -> None:
    with named.connect() as connection:
        names = ProjectNames(connection)
        found = names.names_in("Im „Hafenpakt Nord“ (PfH) und in der Ruhr-Konferenz, nicht im Hafenpaktnord.")
        everything = names.groups()
    assert found == ["Hafenpakt Nord", "Ruhr-Konferenz", "Hafenpaktnord", "PfH"]
    assert {"Ruhr-Konferenz", "Hafenpakt", "PfH"} <= {group.name for group in everything}


@pytest.mark.parametrize("words", ["des Hafenpakts", "Hafenpakt-Mittel", "HAFENPAKT,", "Hafenpaktes"])
def test_names_are_found_inflected_and_in_compounds(named: Engine, words: str) -> None:
    with named.connect() as connection:
        (name,) = ProjectNames(connection).names_in(f"Es sind 5 Boote {words} da.")
    assert name.casefold() == "hafenpakt"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("des Grünen Hafenpakts", "Grüner Hafenpakt"),
        ("dem Grünen Hafenpakt", "Grüner Hafenpakt"),
        ("des Hafenpreises Nordsee", "Hafenpreis Nordsee"),
    ],
)
def test_names_are_found_inflected_within(engine: Engine, words: str, found: str) -> None:
    release = page("T", "Es sind 5 Boote, 6 Kähne.", "2024-01-01")
    read = [
        says(quote, value=quote, subject=name)
        for quote, name in (("5", "Grüner Hafenpakt"), ("6", "Hafenpreis Nordsee"))
    ]
    store(engine, HOST, release, extraction(release, read))
    with engine.connect() as connection:
        assert found in ProjectNames(connection).names_in(f"Es sind 5 Boote {words} da.")


def test_names_are_found_in_a_long_text(named: Engine) -> None:
    with named.connect() as connection:
        assert ProjectNames(connection).names_in("a b " * 1200 + "PfH") == ["PfH"]


def test_nouns_are_suggested_and_joined_for_one_programme(engine: Engine) -> None:
    release = page("T", "Aus 9 Initiativen sind 4 Werke fertig.", "2024-01-01")
    read = [about("9", "9", "Initiative"), about("4", "4", "Werk", status="completed", of="9", whole=0)]
    store(engine, HOST, release, extraction(release, read))
    (found,) = suggest_nouns(engine, PROGRAMME)
    assert {found.left, found.right} == {"Initiative", "Werk"} and found.reason == "parts of one whole"
    join_nouns(engine, "Projekt", ["Initiative", "Werk"], programme=PROGRAMME, **WHO)
    join_nouns(engine, "Projekt", ["Werk"], programme=PROGRAMME, **WHO)
    assert suggest_nouns(engine, PROGRAMME) == []
    assert compare(engine, PROGRAMME).counted == "Projekt"
    part_noun(engine, "Werk", programme=PROGRAMME, author="Ben", now=NOW)
    assert [(each.noun, each.series, each.programme, each.author) for each in joined_nouns(engine)] == [
        ("Initiative", "Projekt", PROGRAMME, "Ina"),
        ("Werk", "Werk", PROGRAMME, "Ben"),
    ]
    assert len(suggest_nouns(engine, PROGRAMME)) == 1
    with pytest.raises(InputError, match="Nobody has joined 'Werk'"):
        part_noun(engine, "Werk", programme=PROGRAMME, **WHO)
    with pytest.raises(InputError, match="in all programmes"):
        part_noun(engine, "Initiative", **WHO)


def test_joined_nouns_make_no_chain(engine: Engine) -> None:
    join_nouns(engine, "Bau", ["Neubau"], programme=PROGRAMME, **WHO)
    with pytest.raises(InputError, match="'Neubau' counts as 'Bau' already; join with 'Bau'"):
        join_nouns(engine, "Neubau", ["Bau"], programme=PROGRAMME, **WHO)
    with pytest.raises(InputError, match="'Neubau' counts as 'Bau' already; name it too"):
        join_nouns(engine, "Werk", ["Bau"], **WHO)
    with pytest.raises(InputError, match="'Förderantrag' counts as 'Antrag' already"):
        join_nouns(engine, "Projekt", ["Antrag"], **WHO)
    for same in (["Bau"], ["Werk", "WERK"]):
        with pytest.raises(InputError, match="differ"):
            join_nouns(engine, "bau", same, **WHO)
    join_nouns(engine, "projekt", ["Neubau", "Bau"], programme=PROGRAMME, **WHO)
    with engine.connect() as connection:
        nouns = nouns_of(connection, PROGRAMME)
    assert {nouns.series(noun) for noun in ("Bau", "Neubau", "Vorhaben")} == {"Projekt"}


def test_names_that_share_a_rare_word_are_related(engine: Engine) -> None:
    told = Page("Hilfe", "2024-10-01")
    for name, times in (("Kältehilfe", 3), ("Berliner Kältehilfe", 4), ("Kältehilfen", 2), ("Brückenfonds", 5)):
        for n in range(times):
            told.says(
                f"Bei {name} sind {n} Stellen frei.", f"{n} Stellen", value=str(n), counted="Stelle", subject=name
            )
    told.store(engine)
    with engine.connect() as connection:
        names = ProjectNames(connection)
        assert related_names(connection, names, names.resolve("Kältehilfe")) == ["Berliner Kältehilfe", "Kältehilfen"]
        assert related_names(connection, names, names.resolve("Brückenfonds")) == []


def test_a_name_is_proposed_as_most_releases_spell_it(engine: Engine) -> None:
    told = Page("Verträge", "2024-10-01")
    for name, times in (("Hoch-schulverträge", 1), ("Hochschulverträge", 3), ("Hochschulverträgen", 2), ("AG", 4)):
        for n in range(times):
            told.says(f"{name} haben {n} Teile.", f"{n} Teile", value=str(n), counted="Teil", subject=name)
    told.store(engine)
    with engine.connect() as connection:
        assert ProjectNames(connection).nearest("Hochschulvertrage") == ["Hochschulverträge"]
