"""The pages: HTML that works without a script and at any width."""

from fastapi import APIRouter

from web.pages import (
    about,
    check,
    claim,
    comparison,
    names,
    news,
    projects,
    queue,
    releases,
    review,
    search,
    series,
    subscribe,
    watches,
)

router = APIRouter()
PARTS = (
    search,
    claim,
    comparison,
    series,
    projects,
    releases,
    news,
    subscribe,
    watches,
    check,
    review,
    queue,
    names,
    about,
)
for part in PARTS:
    router.include_router(part.router)
