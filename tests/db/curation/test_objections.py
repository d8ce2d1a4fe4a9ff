"""What readers object to waits until a reviewer has answered; a decision that is taken back answers nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.objections import (
    add_objection,
    count_open_objections,
    dismiss_objection,
    forget_senders,
    may_object,
    open_objections,
)
from db.curation.reviewers import add_token, holder
from db.curation.reviews import decide, retract_review
from inquiries.corrections import latest_corrections
from inquiries.review_queue import review_queue
from models.errors import InputError
from models.objections import Objection
from tests.support.releases import moment
from tests.support.three_reports import three_reports

NOW, LATER = moment("2026-01-01"), moment("2026-02-01")


@pytest.fixture
def user_id(engine: Engine) -> int:
    three_reports(engine)
    found = holder(engine, add_token(engine, "Ina", scopes=["review"], label="x", now=NOW))
    assert found
    return found.user_id


@pytest.fixture
def key(engine: Engine, user_id: int) -> str:
    return claims(engine, ClaimFilter(status="completed", since="2024")).claims[0].key


def waiting(engine: Engine) -> list[Objection]:
    with engine.connect() as connection:
        return open_objections(connection)


def test_an_objection_waits_in_a_queue_of_its_own_until_the_claim_is_corrected(
    engine: Engine, key: str, user_id: int
) -> None:
    number = add_objection(engine, key, "value", "Es sind 43.", sender="leser@example.org", now=NOW)
    assert add_objection(engine, key, "value", "Es sind 43.", sender=None, now=LATER) == number
    later = add_objection(engine, key, "date", "Das war erst 2025.", sender=None, now=LATER)
    (queued,) = review_queue(engine, "objected", limit=5).claims
    assert (queued.stored.key, [each.id for each in queued.objections]) == (key, [number, later])
    fields = {"value": "43"}
    decide(engine, key, "corrected", user_id=user_id, now=LATER, corrected=fields, answers=[number])
    assert [each.id for each in waiting(engine)] == [later]
    (made,) = latest_corrections(engine, limit=5)
    assert [(each.fault, each.answer) for each in made.objections] == [("value", "accepted")]


def test_a_decision_that_is_taken_back_opens_what_it_answered(engine: Engine, key: str, user_id: int) -> None:
    number = add_objection(engine, key, "quotation", "Das steht dort nicht.", sender=None, now=NOW)
    decide(engine, key, "rejected", user_id=user_id, now=LATER, answers=[number])
    queue = review_queue(engine, "objected", limit=5)
    assert (queue.waiting, queue.done) == (0, 1)
    retract_review(engine, key, now=LATER)
    assert [each.id for each in waiting(engine)] == [number]


def test_who_dismisses_an_objection_says_why(engine: Engine, key: str, user_id: int) -> None:
    number = add_objection(engine, key, "other", "Gefällt mir nicht.", sender=None, now=NOW)
    answered = {"user_id": user_id, "now": LATER}
    with pytest.raises(InputError, match="a reason is needed"):
        dismiss_objection(engine, number, reason=" ", **answered)
    with pytest.raises(InputError, match="dismisses the objections"):
        decide(engine, key, "confirmed", **answered, answers=[number])
    assert dismiss_objection(engine, number, reason="Der Satz sagt es so.", **answered) == key
    assert count_open_objections(engine) == 0
    with pytest.raises(InputError, match="no open objection"):
        dismiss_objection(engine, number, reason="Noch einmal.", **answered)
    decide(engine, key, "rejected", **answered, answers=[number])
    assert latest_corrections(engine, limit=5)[0].objections == ()


def test_an_objection_is_to_a_claim_that_there_is(engine: Engine, user_id: int) -> None:
    assert user_id
    with pytest.raises(InputError, match="There is no claim"):
        add_objection(engine, "0000000000000000", "value", "Falsch.", sender=None, now=NOW)


def test_addresses_are_forgotten_some_time_after_the_answer(engine: Engine, key: str, user_id: int) -> None:
    for sentence in ("Es sind 43.", "Es sind 44."):
        add_objection(engine, key, "value", sentence, sender="leser@example.org", now=NOW)
    answered, still_open = waiting(engine)
    decide(engine, key, "rejected", user_id=user_id, now=LATER, answers=[answered.id])
    forget_senders(engine, before=LATER)
    retract_review(engine, key, now=LATER)
    assert [each.sender for each in waiting(engine)] == ["leser@example.org"] * 2
    decide(engine, key, "rejected", user_id=user_id, now=LATER, answers=[answered.id])
    forget_senders(engine, before=LATER + timedelta(seconds=1))
    retract_review(engine, key, now=LATER)
    assert {each.id: each.sender for each in waiting(engine)} == {answered.id: None, still_open.id: "leser@example.org"}


def test_a_database_that_may_be_written_takes_objections(engine: Engine) -> None:
    assert may_object(engine)
