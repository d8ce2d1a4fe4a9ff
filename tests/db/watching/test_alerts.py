"""What changed, who is told, and that each is told once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.archive.fetches import Vanished, record_fetch
from db.claims.changes import changes
from db.claims.queries import ClaimFilter, claims
from db.operation.runs import SourceRecord, record_source, start_run
from db.tables import Watch
from db.watching.alerts import (
    HOLD,
    MOST_ITEMS,
    MOST_TRIES,
    Message,
    alert_failed,
    alert_sent,
    deliveries,
    next_turn,
    take_alert,
    waiting_alerts,
)
from db.watching.raising import raise_claim_alerts
from db.watching.watches import (
    WatchRecord,
    add_watch,
    confirm_watch,
    count_unconfirmed,
    forget_unconfirmed,
    pause_watch,
    remove_watch,
    resume_watch,
    watch_by_token,
    watches,
)
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


def test_a_number_that_stands_in_several_sentences_is_no_loss_when_one_is_corrected(engine: Engine) -> None:
    about = {"counted": "Deich", "subject": PROGRAMME}
    watch(engine, now=BEGINNING)
    for done, day in (("31", "2024-05-01"), ("33", "2024-05-03")):
        sentences = f"Von den 40 Deichen sind {done} fertig. Die 40 Deiche, davon {done} hoch, kosten viel."
        release = page("Deiche", sentences, "2024-05-01")
        whole = [says(words, value="40", **about) for words in ("40 Deichen", "40 Deiche,")]
        read = extraction(release, [*whole, says(f"{done} fertig", value=done, status="completed", **about)])
        store(engine, URL, release, read, fetched_at=moment(day))
    found = changes(engine, since=BEGINNING, until=NEVER, causes=["correction"])
    values = [(each.before and each.before.claim.value, each.after and each.after.claim.value) for each in found]
    assert values == [(31, 33)], "what stands beside the number that was corrected stays as it was"


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


def gone(engine: Engine, url: str = URL) -> None:
    record_fetch(engine, "land", url, Vanished(datetime.now(UTC), 404, "not found"))


def test_a_deleted_release_is_told_once_and_so_is_its_return(engine: Engine) -> None:
    report(engine, "20")
    watch(engine, ClaimFilter(project=PROGRAMME, status="completed"), now=datetime.now(UTC))
    gone(engine)
    gone(engine)
    (message,) = told(engine)
    (item,) = message.items
    assert (item["change"], item["cause"], item["before"]["value"]) == ("withdrawn", "deletion", "20")
    report(engine, "22", fetched_at=datetime.now(UTC) + timedelta(hours=1))
    causes = {(item["change"], item["cause"]) for message in told(engine) for item in message.items}
    assert causes == {("changed", "correction")}
    gone(engine)
    report(engine, "22", fetched_at=datetime.now(UTC) + timedelta(hours=2))
    causes = {(item["change"], item["cause"]) for message in told(engine) for item in message.items}
    assert causes == {("withdrawn", "deletion"), ("new", "return")}
    assert told(engine) == []


def test_what_two_offices_publish_alike_is_told_once_to_who_hears_both(engine: Engine) -> None:
    watch(engine, target="all@example.org")
    watch(engine, ClaimFilter(source="portal"), target="portal@example.org")
    words = "Am See werden in diesem Jahr 20 Deiche fertig, dazu kommen Wege, Brücken und ein Hafen für die Fischerei."
    release = page("Deiche am See", words, "2024-05-01")
    for source in ("land", "portal"):
        read = extraction(release, [says("20 Deiche", value="20", counted="Deich")])
        store(engine, f"https://{source}.example/1", release, read, source_id=source)
    assert [(each.watch.target, len(each.items), each.left_out) for each in told(engine)] == [
        ("all@example.org", 1, 0), ("portal@example.org", 1, 0),
    ]  # fmt: skip


def test_a_watch_that_rests_hears_nothing_and_goes_on_from_then(engine: Engine) -> None:
    made = watch(engine)
    report(engine, "20")
    raise_claim_alerts(engine, PreviousStatements, now=datetime.now(UTC))
    pause_watch(engine, made.id, now=datetime.now(UTC))
    report(engine, "21", url=f"{URL}1")
    assert told(engine) == []
    resume_watch(engine, made.id)
    report(engine, "22", url=f"{URL}2")
    (message,) = told(engine)
    assert {item["after"]["value"] for item in message.items} == {"20", "40", "22"}


def test_a_watch_of_a_page_hears_nothing_before_it_is_confirmed(engine: Engine) -> None:
    made = watch(engine, on_page=True, now=datetime.now(UTC))
    report(engine, "20")
    assert told(engine) == []
    assert watch_by_token(engine, made.token) is None
    assert count_unconfirmed(engine, made.target) == count_unconfirmed(engine) == 1
    confirm_watch(engine, made.id, now=datetime.now(UTC))
    assert told(engine) == []
    report(engine, "21", url=f"{URL}1")
    assert len(told(engine)) == 1
    watch(engine, on_page=True, now=datetime.now(UTC), target="niemand@example.org")
    forget_unconfirmed(engine, before=NEVER)
    assert [each.target for each in watches(engine)] == [made.target]


def test_where_messages_went_is_forgotten_with_the_watch(engine: Engine) -> None:
    made = watch(engine)
    remove_watch(engine, made.id, now=datetime.now(UTC))
    with engine.connect() as connection:
        assert connection.scalars(select(Watch.target)).all() == [""]


MONDAY, WEDNESDAY = datetime(2026, 6, 1, 3, tzinfo=UTC), datetime(2026, 6, 3, 3, tzinfo=UTC)
BERLIN_MIDNIGHT = timedelta(hours=-5)


@pytest.mark.parametrize(
    ("frequency", "last_sent", "now", "due"),
    [
        ("run", WEDNESDAY, WEDNESDAY, WEDNESDAY),
        ("day", None, WEDNESDAY, WEDNESDAY),
        ("day", WEDNESDAY - timedelta(hours=12), WEDNESDAY, WEDNESDAY),
        ("day", WEDNESDAY - timedelta(hours=1), WEDNESDAY, WEDNESDAY + timedelta(days=1) + BERLIN_MIDNIGHT),
        ("week", None, MONDAY, MONDAY),
        ("week", MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(days=7) + BERLIN_MIDNIGHT),
        ("week", None, WEDNESDAY, MONDAY + timedelta(days=7) + BERLIN_MIDNIGHT),
    ],
)
def test_how_often_is_kept_to(frequency: Any, last_sent: datetime | None, now: datetime, due: datetime) -> None:
    assert next_turn(frequency, last_sent, now) == due


def test_a_week_makes_one_message(engine: Engine) -> None:
    watch(engine, frequency="week")
    for number, day in enumerate(range(2, 7)):
        report(engine, str(20 + number), url=f"{URL}{number}")
        raise_claim_alerts(engine, PreviousStatements, now=MONDAY + timedelta(days=day - 1))
    assert waiting_alerts(engine, now=MONDAY + timedelta(days=6)) == []
    (waiting,) = waiting_alerts(engine, now=MONDAY + timedelta(days=7))
    message = take_alert(engine, waiting.id, now=MONDAY + timedelta(days=7))
    assert message and len(message.items) == 10


def test_what_reads_as_before_is_no_change(engine: Engine) -> None:
    report(engine, "20")
    watch(engine, now=datetime.now(UTC))
    about = {"counted": "Deich", "subject": PROGRAMME}
    release = page("Deiche", "Von den 40 Deichen sind 20 fertig. Ben Muster freut sich.", "2024-05-01")
    stated = [says("40", value="40", until="2030", **about), says("20 fertig", value="20", status="completed", **about)]
    store(engine, URL, release, extraction(release, stated), fetched_at=moment("2024-05-03"))
    assert told(engine) == []
    assert changes(engine, since=BEGINNING, until=NEVER, causes=["correction"]) == []


def test_parts_of_a_programme_are_heard_of(engine: Engine) -> None:
    part = ClaimFilter(project="Ruhr-Konferenz", parts="with")
    release = page("Sicherheit", "Die Sicherheitskooperation Ruhr hat 12 Stellen.", "2024-05-01")
    watch(engine, part)
    watch(engine, ClaimFilter(project="Ruhr-Konferenz"))
    read = extraction(
        release, [says("12 Stellen", value="12", counted="Stelle", subject="Sicherheitskooperation Ruhr")]
    )
    store(engine, URL, release, read)
    assert [each.watch.wanted for each in told(engine)] == [part]
