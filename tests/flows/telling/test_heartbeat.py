"""A sign of life says how the run was, and its failure harms nothing."""

import json

import pytest

from flows.runs.outcome import FinalState
from flows.telling.heartbeat import beat
from tests.support.simulator import PressOffice
from tests.support.simulator.server import Answer


@pytest.mark.parametrize("state", ["completed", "degraded"])
def test_a_sign_says_how_the_run_was(offices, state: FinalState) -> None:
    service: PressOffice = offices.open()
    beat(service.serve("/ping/abc", Answer(b"OK")), state)
    assert [json.loads(each.body) for each in service.requests] == [{"state": state}]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/nobody", "http://example.org/in-the-clear", "nonsense"])
def test_what_goes_wrong_is_said_and_harms_nothing(address: str, caplog: pytest.LogCaptureFixture) -> None:
    beat(address, "completed")
    assert "BILANZ_HEARTBEAT" in caplog.text
    assert "HTTPConnectionPool" not in caplog.text


def test_a_refusal_is_said(offices, caplog: pytest.LogCaptureFixture) -> None:
    beat(offices.open().serve("/ping/abc", Answer(b"", status=404)), "completed")
    assert "the address of BILANZ_HEARTBEAT answered 404." in caplog.text


def test_without_an_address_nothing_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    beat(None, "completed")
    assert caplog.text == ""
