"""The page of a watch: what changed, for who has its address and nobody else; and the metrics."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from db.watching.watches import WatchRecord, add_watch, remove_watch
from tests.support.releases import OFFICE, Page

NOW = datetime.now(UTC)
ABOUT = {"counted": "Steg", "subject": "Uferplan", "status": "completed"}


def steps(done: str) -> Page:
    page = Page("Stege am See", NOW.date().isoformat(), url="https://presse.example/stege")
    page.projects.append("Uferplan")
    return page.says(f"Im Uferplan sind {done} Stege fertig.", done, value=done, **ABOUT)


@pytest.fixture
def watch(reports: Engine) -> WatchRecord:
    """Of one programme; since it began a release came, and was corrected."""
    steps("12").store(reports, fetched_at=NOW - timedelta(minutes=2))
    steps("14").store(reports, fetched_at=NOW - timedelta(minutes=1))
    wanted = ClaimFilter(project="Uferplan")
    query, target = "project=Uferplan", "geheim@example.org"
    return add_watch(reports, "claims", query, wanted, channel="mail", target=target, now=NOW)


def test_page_shows_what_changed_with_both_numbers(client: TestClient, watch: WatchRecord) -> None:
    answer = client.get(f"/watches/{watch.token}")
    assert answer.status_code == 200
    assert "geändert, vorher" in answer.text
    assert "Im Uferplan sind 14 Stege fertig." in answer.text
    assert "geheim" not in answer.text
    assert "Ruhr-Konferenz" not in answer.text
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.headers["cache-control"].startswith("private")
    assert "changed, before" in client.get(f"/en/watches/{watch.token}").text


def test_twin_and_feed_say_the_same(client: TestClient, watch: WatchRecord) -> None:
    found = client.get(f"/api/v1/watches/{watch.token}")
    assert "geheim" not in found.text
    shown = [
        (each["change"], *(side and side["value"] for side in (each["before"], each["after"])))
        for each in found.json()["changes"]
    ]
    assert shown == [("changed", "12", "14"), ("new", None, "12")]
    rows = client.get(f"/api/v1/watches/{watch.token}?format=csv").text.splitlines()
    assert len(rows) == 3
    feed = etree.fromstring(client.get(f"/watches/{watch.token}/claims.atom").content)
    ids = [each.text for each in feed.iter("{*}id")]
    assert len(ids) == len(set(ids)) == 3


def test_only_a_standing_watch_has_a_page(client: TestClient, watch: WatchRecord, reports: Engine) -> None:
    token = watch.token
    assert client.get(f"/watches/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}").status_code == 404
    assert client.get("/watches/1").status_code in (404, 422)
    ops = add_watch(reports, "sources", "", ClaimFilter(), channel="mail", target="a@example.org", now=NOW)
    assert client.get(f"/watches/{ops.token}").status_code == 404
    remove_watch(reports, watch.id, now=NOW)
    for path in (f"/watches/{token}", f"/watches/{token}/claims.atom", f"/api/v1/watches/{token}"):
        assert client.get(path).status_code == 404


def test_news_of_the_day_name_changed_claims(client: TestClient, watch: WatchRecord) -> None:
    assert "Geänderte Angaben" in client.get("/new").text
    (change,) = client.get("/api/v1/new").json()["changed"]
    assert (change["before"]["value"], change["after"]["value"]) == ("12", "14")
    assert client.get("/api/v1/new?source=bmf").json()["changed"] == []
    feed = etree.fromstring(client.get("/new.atom").content)
    assert "Im Uferplan sind 14 Stege fertig." in "".join(feed.itertext())


def test_metrics_tell_of_sources_and_messages(client: TestClient, reports: Engine) -> None:
    run_id = start_run(reports, "ingest", now=NOW, scheduled=True)
    add_watch(reports, "sources", "", ClaimFilter(), channel="mail", target="a@example.org", now=NOW)
    record = SourceRecord(run_id, OFFICE, "failed", "403", {"found": 3, "blocked": 2}, NOW, NOW)
    record_source(reports, record)
    record_source(reports, replace(record, source_id="andere", state="completed"))
    end_run(reports, run_id, "completed", now=NOW)
    answer = client.get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert samples["bilanz_source_state", OFFICE, "failed"] == 1
    assert samples["bilanz_source_state", OFFICE, "completed"] == 0
    assert samples["bilanz_source_state", "andere", "completed"] == 1
    assert samples["bilanz_source_last_run", "blocked", OFFICE] == 2
    assert samples["bilanz_source_releases", OFFICE] == 3
    assert samples["bilanz_last_completed_run_timestamp_seconds", "ingest"] == NOW.timestamp()
    assert samples["bilanz_last_good_night_timestamp_seconds",] == NOW.timestamp()
    assert samples["bilanz_alerts_waiting",] == samples["bilanz_watches",] == 1
    assert "example.org" not in answer.text
