"""What is held already, and whether what comes can be laid beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import aliased

from db.bulk import in_batches
from db.tables import DocumentRow, Fetch, PageReading, ReleaseRow, Revision
from models.errors import InputError


class GivenAnswer(NamedTuple):
    """One answer of an address: when it was given, and the SHA-256 of its bytes."""

    url: str
    fetched_at: datetime
    body_hash: str


def stored_answers(engine: Engine, answers: Sequence[GivenAnswer]) -> set[GivenAnswer]:
    """Those of the answers that are in the log of fetches."""
    found: set[GivenAnswer] = set()
    urls = sorted({answer.url for answer in answers})
    wanted = set(answers)
    with engine.connect() as connection:
        for batch in in_batches(urls):
            statement = select(Fetch.url, Fetch.fetched_at, Fetch.body_hash).where(
                Fetch.url.in_(batch), Fetch.body_hash.is_not(None)
            )
            found.update(GivenAnswer(*row) for row in connection.execute(statement))
    return found & wanted


def refuse_older_readings(engine: Engine, source_id: str, page_version: str) -> None:
    """Makes sure that all pages of an office were read by the present page extractor.

    Where they were not, what it sees otherwise could not be told from what the office changed.

    Raises:
        InputError: some were not.
    """
    newer = aliased(PageReading)
    older = (
        select(Revision.id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(ReleaseRow, ReleaseRow.id == Revision.release_id)
        .where(
            ReleaseRow.source_id == source_id,
            PageReading.page_version != page_version,
            # A document is read by rules of its own.
            ~exists().where(DocumentRow.release_id == ReleaseRow.id),
            ~exists().where(newer.revision_id == Revision.id, newer.page_version == page_version),
        )
        .limit(1)
    )
    with engine.connect() as connection:
        if connection.scalar(older) is not None:
            raise InputError(
                f"Pages of {source_id} were read by older rules, with which years cannot be compared; "
                f"run `bilanz reextract --source {source_id}` first."
            )
