"""Metrics for Prometheus: how the sources are, and whether messages arrive."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from sqlalchemy import Engine

from db.operation.runs import health, last_completed, last_counts, last_good
from db.watching.alerts import deliveries
from db.watching.watches import watches
from web.site import site_of

router = APIRouter()

_STATES = ("completed", "degraded", "failed", "running", "interrupted")


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """All metrics, as OpenMetrics where the client takes it."""
    registry = CollectorRegistry()
    registry.register(_Database(site_of(request).engine))
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registry), media_type=content_type)


class _Database(Collector):
    """Reads the database at every scrape, so that pages and runs need share nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Called by the registry for each scrape."""
        yield from self._sources()
        yield from self._runs()
        yield from self._messages()

    def describe(self) -> list[Metric]:
        """Nothing is asked of the database before the first scrape."""
        return []

    def _sources(self) -> Iterator[Metric]:
        state = GaugeMetricFamily("bilanz_source_state", "1 for the state of its last run.", labels=["source", "state"])
        last_run = GaugeMetricFamily("bilanz_source_last_run_timestamp_seconds", "Last run.", labels=["source"])
        last_new = GaugeMetricFamily(
            "bilanz_source_last_new_release_timestamp_seconds", "Last time a new release was found.", labels=["source"]
        )
        stored = GaugeMetricFamily("bilanz_source_releases", "Releases stored.", labels=["source"])
        for each in health(self._engine):
            for name in _STATES if each.state else ():
                state.add_metric([each.source_id, name], float(each.state == name))
            if each.last_run:
                last_run.add_metric([each.source_id], each.last_run.timestamp())
            if each.last_new:
                last_new.add_metric([each.source_id], each.last_new.timestamp())
            stored.add_metric([each.source_id], each.releases)
        counts = GaugeMetricFamily(
            "bilanz_source_last_run",
            "What its last run came to: found, new, corrected and so on.",
            labels=["source", "counted"],
        )
        for source_id, counted in last_counts(self._engine).items():
            for name, count in counted.items():
                counts.add_metric([source_id, name], count)
        yield from (state, last_run, last_new, stored, counts)

    def _runs(self) -> Iterator[Metric]:
        completed = GaugeMetricFamily(
            "bilanz_last_completed_run_timestamp_seconds", "Beginning of the last completed run.", labels=["kind"]
        )
        for kind in ("ingest", "report"):
            if when := last_completed(self._engine, kind):
                completed.add_metric([kind], when.timestamp())
        good = last_good(self._engine, "ingest")
        yield completed
        # Without a sample no alarm rings: 0 where there was no good night at all.
        yield GaugeMetricFamily(
            "bilanz_last_good_night_timestamp_seconds",
            "Beginning of the last run in which press offices could be read, 0 before the first.",
            value=good.timestamp() if good else 0,
        )

    def _messages(self) -> Iterator[Metric]:
        became = deliveries(self._engine).values()
        yield GaugeMetricFamily("bilanz_watches", "Watches.", value=len(watches(self._engine)))
        yield GaugeMetricFamily("bilanz_alerts_sent", "Messages that arrived.", value=sum(each.sent for each in became))
        waiting = sum(each.waiting for each in became)
        yield GaugeMetricFamily("bilanz_alerts_waiting", "Messages that have not arrived yet.", value=waiting)
        given_up = sum(each.given_up for each in became)
        yield GaugeMetricFamily("bilanz_alerts_given_up", "Messages that were tried too often.", value=given_up)
