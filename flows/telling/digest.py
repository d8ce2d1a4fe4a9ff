"""What is new and what changed in a span of time, as a text for people; and telling those who watch."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from db.claims.changes import ClaimChange, changes, count_changes
from db.operation.health import health
from db.operation.runs import end_run, last_completed, start_run
from db.releases.news import count_fetched
from db.watching.alerts import MOST_ITEMS
from db.watching.raising import Previous, claim_item
from flows.telling.alerts import Delivered, deliver
from flows.telling.publishers import publishers
from inquiries.previous import PreviousStatements
from models.language import Language
from models.settings import Settings
from output.changes import other_fields
from output.dates import moment_shown
from output.recognised import recognised
from output.sentences import statement
from output.terms import value_term
from output.words import quoted

FIRST_SPAN = timedelta(days=1)
"""That the first report of all looks back."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Report:
    """A digest in Markdown, and what came of telling those who watch."""

    digest: str
    delivered: Delivered


def report(engine: Engine, settings: Settings, language: Language = "en") -> Report:
    """Digests what happened since the report before, tells those who watch, and begins the next span."""
    now = datetime.now(UTC)
    since = last_report(engine, now)
    run_id = start_run(engine, "report", now=now)
    text = digest(engine, since, now, language, publishers(engine, settings))
    delivered = deliver(engine, settings)
    end_run(engine, run_id, "completed", now=datetime.now(UTC))
    return Report("\n\n".join((text, *_undelivered(delivered, language))), delivered)


def last_report(engine: Engine, now: datetime) -> datetime:
    """Up to when the last report told, a day ago where there was none."""
    return last_completed(engine, "report") or now - FIRST_SPAN


def digest(
    engine: Engine,
    since: datetime,
    until: datetime,
    language: Language = "en",
    publisher: Callable[[str], str] = str,
) -> str:
    """What is new and changed from `since` to before `until`, and which sources are not well, in Markdown.

    Args:
        engine: the database.
        since: beginning of the span.
        until: its end.
        language: of what is said.
        publisher: what a press office is called, by its id; see `flows.telling.publishers`.
    """
    said = partial(recognised, language=language)
    releases, corrected = count_fetched(engine, since=since, until=until)
    new, changed = count_changes(engine, since=since, until=until)
    latest_new, latest_changed = (
        changes(engine, since=since, until=until, known_before=known, as_counted=True, limit=MOST_ITEMS)
        for known in (False, True)
    )
    if len(latest_changed) < MOST_ITEMS:
        # Of these all are listed but those that only stand beside a number that changed.
        changed = len(latest_changed)
    # What was new and then changed within the span is told once, by its change.
    overtaken = {each.before.key for each in latest_changed if each.before}
    standing = [each for each in latest_new if each.claim.key not in overtaken]
    begin, end = (moment_shown(when, language) for when in (since, until))
    with engine.connect() as connection:
        section = partial(_section, previous=PreviousStatements(connection), language=language, publisher=publisher)
        parts = [
            f"# {said(f'What is new from {begin} to {end}')}",
            said(f"{releases} new releases, {corrected} corrected; {new} new claims, {changed} changed or withdrawn."),
            *section("Changed by their publishers", latest_changed, changed - len(latest_changed)),
            *section("New claims", standing, new - len(latest_new)),
        ]
    unwell = [each for each in health(engine) if each.state not in ("completed", "imported", None)]
    if unwell:
        told = (
            f"- {_escaped(publisher(each.source_id))} ({each.source_id}): "
            f"{value_term('health', each.state, language)}. {said(each.reason or '')}"
            for each in unwell
        )
        parts += [f"## {said('Sources that are not well')}", "\n".join(told)]
    return "\n\n".join(parts)


def _section(
    title: str,
    shown: list[ClaimChange],
    more: int,
    *,
    previous: Previous,
    language: Language,
    publisher: Callable[[str], str],
) -> Iterator[str]:
    if not shown:
        return
    yield f"## {recognised(title, language)}"
    items = [claim_item(each, previous) for each in shown]
    for _, group in groupby(items, key=lambda item: str(item["release"]["id"])):
        of_release = list(group)
        release = of_release[0]["release"]
        of = _escaped(publisher(release["source"]))
        yield f"[{_escaped(release['title'])}](<{release['url']}>), {of}, release {release['id']}"
        yield "\n".join(_line(each, language) for each in of_release)
    if more > 0:
        yield recognised(f"and {more} more.", language)


def _line(item: Mapping[str, Any], language: Language) -> str:
    said = partial(recognised, language=language)
    shown = {name: _escaped(statement(item[name], language)) if item[name] else None for name in _SIDES}
    if item["change"] == "changed" and shown["before"] == shown["after"]:
        other = other_fields(item["before"], item["after"], language)
        told = "; ".join(f"{field} {said('before')}: {was}" for field, was, _ in other)
        words = f"**{shown['after']}** ({_escaped(told) or said('reworded')})"
    elif item["change"] == "changed":
        words = f"~~{shown['before']}~~ **{shown['after']}**"
    elif item["change"] == "withdrawn":
        deleted = item["cause"] == "deletion"
        words = f"~~{shown['before']}~~ {said('deleted with its release' if deleted else 'no longer in the text')}"
    elif item["cause"] == "return":
        words = f"**{shown['after']}** ({said('back with its release')})"
    else:
        is_other = shown["previous"] not in (None, shown["after"])
        words = f"**{shown['after']}**" + (f" ({said('before')}: {shown['previous']})" if is_other else "")
    stated = item["after"] or item["before"]
    return f"- {words}: {_escaped(quoted(stated['sentence'], 'de'))}"


_SIDES = ("before", "after", "previous")


def _undelivered(delivered: Delivered, language: Language) -> Iterator[str]:
    if delivered.problems:
        yield f"## {recognised('Messages that did not arrive', language)}"
        yield "\n".join(f"- {_escaped(recognised(problem, language))}" for problem in delivered.problems)


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
