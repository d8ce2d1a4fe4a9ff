"""The pages: HTML that works without a script and at any width."""

from fastapi import APIRouter

from web.pages import about, check, claim, comparison, news, projects, releases, review, search, series, watches

router = APIRouter()
for part in (search, claim, comparison, series, projects, releases, news, watches, check, review, about):
    router.include_router(part.router)
