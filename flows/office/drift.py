"""A site that still answers and yields less: what its newest pages hold, beside what its pages held before."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from sqlalchemy import Engine

from db.archive.fetches import is_known
from db.releases.publication_rate import PageParts, latest_pages
from extractors.page import LEFT_OUT
from flows.office.pages import ReadPage
from models.source import Source

_NEWEST, _HISTORY = 5, 40
"""Pages that are judged, those just read first; and pages before them that they are held against."""

_ENOUGH = 10
"""Fewer pages are no history."""

_USUAL, _RARE = 0.9, 0.5
_LEAST_PARAGRAPHS = 4
_SAME_HEADLINE = 3


def check_drift(engine: Engine, source: Source, pages: Sequence[ReadPage]) -> tuple[str, ...]:
    """Warnings where the office's newest pages hold less than its pages did, each with a page to look at."""
    new = [page for page in pages if not is_known(engine, page.url)]
    if not new:
        return ()
    stored = latest_pages(engine, source.id, _NEWEST + _HISTORY)
    newest = ([_parts(page) for page in new] + stored)[:_NEWEST]
    history = stored[max(0, _NEWEST - len(new)) :]
    found = [_same_headline(new), _left_out(new, stored)]
    if len(newest) == _NEWEST and len(history) >= _ENOUGH:
        found += [_fewer_paragraphs(newest, history), _fewer_dates(newest, history), _other_dates(newest, history)]
    return tuple(f"{warning} (see {new[0].url})" for warning in found if warning)


def _parts(page: ReadPage) -> PageParts:
    release = page.release
    return PageParts(release.published is not None, len(release.paragraphs), release.date_method)


def _fewer_paragraphs(newest: Sequence[PageParts], history: Sequence[PageParts]) -> str | None:
    now, before = (median(parts.paragraphs for parts in each) for each in (newest, history))
    if before < _LEAST_PARAGRAPHS or now > before / 2:
        return None
    return f"the newest pages hold {now:g} paragraphs, those before them {before:g}: the layout may have changed"


def _fewer_dates(newest: Sequence[PageParts], history: Sequence[PageParts]) -> str | None:
    now, before = (sum(parts.dated for parts in each) / len(each) for each in (newest, history))
    if before < _USUAL or now > _RARE:
        return None
    return f"{now:.0%} of the newest pages have a date, {before:.0%} of those before them"


def _other_dates(newest: Sequence[PageParts], history: Sequence[PageParts]) -> str | None:
    (now, seen), (before, usual) = (_commonest(each) for each in (newest, history))
    if now == before or "none" in (now, before) or usual < _USUAL or seen <= _RARE:
        return None
    return f"dates of the newest pages were found by {now}, those of the pages before them by {before}"


def _commonest(pages: Sequence[PageParts]) -> tuple[str, float]:
    method, count = Counter(parts.date_method for parts in pages).most_common(1)[0]
    return method, count / len(pages)


def _left_out(new: Sequence[ReadPage], stored: Sequence[PageParts]) -> str | None:
    told = [warning for page in new for warning in page.release.warnings if warning.startswith(LEFT_OUT)]
    # What several pages show alike is part of the site, and no text of theirs.
    alike = {warning for warning, count in Counter(told).items() if count > 1}
    alike |= {warning for parts in stored for warning in parts.warnings}
    lost = [warning for warning in told if warning not in alike]
    if not lost:
        return None
    return f"{len(lost)} of {len(new)} new pages show text that was left out: {lost[0].removeprefix(LEFT_OUT + ': ')}"


def _same_headline(new: Sequence[ReadPage]) -> str | None:
    if len(new) < _SAME_HEADLINE:
        return None
    title, count = Counter(page.release.title for page in new).most_common(1)[0]
    if count < _SAME_HEADLINE or count <= _RARE * len(new):
        return None
    return f"{count} of {len(new)} new pages have the headline {title!r}: it may be that of the site"
