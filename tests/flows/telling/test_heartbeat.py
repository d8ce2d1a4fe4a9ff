"""A sign of life is given after good runs only, and its failure harms nothing."""

import json

import pytest

from flows.runs.outcome import FinalState
from flows.telling.heartbeat import beat
from tests.support.simulator import PressOffice
from tests.support.simulator.server import Answer


@pytest.mark.parametrize(("state", "times"), [("completed", 1), ("degraded", 1), ("failed", 0)])
def test_good_runs_give_a_sign(offices, state: FinalState, times: int) -> None:
    service: PressOffice = offices.open()
    beat(service.serve("/ping/abc", Answer(b"OK")), state)
    assert service.count("/ping/abc") == times
    assert [json.loads(each.body) for each in service.requests] == [{"state": state}] * times


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/nobody", "http://example.org/in-the-clear", "nonsense"])
def test_what_goes_wrong_is_said_and_harms_nothing(address: str, caplog: pytest.LogCaptureFixture) -> None:
    beat(address, "completed")
    assert "BILANZ_HEARTBEAT" in caplog.text


def test_without_an_address_nothing_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    beat(None, "completed")
    assert caplog.text == ""
