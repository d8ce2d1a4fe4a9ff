"""Metrics for Prometheus: how the sources and the program are, and whether messages arrive."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from db.operation.health import SourceHealth, health, last_counts
from db.operation.runs import last_completed
from db.operation.vitals import Vitals, vitals
from db.watching.alerts import deliveries
from db.watching.watches import watches
from web.site import Site, site_of

router = APIRouter()

_STATES = ("completed", "degraded", "failed", "running", "interrupted")


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """All metrics, as OpenMetrics where the client takes it."""
    registry = CollectorRegistry()
    registry.register(_Database(site_of(request)))
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registry), media_type=content_type)


class _Database(Collector):
    """Reads the database at every scrape, so that pages and runs need share nothing."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._engine = site.engine

    def collect(self) -> Iterator[Metric]:
        """Called by the registry for each scrape."""
        sources = health(self._engine)
        how = vitals(self._engine, sources, now=self._site.now())
        yield from self._sources(sources)
        yield from self._runs(how)
        yield from self._program(how)
        yield from self._messages(how)

    def describe(self) -> list[Metric]:
        """Nothing is asked of the database before the first scrape."""
        return []

    def _sources(self, sources: list[SourceHealth]) -> Iterator[Metric]:
        state = GaugeMetricFamily("bilanz_source_state", "1 for the state of its last run.", labels=["source", "state"])
        last_run = GaugeMetricFamily("bilanz_source_last_run_timestamp_seconds", "Last run.", labels=["source"])
        last_new = GaugeMetricFamily(
            "bilanz_source_last_new_release_timestamp_seconds", "Last time a new release was found.", labels=["source"]
        )
        stored = GaugeMetricFamily("bilanz_source_releases", "Releases stored.", labels=["source"])
        for each in sources:
            # Whoever imports a file sees how that ends; nobody need be called for it.
            for name in _STATES if each.state not in (None, "imported") else ():
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

    def _runs(self, how: Vitals) -> Iterator[Metric]:
        completed = GaugeMetricFamily(
            "bilanz_last_completed_run_timestamp_seconds", "Beginning of the last completed run.", labels=["kind"]
        )
        for kind in ("ingest", "report"):
            if when := last_completed(self._engine, kind):
                completed.add_metric([kind], when.timestamp())
        good = how.last_good_night
        yield completed
        # Without a sample no alarm rings: 0 where there was no good night at all.
        yield GaugeMetricFamily(
            "bilanz_last_good_night_timestamp_seconds",
            "Beginning of the last ingestion of a schedule that could read an office; 0 before the first.",
            value=good.timestamp() if good else 0,
        )

    def _program(self, how: Vitals) -> Iterator[Metric]:
        # None where none is waited for: whoever copies by other means has no daily ones.
        if how.last_daily_copy is not None:
            yield GaugeMetricFamily(
                "bilanz_last_daily_copy_timestamp_seconds",
                "Moment of the last daily copy of the database that was proved.",
                value=how.last_daily_copy.timestamp(),
            )
        yield GaugeMetricFamily("bilanz_sources_due", "Press offices whose time has come.", value=how.due)
        yield GaugeMetricFamily(
            "bilanz_sources_stale", "Press offices that no run has read for 36 hours.", value=len(how.stale)
        )
        yield GaugeMetricFamily("bilanz_runs_running", "Runs that somebody works on.", value=how.running)
        yield GaugeMetricFamily("bilanz_database_bytes", "Size of the database.", value=how.database_bytes)
        if how.disk_free_bytes is not None:
            room = "Room beside the file of the database."
            yield GaugeMetricFamily("bilanz_disk_free_bytes", room, value=how.disk_free_bytes)
        objections = "Objections of readers that no reviewer has answered."
        yield GaugeMetricFamily("bilanz_objections_open", objections, value=how.objections_open)
        lately = self._site.slow.lately()
        slow = "Queries of the pages that took longer than a second, in the last hour."
        yield GaugeMetricFamily("bilanz_slow_queries", slow, value=lately.queries)
        slowest = "The slowest of these queries."
        yield GaugeMetricFamily("bilanz_slowest_query_seconds", slowest, value=lately.slowest_seconds)

    def _messages(self, how: Vitals) -> Iterator[Metric]:
        became = deliveries(self._engine).values()
        yield GaugeMetricFamily("bilanz_watches", "Watches.", value=len(watches(self._engine)))
        yield GaugeMetricFamily("bilanz_alerts_sent", "Messages that arrived.", value=sum(each.sent for each in became))
        not_yet = "Messages that have not arrived yet."
        yield GaugeMetricFamily("bilanz_alerts_waiting", not_yet, value=how.messages_waiting)
        too_often = "Messages that were tried too often."
        yield GaugeMetricFamily("bilanz_alerts_given_up", too_often, value=how.messages_given_up)
