"""What is new and what changed in a span of time, as a text for people; and telling those who watch."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from db.claims.changes import ClaimChange, changes, count_changes
from db.operation.runs import end_run, health, last_completed, start_run
from db.releases.news import count_fetched
from db.watching.alerts import MOST_ITEMS
from db.watching.raising import Previous, claim_item
from flows.telling.alerts import Delivered, deliver
from inquiries.previous import PreviousStatements
from models.calendar import BERLIN
from models.settings import Settings
from output.changes import other_fields
from output.sentences import statement
from output.words import quoted

FIRST_SPAN = timedelta(days=1)
"""That the first report of all looks back."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Report:
    """A digest in Markdown, and what came of telling those who watch."""

    digest: str
    delivered: Delivered


def report(engine: Engine, settings: Settings) -> Report:
    """Digests what happened since the report before, tells those who watch, and begins the next span."""
    now = datetime.now(UTC)
    since = last_report(engine, now)
    run_id = start_run(engine, "report", now=now)
    text = digest(engine, since, now)
    delivered = deliver(engine, settings)
    end_run(engine, run_id, "completed", now=datetime.now(UTC))
    return Report("\n\n".join((text, *_undelivered(delivered))), delivered)


def last_report(engine: Engine, now: datetime) -> datetime:
    """Up to when the last report told, a day ago where there was none."""
    return last_completed(engine, "report") or now - FIRST_SPAN


def digest(engine: Engine, since: datetime, until: datetime) -> str:
    """What is new and changed from `since` to before `until`, and which sources are not well, in Markdown."""
    releases, corrected = count_fetched(engine, since=since, until=until)
    new, changed = count_changes(engine, since=since, until=until)
    latest_new, latest_changed = (
        changes(engine, since=since, until=until, known_before=known, limit=MOST_ITEMS) for known in (False, True)
    )
    with engine.connect() as connection:
        previous = PreviousStatements(connection)
        parts = [
            f"# What is new from {_moment(since)} to {_moment(until)}",
            f"{releases} new releases, {corrected} corrected; {new} new claims, {changed} changed or withdrawn.",
            *_section("Changed by their publishers", latest_changed, changed, previous),
            *_section("New claims", latest_new, new, previous),
        ]
    unwell = [each for each in health(engine) if each.state not in ("completed", None)]
    if unwell:
        parts += ["## Sources that are not well", "\n".join(f"- {s.source_id}: {s.state}. {s.reason}" for s in unwell)]
    return "\n\n".join(parts)


def _section(title: str, shown: list[ClaimChange], count: int, previous: Previous) -> Iterator[str]:
    if not shown:
        return
    yield f"## {title}"
    items = [claim_item(each, previous) for each in shown]
    for _, group in groupby(items, key=lambda item: str(item["release"]["id"])):
        of_release = list(group)
        release = of_release[0]["release"]
        yield f"[{_escaped(release['title'])}](<{release['url']}>), {release['source']}, release {release['id']}"
        yield "\n".join(map(_line, of_release))
    if count > len(shown):
        yield f"and {count - len(shown)} more."


def _line(item: Mapping[str, Any]) -> str:
    shown = {name: _escaped(statement(item[name], "en")) if item[name] else None for name in _SIDES}
    if item["change"] == "changed" and shown["before"] == shown["after"]:
        other = (f"{field} before: {was}" for field, was, _ in other_fields(item["before"], item["after"], "en"))
        words = f"**{shown['after']}** ({_escaped('; '.join(other)) or 'reworded'})"
    elif item["change"] == "changed":
        words = f"~~{shown['before']}~~ **{shown['after']}**"
    elif item["change"] == "withdrawn":
        deleted = item["cause"] == "deletion"
        words = f"~~{shown['before']}~~ {'deleted with its release' if deleted else 'no longer in the text'}"
    elif item["cause"] == "return":
        words = f"**{shown['after']}** (back with its release)"
    else:
        words = f"**{shown['after']}**" + (f" (before: {shown['previous']})" if shown["previous"] else "")
    stated = item["after"] or item["before"]
    return f"- {words}: {_escaped(quoted(stated['sentence'], 'de'))}"


_SIDES = ("before", "after", "previous")


def _undelivered(delivered: Delivered) -> Iterator[str]:
    if delivered.problems:
        yield "## Messages that did not arrive"
        yield "\n".join(f"- {_escaped(problem)}" for problem in delivered.problems)


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _moment(when: datetime) -> str:
    return when.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")
