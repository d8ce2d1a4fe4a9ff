"""Judgements, reviews, users, runs and leases."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claim, claims
from db.curation.judgements import judge, judgements, retract
from db.curation.names import ProjectNames
from db.curation.nouns import join_nouns, joined_nouns, nouns_of, part_noun
from db.curation.reviewers import add_token, holder, revoke_tokens
from db.curation.reviews import add_claim, decide, retract_review, reviews
from db.curation.suggestions import suggest_nouns, suggest_projects
from db.operation.leases import DatabaseSlots, drop_lease, take_lease
from db.operation.runs import (
    SourceRecord,
    due_sources,
    end_run,
    health,
    interrupt_run,
    next_due,
    record_source,
    run,
    running_runs,
    runs,
    set_due,
    start_run,
)
from db.upkeep.verify import verify
from inquiries.programme import compare
from models.claim import Claim, Project
from models.errors import Contradiction, EvidenceMissing, InputError
from tests.inquiries.test_programme import HOST, PROGRAMME, about, store_reports
from tests.support.releases import extraction, moment, page, says, store

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


def test_rejected_claims_leave_the_comparison_and_corrected_ones_change_it(engine: Engine) -> None:
    store_reports(engine)
    user = holder(engine, add_token(engine, "Ina", scopes=["review"], label="laptop", now=NOW))
    assert user and user.scopes == {"review"}
    wrong = {found.claim.quote: found.key for found in claims(engine, limit=100).claims}
    decide(engine, wrong["16"], "rejected", user_id=user.user_id, now=NOW, note="misread")
    decide(engine, wrong["42"], "corrected", user_id=user.user_id, now=NOW, corrected={"value": "58"})
    found = compare(engine, PROGRAMME)
    last = found.rows[-1]
    assert found.rejected == 1 and "in_progress" not in last.parts
    assert last.parts["completed"].value == 58 and last.adds_up
    retract_review(engine, wrong["16"], now=NOW)
    assert compare(engine, PROGRAMME).rejected == 0
    assert [each.retracted_at is None for each in reviews(engine, wrong["16"])] == [False]
    assert claim(engine, wrong["42"]).decision == "corrected"


def test_reviews_survive_new_rules(engine: Engine) -> None:
    release = page("T", "Es sind 5 Boote.", "2024-01-01")
    (key,) = [c.key for c in store(engine, HOST, release, extraction(release, [says("5", value="5")])).changes.added]
    user = holder(engine, add_token(engine, "Ina", scopes=[], label="a", now=NOW))
    assert user
    decide(engine, key, "confirmed", user_id=user.user_id, now=NOW)
    store(engine, HOST, release, extraction(release, [says("5", value="5", counted="Boot")], version="rules-2"))
    assert claim(engine, key).decision == "confirmed"
    with pytest.raises(InputError):
        decide(engine, key, "corrected", user_id=user.user_id, now=NOW, corrected={"quote": "x"})
    with pytest.raises(InputError):
        decide(engine, key, "corrected", user_id=user.user_id, now=NOW)
    with pytest.raises(InputError):
        decide(engine, "nothing", "confirmed", user_id=user.user_id, now=NOW)


def test_added_claims_survive_as_long_as_their_sentence_stands(engine: Engine) -> None:
    release = page("T", "Es sind 5 Boote. Ein Dutzend Kähne kommt.", "2024-01-01")
    read = extraction(release, [says("5", value="5")])
    result = store(engine, HOST, release, read)
    user = holder(engine, add_token(engine, "Ina", scopes=[], label="a", now=NOW))
    assert user
    sentence = "Ein Dutzend Kähne kommt."
    start = release.text.index(sentence)
    missed = Claim("count", "Ein Dutzend", start, start + 11, sentence, start, "", value=Decimal(12), counted="Kahn")
    with pytest.raises(EvidenceMissing):
        add_claim(engine, result.release_id, replace(missed, end=start + 3), user_id=user.user_id, now=NOW)
    key = add_claim(engine, result.release_id, missed, user_id=user.user_id, now=NOW)
    with pytest.raises(InputError, match="known already"):
        add_claim(engine, result.release_id, missed, user_id=user.user_id, now=NOW)
    assert [found.key for found in claims(engine, ClaimFilter(text="Kahn")).claims] == [key]
    moved = page("T", "Vorweg etwas. Es sind 5 Boote. Ein Dutzend Kähne kommt.", "2024-01-01")
    store(engine, HOST, moved, extraction(moved, [says("5", value="5")]), fetched_at=moment("2024-02-01"))
    found = claim(engine, key)
    assert found.current and moved.text[found.claim.start : found.claim.end] == "Ein Dutzend"
    gone = page("T", "Es sind 5 Boote.", "2024-01-01")
    store(engine, HOST, gone, extraction(gone, [says("5", value="5")]), fetched_at=moment("2024-03-01"))
    assert not claim(engine, key).current


def test_an_added_claim_that_is_taken_back_is_found_by_none_of_its_words(engine: Engine) -> None:
    release = page("T", "Es sind 5 Boote. Ein Dutzend Kähne kommt.", "2024-01-01")
    boats = says("5", value="5", counted="Boot")
    result = store(engine, HOST, release, extraction(release, [boats]))
    user = holder(engine, add_token(engine, "Ina", scopes=[], label="a", now=NOW))
    assert user
    sentence = "Ein Dutzend Kähne kommt."
    start = release.text.index(sentence)
    added = Claim(
        "count", "Ein Dutzend", start, start + 11, sentence, start, "", Decimal(12), counted="Kahn", subject="Lastesel"
    )
    key = add_claim(engine, result.release_id, added, user_id=user.user_id, now=NOW)
    retract_review(engine, key, now=NOW)
    assert claims(engine, ClaimFilter(text="Lastesel")).claims == ()
    assert verify(engine) == []
    # Rules that find it later know its date and another subject.
    later = extraction(release, [boats, says("Ein Dutzend", value="12", counted="Kahn")], version="rules-2")
    store(engine, HOST, release, later)
    assert [found.key for found in claims(engine, ClaimFilter(text="Kahn")).claims] == [key]
    assert claims(engine, ClaimFilter(text="Lastesel")).claims == ()
    # Taking back another decision on it leaves what the rules read.
    decide(engine, key, "confirmed", user_id=user.user_id, now=NOW)
    retract_review(engine, key, now=NOW)
    assert [found.key for found in claims(engine, ClaimFilter(text="Kahn")).claims] == [key]
    assert verify(engine) == []


def test_tokens_are_known_by_hash_and_revocable(engine: Engine) -> None:
    token = add_token(engine, "Ina", scopes=["review"], label="a", now=NOW)
    other = add_token(engine, "Ina", scopes=[], label="b", now=NOW)
    assert holder(engine, "guess") is None
    assert revoke_tokens(engine, "Ina", label="a", now=NOW) == 1
    assert holder(engine, token) is None and holder(engine, other) is not None
    with pytest.raises(InputError):
        revoke_tokens(engine, "Nobody", now=NOW)


def test_runs_due_times_and_health(engine: Engine) -> None:
    first = start_run(engine, "ingest", now=NOW)
    second = start_run(engine, "ingest", now=NOW + timedelta(hours=1))
    assert sorted(running_runs(engine)) == sorted([first, second])
    interrupt_run(engine, first, now=NOW)
    assert running_runs(engine) == [second]
    report = SourceRecord(second, "land", "degraded", "slow", {"new": 2}, NOW, NOW)
    record_source(engine, report)
    record_source(engine, replace(report, state="completed", reason=None))
    end_run(engine, second, "completed", now=NOW + timedelta(hours=2))
    assert [(each.id, each.state) for each in runs(engine)] == [(second, "completed"), (first, "interrupted")]
    assert [(each.state, each.counts) for each in run(engine, second)[1]] == [("completed", {"new": 2})]
    with pytest.raises(InputError):
        run(engine, "nothing")
    set_due(engine, "land", NOW + timedelta(days=1))
    assert due_sources(engine, ["land", "sea"], now=NOW) == ["sea"]
    assert due_sources(engine, ["land", "sea"], now=NOW + timedelta(days=1)) == ["land", "sea"]
    assert next_due(engine, ["land", "sea"]) == NOW + timedelta(days=1)
    assert next_due(engine, ["sea"]) is None
    release = page("T", "Es sind 5 Boote.", "2024-01-01")
    store(engine, HOST, release, extraction(release, []))
    (land,) = health(engine)
    assert (land.state, land.releases, land.last_new) == ("completed", 1, moment("2024-01-01", 18))


def test_a_lease_has_one_holder_until_it_ends(engine: Engine) -> None:
    assert take_lease(engine, "source:land", "a", now=NOW, seconds=60)
    assert not take_lease(engine, "source:land", "b", now=NOW + timedelta(seconds=59), seconds=60)
    assert take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=59), seconds=60)
    assert take_lease(engine, "source:land", "b", now=NOW + timedelta(seconds=119), seconds=60)
    drop_lease(engine, "source:land", "a")
    assert not take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=120), seconds=60)
    drop_lease(engine, "source:land", "b")
    assert take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=120), seconds=60)


def test_hosts_are_given_to_one_request_at_a_time(engine: Engine) -> None:
    slots = DatabaseSlots(engine)
    assert slots.reserve("a.example", now=NOW, lease=30) == 0
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=10), lease=30) == 20
    assert slots.reserve("b.example", now=NOW, lease=30) == 0
    slots.release("a.example", now=NOW + timedelta(seconds=12), pause=2)
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=13), lease=30) == 1
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=14), lease=30) == 0
