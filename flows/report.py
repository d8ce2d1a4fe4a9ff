"""The flow `report`: what is new since the last one, how the sources are, messages to those who watch, series."""

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from db.engine import connect
from db.operation.health import health
from db.upkeep.schema import check_schema
from flows.telling.digest import Report
from flows.telling.digest import report as make_report
from inquiries.series import make_series
from models.settings import settings


@flow(name="report")
def report(database_url: str) -> Report:
    """Digests what happened since the report before, tells those who watch, and relates what is stored anew.

    Args:
        database_url: SQLAlchemy URL.

    Raises:
        SchemaMismatch: the database is not of this version.
    """
    engine = connect(database_url)
    check_schema(engine)
    made = task(name="report", cache_policy=NO_CACHE)(make_report)(engine, settings())
    create_markdown_artifact(made.digest, key="report")
    states = [
        {
            "source": each.source_id,
            "state": each.state,
            "last run": str(each.last_run),
            "last new release": str(each.last_new),
            "releases": each.releases,
            "reason": each.reason,
        }
        for each in health(engine)
    ]
    if states:
        create_table_artifact(states, key="health", description="Sources as their last runs left them")
    task(name="relate", cache_policy=NO_CACHE)(make_series)(engine, datetime.now(UTC))
    engine.dispose()
    return made
