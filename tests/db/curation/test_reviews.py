"""What reviewers decide about claims outlasts new rules, and goes when it is taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claim, claims
from db.curation.reviewers import add_token, holder
from db.curation.reviews import add_claim, decide, retract_review, reviews
from db.upkeep.verify import verify
from inquiries.programme import compare
from models.claim import Claim
from models.errors import EvidenceMissing, InputError
from tests.support.four_reports import HOST, PROGRAMME, store_reports
from tests.support.releases import extraction, moment, page, says, store

NOW = moment("2026-01-01")


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
