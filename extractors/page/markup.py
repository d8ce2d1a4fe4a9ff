"""From bytes to a tree of elements and clean runs of text."""

import codecs
import re
import sys
import unicodedata
from email.message import Message
from functools import cache
from typing import TypeAlias

import ftfy
from bs4.dammit import UnicodeDammit
from lxml import etree, html

from models.errors import UnreadablePage

Element: TypeAlias = html.HtmlElement

_INVISIBLE = (
    "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CLEANED = str.maketrans(
    # A non-breaking hyphen is a hyphen to every reader; only the line break differs.
    {"\u2010": "-", "\u2011": "-"} | dict.fromkeys(_INVISIBLE)
)
# HTML reads the control characters of ISO-8859-1 as Windows-1252 (WHATWG Encoding Standard, 4.2).
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_C1_SEEN = re.compile("[\x80-\x9f]")
# UTF-8 read as Windows-1252: the first byte of two or three, then a continuation byte in either guise.
_MOJIBAKE = re.compile("[ÂÃÅâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_NO_MARKUP = re.compile(rb"\s*(?:%PDF-|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8|\x1f\x8b|\xd0\xcf\x11\xe0|[{\[]\s*\")")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 20_000
# What lxml refuses in names and values (XML 1.0, production 2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))(?![0-9a-fA-F]);?", re.ASCII)
_REPLACED = "\ufffd"
_NOT_HTML_TYPES = re.compile(r"(?:image|audio|video|font)/|application/(?!xhtml|xml|octet-stream)")


def clean(text: str) -> str:
    """One line of text: invisible characters removed, encodings mended, white space made plain, NFC.

    No-break and thin spaces become plain ones, in numbers too ("4 100").
    """
    text = " ".join(text.translate(_CLEANED).split())
    if text.isascii():
        return text
    if _MOJIBAKE.search(text):
        text = ftfy.fix_encoding(text)
    return unicodedata.normalize("NFC", text)


def decode(body: bytes, content_type: str | None = None) -> str:
    """The characters of a page: by BOM, as UTF-8 where that fits, as declared, else as detected.

    UTF-8 goes before any declaration, since text in another encoding hardly ever passes for it,
    while pages that declare the wrong one are common.

    Raises:
        UnreadablePage: the bytes are empty or no text.
    """
    if not body.strip():
        raise UnreadablePage("The page is empty; fetch it again.")
    if _NO_MARKUP.match(body) or _NOT_HTML_TYPES.match((content_type or "").lower()):
        raise UnreadablePage(f"The document is no HTML page ({content_type or 'by its first bytes'}).")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    if len(_CONTROLS.findall(body[:_SAMPLE])) > min(len(body), _SAMPLE) // 100:
        raise UnreadablePage("The document is no HTML page but binary data.")
    try:
        # Not final: a page cut off in the middle of a character is still UTF-8.
        text = codecs.utf_8_decode(body, "strict", False)[0]
    except UnicodeDecodeError:
        text = _decode_other(body, content_type)
    return _NOT_XML.sub("", text.removeprefix("\ufeff"))


def _decode_other(body: bytes, content_type: str | None) -> str:
    damaged = body.decode("utf-8", "replace")
    if damaged.count(_REPLACED) * 10 <= sum(not character.isascii() for character in damaged):
        return damaged
    header = _charset(content_type)
    found = UnicodeDammit(body, known_definite_encodings=[header] if header else [], is_html=True)
    if found.unicode_markup is None:
        return body.decode("cp1252", "replace")
    text = found.unicode_markup
    return text.translate(_C1) if _C1_SEEN.search(text) else text


def _charset(content_type: str | None) -> str | None:
    message = Message()
    message["Content-Type"] = content_type or ""
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) else None


def parse(text: str) -> Element:
    """The tree of a page.

    Raises:
        UnreadablePage: there is no element in it.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    text = _REFERENCE.sub(_to_sound, text)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise UnreadablePage(f"The document is no HTML page ({error}).") from error


def _to_sound(reference: re.Match[str]) -> str:
    """A numeric reference, if there is such a character in XML: the parser takes "&#8;" and refuses it later."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    sound = code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF and not _NOT_XML.match(chr(code))
    return reference[0] if sound else _REPLACED


@cache
def is_block(tag: str) -> bool:
    """Whether an element of this name begins a paragraph of its own (unknown ones do not)."""
    return tag in _BLOCKS


_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
