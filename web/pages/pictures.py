"""Pages of documents as pictures, with the place of a claim marked."""

from base64 import b64encode
from functools import lru_cache
from threading import BoundedSemaphore

from sqlalchemy import Engine

from db.releases.documents import ClaimPlace, document_body
from extractors.document.limited import MarkedPage, marked_page

_AT_ONCE = BoundedSemaphore(2)
"""Pages are drawn by processes of their own, of which a machine bears few."""
_KEPT = 64
_AROUND = 2.0
"""Points between words and the edge of their mark."""


@lru_cache(maxsize=_KEPT)
def marked_picture(engine: Engine, place: ClaimPlace) -> str:
    """The page as SVG.

    Raises:
        UnreadableDocument: it cannot be drawn.
        InputError: the archived bytes are damaged.
    """
    with _AT_ONCE:
        drawn = marked_page(document_body(engine, place.snapshot_hash), place.page, place.runs)
    return _svg(drawn)


def _svg(drawn: MarkedPage) -> str:
    marks = "".join(
        f'<rect x="{x0 - _AROUND:.1f}" y="{y0 - _AROUND:.1f}" width="{x1 - x0 + 2 * _AROUND:.1f}" '
        f'height="{y1 - y0 + 2 * _AROUND:.1f}"/>'
        for x0, y0, x1, y1 in drawn.marked
    )
    size = f'width="{drawn.width:.1f}" height="{drawn.height:.1f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width:.1f} {drawn.height:.1f}" {size}>'
        f'<image {size} href="data:image/png;base64,{b64encode(drawn.png).decode()}"/>'
        f'<g fill="#f5c400" fill-opacity="0.35" stroke="#a04a00" stroke-width="1.5">{marks}</g></svg>'
    )
