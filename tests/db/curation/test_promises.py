"""What people say became of a promise: with reason, source and name, logged, and taken back when need be."""

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.promises import promise_log, rate_promise, retract_promise, standing_promises
from db.curation.reviewers import add_token, holder
from models.errors import InputError
from tests.support.releases import moment
from tests.support.three_reports import three_reports

NOW, LATER = moment("2026-01-01"), moment("2026-02-01")
WHY = {"reason": "30 Stellen sind besetzt.", "source": "https://land.example/bericht-2025"}


@pytest.fixture
def user_ids(engine: Engine) -> list[int]:
    three_reports(engine)
    found = [holder(engine, add_token(engine, name, scopes=["review"], label="x", now=NOW)) for name in ("Ina", "Udo")]
    return [each.user_id for each in found if each]


@pytest.fixture
def promise(engine: Engine, user_ids: list[int]) -> str:
    return claims(engine, ClaimFilter(modality="planned")).claims[0].key


def test_a_rating_is_replaced_and_stays_in_the_log(engine: Engine, promise: str, user_ids: list[int]) -> None:
    rate_promise(engine, promise, "in_progress", **WHY, user_id=user_ids[0], now=NOW)
    rate_promise(engine, promise, "partly", **WHY, user_id=user_ids[1], now=LATER)
    told = [(each.state, each.author, each.retracted_by) for each in promise_log(engine, promise)]
    assert told == [("in_progress", "Ina", "Udo"), ("partly", "Udo", None)]
    assert standing_promises(engine, [promise])[promise].state == "partly"
    retract_promise(engine, promise, user_id=user_ids[0], now=LATER)
    assert standing_promises(engine, [promise]) == {}
    assert len(promise_log(engine, promise)) == 2
    with pytest.raises(InputError, match="nothing to take back"):
        retract_promise(engine, promise, user_id=user_ids[0], now=LATER)


def test_only_what_is_announced_is_rated_and_never_without_reason(
    engine: Engine, promise: str, user_ids: list[int]
) -> None:
    done = claims(engine, ClaimFilter(status="completed")).claims[0].key
    with pytest.raises(InputError, match="announces nothing"):
        rate_promise(engine, done, "kept", **WHY, user_id=user_ids[0], now=NOW)
    with pytest.raises(InputError, match="There is no claim"):
        rate_promise(engine, "unknown", "kept", **WHY, user_id=user_ids[0], now=NOW)
    for missing in ("reason", "source"):
        with pytest.raises(InputError, match="reason and source are needed"):
            rate_promise(engine, promise, "kept", **WHY | {missing: " "}, user_id=user_ids[0], now=NOW)
