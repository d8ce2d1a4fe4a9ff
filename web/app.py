"""The application: the API and the pages over one database."""

import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from sqlalchemy import Engine
from starlette.staticfiles import StaticFiles

from db.claims.search_terms import query_terms
from models.source import Source
from web import api, errors, metrics, pages
from web.api.records import EXAMPLE
from web.http.headers import SafeHeaders
from web.http.heads import Heads
from web.http.kept import KeptAnswers
from web.http.language import LanguagePrefix
from web.http.limits import SECONDS, Attempts, SizeLimit, limit_memory, limit_query_time
from web.http.refusals import Problem
from web.http.slow import SlowQueries
from web.http.turns import Turns
from web.site import Site

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # The dictionary takes a second and 100 MB: the first readers would each load one of their own.
    query_terms("Wort")
    # All that is loaded by now stays; else every full collection walks through it and a reader waits.
    gc.collect()
    gc.freeze()
    async with AsyncExitStack() as stack:
        if app.state.assistants is not None:
            await stack.enter_async_context(app.state.assistants.session_manager.run())
        yield
    gc.unfreeze()


def create_app(
    engine: Engine,
    *,
    sources: Sequence[Source] = (),
    address: str | None = None,
    query_seconds: float = SECONDS,
    now: Callable[[], datetime] = _now,
) -> FastAPI:
    """The web application; it needs no other server and loads nothing from elsewhere.

    Args:
        engine: the database (`db.engine.connect`); its schema is checked by the caller.
        sources: press offices, for their names and states.
        address: public address of the site ("https://bilanz.example.org"); None takes the request's.
        query_seconds: time that one query may take.
        now: the clock (UTC).
    """
    limit_query_time(engine, query_seconds)
    limit_memory(engine)
    app = FastAPI(
        title="Zwischenbilanz", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=_lifespan
    )
    app.state.site = _site(engine, sources, address, now)
    app.state.failed_tokens = Attempts(most=10, seconds=60)
    app.state.subscriptions = Attempts(most=5, seconds=600)
    app.state.objections = Attempts(most=5, seconds=600)
    errors.install(app)
    app.include_router(api.router)
    for part in (pages, metrics):
        app.include_router(part.router, include_in_schema=False)
    app.state.assistants = _mounted(app) if find_spec("mcp") else None
    app.mount("/static", StaticFiles(directory=str(files("web").joinpath("static"))))
    # The last one added is the first to see a request.
    for middleware in (LanguagePrefix, Turns):
        app.add_middleware(middleware)
    app.add_middleware(KeptAnswers, engine=engine, today=app.state.site.today)
    for outer in (SafeHeaders, SizeLimit, Heads):
        app.add_middleware(outer)
    app.openapi = _description  # type: ignore[method-assign]
    return app


def assistants_of(
    engine: Engine, *, sources: Sequence[Source] = (), address: str | None = None, now: Callable[[], datetime] = _now
) -> "MCPServer":
    """The tools for assistants over a database, for standard input and output."""
    from web.assistants.server import server_of

    return server_of(_site(engine, sources, address, now))


def _site(engine: Engine, sources: Sequence[Source], address: str | None, now: Callable[[], datetime]) -> Site:
    return Site(engine, {source.id: source for source in sources}, address, now, SlowQueries(engine))


def _mounted(app: FastAPI) -> "MCPServer":
    """The tools for assistants, at /mcp beside the API."""
    from web.assistants.server import app_of, server_of

    server = server_of(app.state.site)
    app.mount("/mcp", app_of(server, app.state.site))
    return server


@cache
def _description() -> dict[str, Any]:
    """The API in words of OpenAPI: no database changes it, so that all applications of a process have the same."""
    routes = FastAPI()
    routes.include_router(api.router)
    described = get_openapi(
        title="Zwischenbilanz",
        version=version("zwischenbilanz"),
        description="Claims of German press offices, each with the words, the release and the archived bytes "
        "that prove it. Errors are application/problem+json.",
        routes=routes.routes,
    )
    schemas = described["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    # FastAPI leaves out of examples what is null.
    schemas["ClaimRecord"]["example"] = EXAMPLE
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return described
