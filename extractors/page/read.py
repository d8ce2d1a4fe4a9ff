"""Reads a release from the bytes of a page."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urljoin

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.completeness import doubted, left_out, second_reading, taken_up, warning_of
from extractors.page.contact import find_contact, split_contact
from extractors.page.content import find_cards, find_column, is_lead, select
from extractors.page.dates import DATE
from extractors.page.headline import Headline, find_headline, heading_text
from extractors.page.marks import counting_warning
from extractors.page.markup import Element, clean, parse
from extractors.page.published import DateFinder
from models.errors import UnreadablePage
from models.release import Attachment, Paragraph, Release, Role

_PLACE = re.compile(
    rf"^((?:(?:Bad|Sankt|St\.)\s)?[A-ZÄÖÜ][a-zäöüß]+(?:[-/ ](?:[A-ZÄÖÜ(]|am |an der |im |ob der )[\wäöüß.)]+){{0,3}})"
    rf"(?:,\s(?:den\s)?{DATE}|\s\({DATE}\))?\.?\s[–—-]\s"
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|csv|pptx?)(?:[?#;]|$)|blob=publicationFile", re.IGNORECASE)
_FILE_NOTE = re.compile(r"\s*[(|,]?\s*(?:PDF|DOCX?|XLSX?|Datei)\b.{0,60}$")
_GERMAN = frozenset((
    "der", "die", "das", "und", "ist", "nicht", "mit", "von", "für", "den", "auf", "im", "werden", "wird",
    "sich", "dem", "zu", "des", "ein", "eine",
))  # fmt: skip
_CLEARLY = 8
"""Small words of one language that outweigh what the page declares."""
_ENGLISH = frozenset((
    "the", "and", "of", "to", "in", "is", "for", "with", "that", "on", "are", "was", "by", "as", "this", "has",
    "have", "will", "be",
))  # fmt: skip


def read_generic(text: str, *, url: str, fetched_at: datetime | None, warnings: tuple[str, ...] = ()) -> Release:
    """Read a page of which no layout is known; `warnings` are put before its own.

    Raises:
        UnreadablePage: there is no running text in it.
    """
    root = parse(text)
    headline = find_headline(root)
    body = root.find("body")
    if body is None:
        raise UnreadablePage("The page has no body; fetch it again.")
    pruner = Pruner(headline.element)
    blocks = BlockReader(pruner).read(body)
    chosen = _chosen(blocks, headline, body)
    if chosen is None:
        pruner = Pruner(headline.element, hidden=True)
        blocks = BlockReader(pruner).read(body)
        chosen = _chosen(blocks, headline, body)
        warnings += ("The page hides its text until a script shows it; what is hidden was read.",)
    if chosen is None:
        raise UnreadablePage("No running text was found on the page; a source file with selectors may read it.")
    column, cards = chosen.column, chosen.cards
    content, contact = split_contact(chosen.blocks)
    contact = contact or find_contact(root)
    read = "\n".join((headline.text, headline.kicker or "", contact or "", *(block.text for block in content)))
    told = doubted(pruner, headline, column, read)
    if missed := left_out(blocks, headline, column, read):
        # What another reader takes for text too is text; the rest is told, and nothing is lost without a word.
        agrees = second_reading(text)
        content = taken_up(content, missed, blocks, agrees)
        told = [block for block in missed if not agrees(block)] + told
    warnings += warning_of(told)
    warnings += counting_warning(body)
    finder = DateFinder(root, headline, blocks, url, fetched_at)
    day, method = finder.find()
    warnings += tuple(finder.warnings)
    if not headline.text:
        warnings += ("The page has no headline.",)
    if day is None:
        warnings += ("No date of publication was found.",)
    canonical, paragraphs = compose(headline.text, with_lead(content))
    return Release(
        title=headline.text,
        text=canonical,
        paragraphs=paragraphs,
        published=day.moment if day else None,
        date_precision=day.precision if day else "none",
        date_method=method,
        kicker=headline.kicker,
        place=place_of(content),
        contact=contact,
        language=language_of(root, canonical),
        attachments=attachments_in(article_around(column), cards, url, base_of(root)),
        warnings=warnings,
        generic=True,
    )


class _Chosen(NamedTuple):
    blocks: list[Block]
    column: Element
    cards: set[Element]


def _chosen(blocks: Sequence[Block], headline: Headline, body: Element) -> _Chosen | None:
    """The blocks of the release with the column they stand in; None where no text is among them."""
    column = find_column(blocks, headline, body)
    cards = find_cards(blocks, column)
    chosen = select(blocks, headline, column, cards)
    content, _ = split_contact(chosen)
    if not content or not (headline.text or any(block.is_sentence for block in content)):
        return None
    return _Chosen(chosen, column, cards)


def with_lead(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, the first paragraph marked as lead where the page sets it off."""
    first = blocks[0]
    rest_is_bold = len(blocks) > 1 and blocks[1].bold > 0.95
    if first.role == "paragraph" and (is_lead(first) or (first.bold > 0.95 and not rest_is_bold)):
        first.role = "lead"
    return list(blocks)


def compose(title: str, blocks: Sequence[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """The canonical text, title and paragraphs parted by an empty line, and where each paragraph lies in it."""
    return compose_parts(title, [(block.role, block.text) for block in blocks])


def compose_parts(title: str, parts: Sequence[tuple[Role, str]]) -> tuple[str, tuple[Paragraph, ...]]:
    """As `compose`, of paragraphs that are no blocks of a page."""
    position = len(title)
    paragraphs = []
    for role, text in parts:
        start = position + 2
        position = start + len(text)
        paragraphs.append(Paragraph(role, start, position))
    return "\n\n".join([title, *(text for _, text in parts)]), tuple(paragraphs)


def place_of(blocks: Sequence[Block]) -> str | None:
    """The place with which the first paragraphs open ("Potsdam – …")."""
    for block in blocks[:3]:
        if match := _PLACE.match(block.text):
            return match[1].rstrip(".")
    return None


def article_around(column: Element) -> Element:
    """The nearest article or main part that holds the column, where downloads are often set apart."""
    for element in (column, *column.iterancestors()):
        if element.tag in ("article", "main") or element.get("role") in ("article", "main"):
            return element
    return column


def attachments_in(scope: Element, cards: set[Element], url: str, base: str | None) -> tuple[Attachment, ...]:
    """The documents that links in `scope`, but not in its cards, lead to, each once."""
    found: dict[str, Attachment] = {}
    for link in scope.iter("a"):
        target = link.get("href", "").strip()
        if not target or not (_DOCUMENT.search(target) or link.get("type") == "application/pdf"):
            continue
        if not cards.isdisjoint(link.iterancestors()):
            continue
        try:
            address = urljoin(urljoin(url, base or ""), target)
        except ValueError:  # an address that is none, such as "http://[": nothing to fetch there
            continue
        title = _FILE_NOTE.sub("", heading_text(link)) or clean(link.get("title", "")) or address.rpartition("/")[2]
        found.setdefault(address, Attachment(address, title))
    return tuple(found.values())


def base_of(root: Element) -> str | None:
    """What relative links of the page start from, where it says so."""
    base = root.find("./head/base[@href]")
    return None if base is None else base.get("href")


def language_of(root: Element, text: str) -> str:
    """ISO 639-1 code: as the page declares it, unless its small words say German or English clearly; else German.

    Templates that declare the language of the program that made them are common.
    """
    declared = (root.get("lang") or root.get("xml:lang") or "").strip().lower()[:2]
    words = text.lower().split()
    german, english = (sum(word in small for word in words) for small in (_GERMAN, _ENGLISH))
    if max(german, english) >= _CLEARLY and max(german, english) > 4 * min(german, english):
        return "de" if german > english else "en"
    if declared.isalpha() and len(declared) == 2:
        return declared
    return "en" if english > german else "de"
