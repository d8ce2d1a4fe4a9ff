"""The JSON API, version 1: everything that the pages show, for programs."""

from fastapi import APIRouter

from web.api import (
    check,
    claims,
    comparison,
    news,
    plans,
    projects,
    promises,
    releases,
    restatements,
    reviews,
    series,
    watches,
)

router = APIRouter(prefix="/api/v1")
for part in (
    claims, comparison, restatements, series, projects, releases, news, watches, check, reviews, promises, plans,
):  # fmt: skip
    router.include_router(part.router)
