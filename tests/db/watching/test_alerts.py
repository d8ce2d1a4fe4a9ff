"""What changed, who is told, and that each is told once."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from db.claims.changes import changes
from db.claims.queries import ClaimFilter, claims
from db.operation.runs import SourceRecord, record_source, start_run
from db.watching.alerts import (
    HOLD,
    MOST_ITEMS,
    MOST_TRIES,
    Message,
    alert_failed,
    alert_sent,
    deliveries,
    take_alert,
    waiting_alerts,
)
from db.watching.raising import raise_claim_alerts
from db.watching.watches import WatchRecord, add_watch, remove_watch, watch_by_token, watches
from inquiries.previous import PreviousStatements
from models.errors import InputError
from tests.support.releases import extraction, moment, page, says, store

URL = "https://land.example/1"
NEVER = datetime(2200, 1, 1, tzinfo=UTC)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
PROGRAMME = "Deichpakt"


def report(engine: Engine, done: str, *, url: str = URL, day: str = "2024-05-01", **more: Any) -> None:
    """A release on how many dikes are done."""
    release = page("Deiche", f"Von den 40 Deichen sind {done} fertig. Ina Muster freut sich.", day)
    about = {"counted": "Deich", "subject": PROGRAMME}
    read = extraction(
        release, [says("40", value="40", **about), says(f"{done} fertig", value=done, status="completed", **about)]
    )
    store(engine, url, release, read, **more)


def watch(engine: Engine, wanted: ClaimFilter = ClaimFilter(), **more: Any) -> WatchRecord:  # noqa: B008
    values = {"topic": "claims", "query": "", "channel": "mail", "target": "ina@example.org", "now": BEGINNING}
    return add_watch(engine, wanted=wanted, **values | more)


def told(engine: Engine) -> list[Message]:
    """All messages that wait, taken."""
    now = datetime.now(UTC)
    raise_claim_alerts(engine, PreviousStatements, now=now)
    return [message for each in waiting_alerts(engine, now=now) if (message := take_alert(engine, each.id, now=now))]


def test_new_claims_are_told_once_with_what_was_reported_before(engine: Engine) -> None:
    report(engine, "12", url=f"{URL}0", day="2023-05-01")
    assert told(engine) == []
    watch(engine, ClaimFilter(project=PROGRAMME, status="completed"), now=datetime.now(UTC))
    watch(engine, ClaimFilter(project="Niemandsland"))
    report(engine, "20")
    (message,) = told(engine)
    (item,) = message.items
    assert (item["change"], item["cause"], item["release"]["title"]) == ("new", "release", "Deiche")
    assert (item["previous"]["value"], item["after"]["value"], item["before"]) == ("12", "20", None)
    assert item["after"]["sentence"] == "Von den 40 Deichen sind 20 fertig."
    report(engine, "20", fetched_at=moment("2024-05-03"))
    assert told(engine) == []


@pytest.mark.parametrize(("fetched", "messages"), [("2024-05-30", 1), ("2024-06-02", 0)])
def test_what_the_archive_of_an_office_says_is_no_news(engine: Engine, fetched: str, messages: int) -> None:
    watch(engine)
    report(engine, "20", fetched_at=moment(fetched))
    assert len(told(engine)) == messages
    assert len(changes(engine, since=BEGINNING, until=NEVER)) == 2
    report(engine, "24", fetched_at=moment("2026-05-03"))
    (message,) = told(engine)
    assert ("20", "24") in {(item["before"]["value"], item["after"]["value"]) for item in message.items}


def test_corrections_are_told_with_both_readings(engine: Engine) -> None:
    report(engine, "20")
    watch(engine, ClaimFilter(text="Deiche", at_least=Decimal(20), at_most=Decimal(30)), now=datetime.now(UTC))
    report(engine, "24", fetched_at=moment("2024-05-03"))
    (message,) = told(engine)
    (item,) = message.items
    assert (item["change"], item["cause"]) == ("changed", "correction")
    assert (item["before"]["value"], item["after"]["value"]) == ("20", "24")
    (change,) = changes(
        engine, since=BEGINNING, until=NEVER, wanted=ClaimFilter(status="completed"), causes=["correction"]
    )
    assert change.before and change.after
    assert (change.before.claim.value, change.after.claim.value) == (20, 24)


def test_withdrawn_claims_are_told(engine: Engine) -> None:
    report(engine, "20")
    watch(engine, ClaimFilter(text="Deich", status="completed"), now=datetime.now(UTC))
    release = page("Deiche", "Über 40 Deiche ist noch nichts zu sagen.", "2024-05-01")
    read = extraction(release, [says("40", value="40", counted="Deich", subject=PROGRAMME)])
    store(engine, URL, release, read, fetched_at=moment("2024-05-03"))
    (message,) = told(engine)
    (item,) = message.items
    assert (item["change"], item["before"]["value"], item["after"]) == ("withdrawn", "20", None)


def test_other_rules_are_no_news(engine: Engine) -> None:
    release = page("Deiche", "Von den 40 Deichen sind 20 fertig.", "2024-05-01")
    store(engine, URL, release, extraction(release, [says("40", value="40", counted="Deich")]))
    watch(engine, now=datetime.now(UTC))
    read = extraction(release, [says("20", value="20", counted="Deich")], version="rules-2")
    store(engine, URL, release, read)
    assert told(engine) == []
    found = changes(engine, since=BEGINNING, until=NEVER, causes=["rules"])
    assert {(each.before is None, each.after is None) for each in found} <= {
        (False, False),
        (True, False),
        (False, True),
    }
    assert found


def test_a_long_message_says_how_much_it_leaves_out(engine: Engine) -> None:
    watch(engine)
    count = MOST_ITEMS + 7
    words = [f"Im Kreis {number} sind {number} Stege fertig" for number in range(1000, 1000 + count)]
    release = page("Stege", ". ".join(words) + ".", "2024-05-01")
    statements = [says(f"{number} Stege", value=str(number), counted="Steg") for number in range(1000, 1000 + count)]
    store(engine, URL, release, extraction(release, statements))
    now = datetime.now(UTC)
    raise_claim_alerts(engine, PreviousStatements, now=now)
    report(engine, "20", url=f"{URL}1")
    (message,) = told(engine)
    assert (len(message.items), message.left_out) == (MOST_ITEMS, 7 + 2)


def test_filters_find_the_same_readings_as_the_search(engine: Engine) -> None:
    report(engine, "20")
    filters = [
        ClaimFilter(text="deich fertig"), ClaimFilter(text="boote"), ClaimFilter(status="completed"),
        ClaimFilter(status="not stated"), ClaimFilter(since="2024", until="2024"), ClaimFilter(since="2025"),
        ClaimFilter(counted="Deich", at_least=Decimal(30)), ClaimFilter(source="land"), ClaimFilter(kind="money"),
    ]  # fmt: skip
    for wanted in filters:
        found = changes(engine, since=BEGINNING, until=NEVER, wanted=wanted)
        expected = {each.key for each in claims(engine, wanted).claims}
        assert {each.claim.key for each in found} == expected, wanted


def state(engine: Engine, state: str, reason: str | None = None, source: str = "land") -> None:
    now = datetime.now(UTC)
    run_id = start_run(engine, "ingest", now=now)
    record_source(engine, SourceRecord(run_id, source, state, reason, {}, now, now))  # type: ignore[arg-type]


def test_state_of_a_source_is_told_when_it_changes(engine: Engine) -> None:
    watch(engine, topic="sources", target="ops@example.org")
    watch(engine, ClaimFilter(source="bund"), topic="sources")
    state(engine, "completed")
    assert told(engine) == []
    state(engine, "failed", "403")
    (message,) = told(engine)
    assert [(item["source"], item["state"], item["before"]) for item in message.items] == [
        ("land", "failed", "completed")
    ]
    state(engine, "failed", "still 403")
    assert told(engine) == []
    state(engine, "completed")
    (message,) = told(engine)
    assert [item["state"] for item in message.items] == ["completed"]
    state(engine, "failed", "403")
    assert [item["reason"] for message in told(engine) for item in message.items] == ["403"]


def test_many_sources_make_one_message_with_their_latest_states(engine: Engine) -> None:
    watch(engine, topic="sources")
    for name in ("land", "bund", "stadt"):
        state(engine, "failed", "no answer", name)
    state(engine, "degraded", "half an answer", "bund")
    (message,) = told(engine)
    assert {(item["source"], item["state"]) for item in message.items} == {
        ("land", "failed"), ("stadt", "failed"), ("bund", "degraded"),
    }  # fmt: skip


def test_message_is_held_while_it_is_tried_and_keeps_its_key(engine: Engine) -> None:
    watch(engine, topic="sources")
    state(engine, "failed", "403")
    (first,) = told(engine)
    now = datetime.now(UTC)
    assert waiting_alerts(engine, now=now) == []
    assert take_alert(engine, first.id, now=now) is None
    # The process was killed: what comes later is another message, and the first is tried again as it was.
    state(engine, "failed", "404", "bund")
    later = now + 2 * HOLD
    again, second = (take_alert(engine, each.id, now=later) for each in waiting_alerts(engine, now=later))
    assert again and second
    assert (again.key, again.items, again.tries) == (first.key, first.items, 2)
    assert [item["source"] for item in second.items] == ["bund"]


def test_message_is_given_up_after_many_tries(engine: Engine) -> None:
    made = watch(engine, topic="sources")
    state(engine, "failed", "403")
    now = datetime.now(UTC)
    (waiting,) = waiting_alerts(engine, now=now)
    for number in range(1, MOST_TRIES + 1):
        message = take_alert(engine, waiting.id, now=now)
        assert message
        assert alert_failed(engine, message, "no answer", now=now) is (number == MOST_TRIES)
    assert waiting_alerts(engine, now=NEVER) == []
    found = deliveries(engine)[made.id]
    assert (found.sent, found.waiting, found.given_up, found.problem) == (0, 0, 1, "no answer")
    state(engine, "completed")
    (message,) = told(engine)
    alert_sent(engine, message, now=now)
    found = deliveries(engine)[made.id]
    assert (found.sent, found.given_up, found.last_sent) == (1, 1, now)


def test_watches_are_kept_listed_and_removed(engine: Engine) -> None:
    wanted = ClaimFilter(project=PROGRAMME, at_least=Decimal("2.50"))
    made = watch(engine, wanted, query="project=Deichpakt&at_least=2.50", language="en")
    assert watches(engine) == [made]
    assert made.wanted == wanted
    assert watch_by_token(engine, made.token) == made
    assert len(made.token) >= 22
    state(engine, "failed", "403")
    watch(engine, topic="sources")
    report(engine, "20")
    raise_claim_alerts(engine, PreviousStatements, now=datetime.now(UTC))
    assert len(waiting_alerts(engine, now=NEVER)) == 1
    remove_watch(engine, made.id, now=datetime.now(UTC))
    assert watch_by_token(engine, made.token) is None
    assert waiting_alerts(engine, now=NEVER) == []
    with pytest.raises(InputError, match="no watch"):
        remove_watch(engine, made.id, now=datetime.now(UTC))
