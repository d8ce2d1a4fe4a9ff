"""Answers that an office gave to others: read as those that it gives to us, and judged as what is past."""

from sqlalchemy import Engine

from db.archive.past import past_of
from flows.office.doubts import fault_of
from flows.office.pages import ReadPage, read
from models.errors import UnreadablePage
from models.release import Snapshot
from models.source import Source


def read_past(engine: Engine, source: Source, url: str, snapshot: Snapshot) -> ReadPage:
    """Reads the release that an answer of years ago holds.

    Args:
        engine: the database, for what the page is known to say.
        source: the press office.
        url: address under which the release is known.
        snapshot: the answer, with who handed it on.

    Raises:
        BlockedResponse: it is no page of an office.
        LayoutChanged: the selectors of the source file do not fit, and nothing else may be used.
        UnreadablePage: no release can be read from it, or it seems to be cut off.
    """
    page = read(_without_marks_of_today(source), url, snapshot)
    past = past_of(engine, url)
    if past is not None and past.body != snapshot.body and (fault := fault_of(past, page)):
        raise UnreadablePage(f"{url} {fault} as it is known; what an archive cut off is not to be told from it.")
    return page


def _without_marks_of_today(source: Source) -> Source:
    """The source, but for what stands on every page of its site as it is today."""
    return source.model_copy(update={"gate": source.gate.model_copy(update={"must_have": None})})
