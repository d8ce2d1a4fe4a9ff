"""What readers should know: method, limits, imprint, corrections; the API for people, and what robots may read."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response
from markdown_it import MarkdownIt
from markupsafe import Markup

from db.archive.imported import imported_sources
from db.releases.published import newest_published
from inquiries.corrections import latest_corrections
from inquiries.suggested import most_told
from models.settings import settings
from output.reliability import MEASURED
from web.http.language import href, language_of, translations
from web.lookups import objections_closed, report_address
from web.render import environment, page
from web.site import Site, site_of
from web.typed import labels

log = logging.getLogger(__name__)
router = APIRouter()

_TEXTS = ("method", "limits", "imprint")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_LISTED = 50
_MOST_PAGES = 1000
_LOOKING_BACK = timedelta(days=90)

_METHODS = ("get", "post", "delete")


@router.get("/api")
def api(request: Request) -> Response:
    """The addresses of the API with their parameters, in words of the page's language."""
    described = request.app.openapi()
    routes = [
        (method.upper(), path, operation)
        for path, operations in described["paths"].items()
        for method in _METHODS
        if (operation := operations.get(method))
    ]
    said = translations(language_of(request)).gettext
    parameters = [each for _, _, operation in routes for each in operation.get("parameters", [])]
    explained: dict[str, tuple[dict[str, None], dict[str, None]]] = defaultdict(lambda: ({}, {}))
    for each in parameters:
        words, values = explained[each["name"]]
        words |= {said(each["description"]): None} if "description" in each else {}
        values |= dict.fromkeys(_values(each["schema"]))
    return page(
        request,
        "api.html",
        twin="/api/v1/openapi.json",
        routes=[_route(*each, said) for each in routes],
        explained=sorted((name, [*words], [*values]) for name, (words, values) in explained.items() if words or values),
        example=_example(site_of(request)),
    )


def _values(schema: Mapping[str, Any]) -> Iterator[str]:
    """What a parameter may be, where that can be listed."""
    for each in (schema, *schema.get("anyOf", ())):
        yield from each.get("enum", ())
        if "const" in each:
            yield each["const"]


def _example(site: Site) -> str:
    """An address that answers something, of the programme that most is told of."""
    programme = next(iter(most_told(site.engine)), None)
    return href("/api/v1/claims", parameters={"project": programme, "status": "completed", "limit": "10"})


@router.get("/method")
def method(request: Request) -> Response:
    """How claims are made and compared, and where the texts on these pages come from."""
    engine = site_of(request).engine
    newest = newest_published(engine)
    imported = imported_sources(engine)
    offices = any(source not in imported for source in newest)
    return _text(request, "method", offices=offices, newest=max(newest.values(), default=None))


@router.get("/limits")
def limits(request: Request) -> Response:
    """What is not to be found here, and what the rules get wrong."""
    return _text(request, "limits")


@router.get("/imprint")
def imprint(request: Request) -> Response:
    """Who answers for the pages, by the operator's own text; where there is none that is said."""
    file = settings().imprint
    if file is None:
        return _text(request, "imprint", contact=settings().contact)
    try:
        return _text(request, file.read_text("utf-8"), contact=settings().contact)
    except (OSError, UnicodeDecodeError) as error:
        log.error("The imprint %s cannot be read (BILANZ_IMPRINT): %s", file, error)
        return _text(request, "imprint", contact=settings().contact)


@router.get("/corrections")
def all_corrections(
    request: Request, number: Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)] = 1
) -> Response:
    """What people corrected in the claims that the rules had read, the latest first."""
    passed = (number - 1) * _LISTED
    found = latest_corrections(site_of(request).engine, limit=_LISTED + 1, skip=passed)
    return page(
        request,
        "corrections.html",
        found=found[:_LISTED],
        before=number - 1 if number > 1 else None,
        after=number + 1 if len(found) > _LISTED else None,
        labels=labels(language_of(request)),
        report=report_address(request),
        closed=objections_closed(request),
        since=(site_of(request).today() - _LOOKING_BACK).isoformat(),
        today=site_of(request).today().isoformat(),
    )


@router.get("/robots.txt")
def robots() -> Response:
    """Everything may be read but the endless combinations of a search."""
    return PlainTextResponse("User-agent: *\nDisallow: /*?\nDisallow: /en/*?\nDisallow: /api/\n")


def _text(request: Request, text: str, *, contact: str | None = None, **told: Any) -> Response:
    """A text of ours by its name, with what it tells of this site, or one of the operator.

    In either no tag of HTML stays one.
    """
    if text in _TEXTS:
        language = language_of(request)
        own = files("web").joinpath(f"texts/{text}.{language}.md").read_text("utf-8")
        # Only what is ours is a template.
        reporting = {"report": report_address(request), "closed": objections_closed(request)}
        text = environment(language).from_string(own).render(measured=MEASURED, **reporting, **told)
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), "Zwischenbilanz")
    return page(request, "text.html", title=title, text=Markup(_MARKDOWN.render(text)), contact=contact)


def _route(method: str, path: str, operation: dict[str, Any], said: Callable[[str], str]) -> dict[str, Any]:
    return {
        "method": method,
        "path": path,
        "summary": said(operation.get("description") or operation["summary"]),
        "parameters": [_with_default(each) for each in operation.get("parameters", [])],
    }


def _with_default(parameter: Mapping[str, Any]) -> str:
    """A parameter's name, with what it is where it is left out."""
    default = parameter["schema"].get("default")
    return parameter["name"] if default is None else f"{parameter['name']}={str(default).lower()}"
