"""What waits for a review, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from db.curation.reviews import decide
from inquiries.review_queue import QUEUES, Queue, review_queue
from inquiries.series import make_series
from tests.support.releases import Page

_NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_what_is_implausible_waits_until_it_is_reviewed(reports: Engine, reviewer_id: int) -> None:
    Page("Meldung", "2026-03-01").says(
        "Gebaut sind 130 Prozent.", "130 Prozent", kind="share", value="130", unit="%"
    ).says(
        "Von 9 Schulen sind 10 saniert.", "10 saniert", value="10", of="9", counted="Schule"
    ).says("Von 100 Schulen sind 9 saniert.", "9 saniert", value="9", of="100", counted="Schule").says(
        "Die Halle eröffnete 2027.", "eröffnete", kind="status", status="operating", as_of="2027"
    ).says(
        "Die Halle eröffnete 2026.", "eröffnete", kind="status", status="operating", as_of="2026"
    ).store(reports)  # fmt: skip
    make_series(reports, _NOW)
    found = review_queue(reports, "doubtful", limit=10)
    assert {(each.stored.claim.quote, each.stored.claim.value, each.doubts) for each in found.claims} == {
        ("130 Prozent", 130, ("share",)),
        ("10 saniert", 10, ("part",)),
        ("eröffnete", None, ("future",)),
        ("22 abgeschlossen", 22, ("jump",)),
    }
    assert [(each.before.claim.value, each.stored.claim.value) for each in found.claims if each.before] == [(1, 22)]
    decide(reports, found.claims[0].stored.key, "rejected", user_id=reviewer_id, now=_NOW)
    after = review_queue(reports, "doubtful", limit=1)
    assert (len(after.claims), after.waiting, after.done) == (1, found.waiting - 1, 1)


@pytest.mark.parametrize("queue", QUEUES)
def test_queues_of_an_empty_database(engine: Engine, queue: Queue) -> None:
    found = review_queue(engine, queue, limit=10)
    assert (found.claims, found.waiting, found.done) == ((), 0, 0)
