"""Pages from templates: one environment a language, everything escaped."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparison.dating import passed
from comparison.figures import Evidence, Figure
from comparison.headline_dates import dated_apart
from comparison.scales import two_scales
from db.claims.changes import ClaimChange
from db.claims.wording import hits
from models.calendar import BERLIN, berlin_day
from models.claim import KINDS, MODALITIES, Claim
from models.filters import NOT_STATED
from models.language import Language
from models.origin import web_address
from models.statuses import STATUSES
from output.catalogue import messages
from output.changes import other_fields
from output.legend import MEANINGS
from output.marks import sentence_runs
from output.noun_phrases import noun_phrase_in_points
from output.nouns import counted_in, counts_its_own, noun_beside, noun_of
from output.quotation import paired
from output.recognised import recognised
from output.records import record
from output.sentences import period, statement
from output.series import in_percent, step, title, told_of
from output.similar import why
from output.states import (
    rest_words,
    shared_state_words,
    state_of_series,
    state_said,
    state_words,
    status_said,
    tells_status,
)
from output.terms import VALUE_TERMS, field_term, value_term
from output.verdicts import headline, sentence
from output.words import (
    amount,
    day,
    number,
    own_amount,
    own_hedge,
    quoted,
    short_number,
)
from web.http.language import href, language_of, translations
from web.http.reviewers import csrf_of, reviewer_of
from web.site import site_of
from web.typed import written

_LINE, _LONG_LINE = 130, 260
"""Characters of a sentence in a list, and in a table where it has to tell all."""
_MOST_SHOWN = 40
"""Rows of a table that may have hundreds."""
_MOST_PROVEN = 10
"""Reporting dates whose sentences stand below their table; numbers of earlier ones lead to their claims."""
_TONES = {
    "completed": "ok",
    "degraded": "warn",
    "failed": "bad",
    "interrupted": "bad",
    "reached": "ok",
    "not reached": "warn",
}
"""In which style a run or a plan is shown, by what became of it."""


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    twin: str | None = None,
    table: str | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page in the language of its address.

    Args:
        request: what is answered.
        template: file name.
        status: of the answer.
        twin: address of the same as JSON, within the API.
        table: address of all of it as CSV, where the twin has it page by page only; it ends in "format=csv".
        context: what the template shows.
    """
    language = language_of(request)
    other: Language = "de" if language == "en" else "en"
    query = request.url.query
    reviewer = reviewer_of(request)
    table = table or _table_of(twin)
    frame = {
        "language": language,
        "link": partial(_link, language),
        "here": request.scope["path"],
        "query_string": query,
        "other": other,
        "other_link": href(request.scope["path"], other) + (f"?{query}" if query else ""),
        "twin": twin,
        "table": table,
        # A German Excel takes the points of the other for those between thousands.
        "german_table": table and f"{table}-de",
        "site": site_of(request),
        "base": site_of(request).address or str(request.base_url).rstrip("/"),
        "reviewer": reviewer,
        "csrf": csrf_of(request),
    }
    text = environment(language).get_template(template).render(frame | context)
    headers = {"content-language": language, "vary": "cookie"}
    if reviewer:
        headers["cache-control"] = "no-store"
    return HTMLResponse(text, status_code=status, headers=headers)


def _table_of(twin: str | None) -> str | None:
    if twin is None or not twin.startswith("/api/v1/") or twin.endswith(".json"):
        return None
    return f"{twin}{'&' if '?' in twin else '?'}format=csv"


def address(
    request: Request, path: str, language: Language = "de", parameters: Mapping[str, str | None] | None = None
) -> str:
    """The public address of a path, for what is read outside of the site."""
    site = site_of(request)
    base = site.address or str(request.base_url).rstrip("/")
    return base + href(path, language, parameters)


@lru_cache(maxsize=2)
def environment(language: Language) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    # The extension's own methods are added at run time.
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "amount": partial(_amount, language),
        "hedge": lambda claim: own_hedge(claim, language),
        "written": lambda value, name: written(name, value, language),
        "noun": noun_of,
        "counts_its_own": counts_its_own,
        "counted_in": counted_in,
        "state_in": lambda status, compared: state_words(compared, status, language),
        "state_shared_by": lambda status, compared: shared_state_words(compared, status, language),
        "dated_apart": lambda proof: dated_apart(proof.release_title, proof.sentence),
        "passed": passed,
        "told_of": told_of,
        "series_title": lambda series: title(series, language),
        "state_of_series": lambda series: state_of_series(series, language),
        "rest_in": lambda compared: rest_words(compared, language),
        "beside": noun_beside,
        # Why the program itself joined names is stored in the words of the code.
        "noted": lambda note: messages("models", language).get(note, note),
        "in_points": noun_phrase_in_points,
        "shortened": _shortened,
        "statement": lambda claim: statement(record(claim) | {"status_word": claim.status_word}, language),
        "period": lambda claim: period(claim, language),
        "other_fields": partial(_other_fields, language),
        "coded": _coded,
        "quoted": lambda words: quoted(words, language),
        "said_besides": lambda claim: claim.predicate and not tells_status(claim.predicate, claim.status),
        "status_said": lambda stated: status_said(stated, language),
        "state_said": lambda stated: state_said(stated, language),
        "bare": lambda claim: own_amount(claim, None, language),
        "in_two_scales": lambda claim: two_scales(claim.quote) is not None,
        "whole": lambda claim: amount(claim.of, None, None, None if claim.unit == "%" else claim.unit, language),
        "figure": partial(_figure, language),
        "day": partial(_day, language),
        "iso": berlin_day,
        "moment": partial(_moment, language),
        "number": lambda value: number(Decimal(value), language),
        "share_of": partial(_share_of, language),
        "tone": lambda value: _TONES.get(value, "open"),
        "sign": lambda change: step(change, short_number, language),
        "percent": lambda change: in_percent(change, language),
        "paired": paired,
        "runs": lambda claim, words=None: sentence_runs(claim, hits(words, claim.sentence) if words else ()),
        "recognised": lambda told: recognised(told, language),
        "web_address": web_address,
        "headline": lambda finding: headline(finding, language),
        "sentence": lambda finding: sentence(finding, language),
        "why": lambda similar: why(similar, language),
        "meaning": lambda verdict: MEANINGS[verdict][language],
        "field_term": partial(field_term, language=language),
        "value_term": lambda value, field: value_term(field, value, language),
        **{field: partial(value_term, field, language=language) for field in VALUE_TERMS},
    }
    made.globals |= {
        "NOT_STATED": NOT_STATED,
        "MOST_SHOWN": _MOST_SHOWN,
        "MOST_PROVEN": _MOST_PROVEN,
        "LONG_LINE": _LONG_LINE,
        "kinds": KINDS,
        "modalities": MODALITIES,
        "statuses": STATUSES,
    }
    return made


def _coded(words: str) -> Markup:
    """Words of which some stand in backticks, as names for programs do."""
    pieces = words.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(each) if n % 2 else each for n, each in enumerate(pieces))


def _shortened(claim: Claim | Evidence, length: int = _LINE) -> str:
    """As much of a claim's sentence as a line holds, or so many characters, with the words that show it."""
    plain, quote = " ".join(paired(claim.sentence).split()), " ".join(claim.quote.split())
    if len(plain) <= length:
        return plain
    end = max(plain.find(quote), 0) + len(quote)
    begins = min(end - length // 2, len(plain) - length) if end > length else 0
    # Words stay whole, and what shows the claim too: the line is longer by the word that it begins in.
    first = plain.rfind(" ", 0, begins) + 1
    last = begins + length
    shown = plain[first:] if last >= len(plain) else plain[first:last].rsplit(" ", 1)[0] + "\u00a0…"
    return ("…\u00a0" if first else "") + shown


def _link(language: Language, path: str, parameters: dict[str, str] | None = None, **more: str | None) -> str:
    return href(path, language, {**(parameters or {}), **more})


def _other_fields(language: Language, change: ClaimChange) -> list[tuple[str, str]]:
    """What reads otherwise beside number and state, each with what it was before."""
    assert change.before is not None and change.after is not None
    before, after = (record(side.uncorrected.claim) for side in (change.before, change.after))
    return [(label, was) for label, was, _now in other_fields(before, after, language)]


def _amount(language: Language, claim: Claim) -> str:
    """A claim's number as stated, with the text's own word ("knapp")."""
    assert claim.value is not None
    return own_amount(claim, own_hedge(claim, language), language)


def _figure(language: Language, figure: Figure | Evidence, unit: str | None = None) -> str:
    """A number; evidence has a unit of its own, which may be another than what it stands beside."""
    assert figure.value is not None
    unit = figure.unit if isinstance(figure, Evidence) else unit
    return amount(figure.value, figure.value_to, own_hedge(figure, language), unit, language)


def _share_of(language: Language, part: Figure, whole: Figure) -> str:
    """A part in whole percent of its whole, "" where either is not exact."""
    exact = all(each.comparator in ("=", None) and each.value_to is None for each in (part, whole))
    if not exact or not whole.value:
        return ""
    return amount((100 * part.value / whole.value).quantize(Decimal(1)), None, None, "%", language)


def _day(language: Language, when: str | datetime | None) -> str:
    if isinstance(when, datetime):
        when = when.astimezone(BERLIN).date().isoformat()
    return day(when, language) if when else ""


def _moment(language: Language, when: datetime | None) -> str:
    if when is None:
        return ""
    local = when.astimezone(BERLIN)
    return f"{_day(language, local)}, {local:%H:%M}" + (" Uhr" if language == "de" else "")
