"""Cards and charts for frames of other sites, without a script; and oEmbed, by which sites find them by themselves."""

from dataclasses import dataclass
from html import escape
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from comparison.recurring import Recurring
from inquiries.search import ShortText
from models.language import Language
from models.stored import StoredClaim
from output.chart import has_chart
from output.sentences import heading
from output.series import title
from web.http.headers import EMBEDDED
from web.http.language import href, language_of
from web.http.parameters import ClaimKey
from web.http.refusals import Refused
from web.lookups import claim_of, comparison_of, series_of
from web.render import address, page
from web.site import Site, site_of

router = APIRouter()

_WIDTH, _CARD_HEIGHT, _CHART_HEIGHT = 640, 260, 460
_CACHED = 3600
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Embeddable:
    """What can stand in a frame: its path for frames, its title, and the height that it takes in pixels."""

    path: str
    title: str
    height: int


@router.get("/embed/claims/{key}")
def claim_card(request: Request, key: ClaimKey) -> Response:
    """A claim with its sentence and source."""
    stored = claim_of(site_of(request), key)
    whole = address(request, f"/claims/{key}", language_of(request))
    return _framed(request, "embedded_claim.html", stored=stored, whole=whole)


@router.get("/embed/series/{key}")
def series_chart(request: Request, key: ClaimKey) -> Response:
    """The chart of a series."""
    found = series_of(site_of(request), key)
    language = language_of(request)
    return _framed(
        request,
        "embedded_chart.html",
        title=title(found, language),
        chart=href(f"/series/{found.key}/chart.svg", language),
        whole=address(request, f"/series/{found.key}", language),
    )


@router.get("/embed/comparison")
def comparison_chart(request: Request, programme: ShortText) -> Response:
    """The chart of a programme."""
    compared = comparison_of(site_of(request), programme or "")
    if not has_chart(compared):
        raise Refused(404, f"Of {compared.programme} no number is stated that a chart could show.")
    language, named = language_of(request), {"programme": compared.programme}
    return _framed(
        request,
        "embedded_chart.html",
        title=compared.programme,
        chart=href("/comparison/chart.svg", language, named),
        whole=address(request, "/comparison", language, named),
    )


@router.get("/oembed")
def oembed(
    request: Request,
    url: Annotated[str, Query(max_length=_LONGEST)],
    maxwidth: Annotated[int, Query(ge=1, le=10_000)] = _WIDTH,
    maxheight: Annotated[int, Query(ge=1, le=10_000)] = 10_000,
    format: Literal["json", "xml"] = "json",  # noqa: A002 - as oEmbed names it
) -> Response:
    """How a page of ours stands on other sites (oEmbed 1.0)."""
    if format == "xml":
        raise Refused(501, "There is no answer as XML; ask for format=json.")
    site = site_of(request)
    found, language = _embeddable(site, _own_path(request, url))
    width, height = min(_WIDTH, maxwidth), min(found.height, maxheight)
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Zwischenbilanz",
        "provider_url": address(request, "/", language),
        "title": found.title,
        "cache_age": _CACHED,
        "html": frame(request, found, language, width, height),
        "width": width,
        "height": height,
    }
    return JSONResponse(answer)


def frame(
    request: Request, what: Embeddable, language: Language, width: int = _WIDTH, height: int | None = None
) -> str:
    """The tag that shows something of ours on another site."""
    path, _, query = what.path.partition("?")
    source = address(request, path, language) + (f"?{query}" if query else "")
    return (
        f'<iframe src="{escape(source)}" title="{escape(what.title)}" width="{width}" '
        f'height="{height or what.height}" style="border: 0" loading="lazy" '
        'sandbox="allow-popups allow-same-origin"></iframe>'
    )


def embeddable_claim(stored: StoredClaim, language: Language) -> Embeddable:
    """The card of a claim."""
    return Embeddable(f"/embed/claims/{stored.key}", heading(stored, language), _CARD_HEIGHT)


def embeddable_series(series: Recurring, language: Language) -> Embeddable:
    """The chart of a series."""
    return Embeddable(f"/embed/series/{series.key}", title(series, language), _CHART_HEIGHT)


def _own_path(request: Request, url: str) -> str:
    """Path and query of an address of ours.

    Raises:
        Refused: 404, it is none.
    """
    base = address(request, "/").rstrip("/")
    if not url.startswith(base + "/"):
        raise Refused(404, "This address is none of these pages.")
    return url.removeprefix(base)


def _embeddable(site: Site, own: str) -> tuple[Embeddable, Language]:
    parts = urlsplit(own)
    path = unquote(parts.path)
    language: Language = "en" if path.startswith("/en/") else "de"
    match path.removeprefix("/en").strip("/").split("/"):
        case ["claims", key]:
            return embeddable_claim(claim_of(site, key), language), language
        case ["series", key]:
            return embeddable_series(series_of(site, key), language), language
        case ["comparison"] if programmes := parse_qs(parts.query).get("programme"):
            name = comparison_of(site, programmes[0]).programme
            return Embeddable(f"/embed/comparison?programme={quote(name)}", name, _CHART_HEIGHT), language
    raise Refused(404, "Only claims, series and comparisons can be embedded.")


def _framed(request: Request, template: str, **context: Any) -> Response:
    answer = page(request, template, **context)
    answer.headers.update(EMBEDDED)
    return answer
