"""`bilanz promise`: what became of a promise is said with reason, source and name, logged and taken back."""

import json
from pathlib import Path

import pytest

from tests.support import reports
from tests.support.releases import extraction, page, says, store

HOST = "https://office.example/plan"


@pytest.fixture
def key(bilanz, tmp_path: Path) -> str:
    engine = reports.database(tmp_path)
    release = page("Plan", "Bis 2027 sollen 30 Stege entstehen. Es gibt 12 Boote.", "2024-05-01")
    planned = says("30", value="30", counted="Steg", modality="planned", until="2027")
    store(engine, HOST, release, extraction(release, [planned, says("12", value="12", counted="Boot")]))
    engine.dispose()
    return claim_of(bilanz, "30")


def claim_of(bilanz, value: str) -> str:
    listed = json.loads(bilanz("claims", "--format", "json").stdout)
    return next(claim["key"] for claim in listed if claim["quote"] == value)


def test_a_promise_is_rated_replaced_and_taken_back(bilanz, key: str) -> None:
    why = ("--reason", "zwei fehlen", "--source", "Bericht 2026, S. 4", "--by", "Ada")
    assert bilanz("promise", "rate", key, "partly", *why).returncode == 0
    assert bilanz("promise", "rate", key, "stalled", *why).returncode == 0
    assert bilanz("promise", "retract", key, "--by", "Ben").returncode == 0
    log = json.loads(bilanz("promise", "log", key, "--format", "json").stdout)
    assert [(each["state"], each["author"], each["retracted_by"]) for each in log] == [
        ("partly", "Ada", "Ada"),
        ("stalled", "Ada", "Ben"),
    ]


def test_what_announces_nothing_cannot_be_rated(bilanz, key: str) -> None:
    refused = bilanz("promise", "rate", claim_of(bilanz, "12"), "kept", "--reason", "x", "--source", "y")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert bilanz("promise", "rate", key, "kept", "--reason", " ", "--source", "y").returncode == 2
    assert bilanz("promise", "retract", key).returncode == 2
