"""An answer that was cut off looks like a correction: what suddenly lacks much is believed when it comes twice.

A connection that ends says nothing of its own where no length was promised, and an office's own program may break
off, too. So a known page that lacks its end, or the end or half of its text, against what is stored is asked for again
in the next run; only if it then says the same is it a correction.
"""

from sqlalchemy import Engine

from db.archive.past import Past, past_of
from flows.office.pages import ReadPage, read
from models.errors import BilanzError, UnreadablePage
from models.release import Snapshot
from models.source import Source

_LEAST_KEPT = 0.5
"""Share of its text below which a known page is doubted."""
_BROKEN_OFF = 20
"""Characters at the end of a text that may have been made of half a word or tag."""
_TAIL = 4096
"""Bytes at the end of a page in which it is closed; scripts and comments may follow."""


def check_whole(engine: Engine, source: Source, page: ReadPage) -> None:
    """Makes sure that a known page came whole.

    Raises:
        UnreadablePage: it seems to be cut off; it is not to be stored, and to be asked for again.
    """
    past = past_of(engine, page.url)
    if past is None or past.body == page.snapshot.body:
        return
    fault = fault_of(past, page)
    if fault is not None and not (past.doubted is not None and _says_the_same(source, page, past.doubted)):
        raise UnreadablePage(f"{page.url} {fault}; it is asked for again and believed if it says the same twice.")


def fault_of(past: Past, page: ReadPage) -> str | None:
    """What of a page lets doubt that it came whole, beside what it said before; None where nothing does."""
    if _is_closed(past.body) and not _is_closed(page.snapshot.body):
        return "came without its end, which it had before"
    text = page.release.text
    kept = len(text) / max(1, len(past.text))
    if kept < 1 and past.text.startswith(text[:-_BROKEN_OFF]):
        return f"came with only the first {kept:.0%} of its text"
    return f"came with {kept:.0%} of its text" if kept < _LEAST_KEPT else None


def _is_closed(body: bytes) -> bool:
    return b"</html" in body[-_TAIL:].lower()


def _says_the_same(source: Source, page: ReadPage, doubted: Snapshot) -> bool:
    try:
        return read(source, page.url, doubted).release.text_hash == page.release.text_hash
    except BilanzError:
        return False
