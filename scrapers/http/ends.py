"""Whether an answer came to its end: a connection that closes says nothing of it where no length was promised."""

import re

from scrapers.http.network import HttpAnswer

_ROOT = re.compile(rb"<(html|rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_PACKED = {"gzip", "x-gzip", "deflate"}
_HEAD = 2048
"""Bytes in which a page, feed or sitemap begins, behind comments and declarations."""
_TAIL = 4096
"""Bytes in which it ends; scripts and comments may follow."""


def breaks_off(answer: HttpAnswer) -> bool:
    """Whether an answer may have been cut: nothing promised its end, and it lacks the one that its kind has.

    Lengths, chunks and compressed data tell their end themselves (`Network.exchange` asks for it), JSON its reader.
    """
    packed = (answer.header("Content-Encoding") or "").strip().lower() in _PACKED
    if packed or any(answer.header(name) for name in ("Content-Length", "Transfer-Encoding")):
        return False
    tail = answer.body[-_TAIL:]
    if answer.body.startswith(b"%PDF-"):
        return b"%%EOF" not in tail
    root = _ROOT.search(answer.body[:_HEAD])
    return root is not None and b"</" + root[1].lower() not in tail.lower()
