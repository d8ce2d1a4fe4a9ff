"""The pages: HTML that works without a script and at any width."""

from fastapi import APIRouter

from web.pages import (
    about,
    check,
    claim,
    comparison,
    embed,
    names,
    news,
    objections,
    plans,
    projects,
    queue,
    releases,
    restatements,
    review,
    search,
    series,
    subscribe,
    watches,
)

router = APIRouter()
for part in (
    search, claim, objections, comparison, restatements, series, plans, projects, releases, news, subscribe, watches,
    check, review, queue, names, embed, about,
):  # fmt: skip
    router.include_router(part.router)
