"""The API holds what its own description promises, whatever is asked."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from sqlalchemy import Engine

from db.engine import connect
from db.upkeep.schema import check_schema
from tests.support.three_reports import three_reports
from web.app import create_app


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    engine: Engine = connect(f"sqlite:///{tmp_path_factory.mktemp('contract') / 'bilanz.db'}")
    check_schema(engine)
    three_reports(engine)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(engine))


def test_answers_are_as_described(described: schemathesis.BaseSchema) -> None:
    checks = [not_a_server_error, content_type_conformance, response_schema_conformance]
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 28
    for operation in operations:

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks)

        holds()
