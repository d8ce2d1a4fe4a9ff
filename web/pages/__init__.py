"""The pages: HTML that works without a script and at any width."""

from fastapi import APIRouter

from web.pages import about, check, claim, comparison, news, projects, queue, releases, review, search, series, watches

router = APIRouter()
for part in (search, claim, comparison, series, projects, releases, news, watches, check, review, queue, about):
    router.include_router(part.router)
