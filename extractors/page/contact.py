"""Recognises whom a release tells to call, and keeps it apart from the text."""

import re
from collections.abc import Sequence
from copy import deepcopy

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.markup import Element, clean
from extractors.page.tidy import is_reachable

_OPENS = re.compile(
    r"""(?:(?:presse|medien)?-?(?:kontakte?|anfragen|rückfragen(?:\s(?:bitte\s)?an)?|rückfragehinweis)|ansprechpartner(?:in(?:nen)?|/-?in|:in|\*in)?|presse(?:stelle|sprecher(?:in)?|referat|büro)
    |pressestelle\sund\b.{0,40}|kontakt\s(?:für|zu[rm]?)\b.{0,60}|herausgeber(?:in)?|verantwortlich(?:\s\w+){0,3})\s*(?::.*|$)
    |(?:bei|für)\s(?:weitere[nr]?\s)?(?:journalistische[nr]?\s|presse-?|medien-?)?(?:rück|nach|an)?fragen\b
    |v\.\s?i\.\s?s\.\s?d\.\s?p\.?(?!\w)
    |für\s(?:presse|medien|bürger)-?(?:an|rück)?fragen\b|(?:bürger|presse|medien)anfragen\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PHONE_OR_MAIL = re.compile(
    r"(?:\bTel(?:efon)?\b|\bFon\b|\bMobil\b|\bt:)\W{0,4}[\d+(]|\S+(?:@|\s?\[at\]\s?|\(at\))\S+\.\w{2}|\+4[139]",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:(?:presse|medien)?-?kontakte?|ansprechpartner(?:[:*/-]*in(?:nen)?)?|pressestelle|(?:presse|medien)anfragen"
    r"|(?:(?:adresse|kontakt)\s(?:für|bei)\s)?rückfragen)\W*$",
    re.IGNORECASE,
)
_OF_THE_PRESS = re.compile(r"presse|medien|ansprechpartner", re.IGNORECASE)
_LONGEST_HEADING = 40
_ADDRESS = re.compile(
    r"^(?:D-)?\d{5}\s[A-ZÄÖÜ]|(?:stra(?:ß|ss)e|str\.|platz|allee|weg|ring|ufer|damm)\s\d{1,4}\s?[a-z]?$"
    r"|^(?:(?:Bundes)?[Mm]inisterium|Referat|Pressestelle|Presse-|Senats|Staatskanzlei|Landes(?:amt|regierung)"
    r"|Bundesamt)",
)
_FOOTER = re.compile(
    r"(?:^|[\s_-])(?:site-?)?(?:footer|fu(?:ß|ss)(?:zeile|bereich)|meta-?nav\w*)(?:$|[\s_-])", re.IGNORECASE
)
_MAX_LINE = 300
_MAX_SIGNATURE = 160
_MAX_SECTION = 900
_RUNNING_TEXT = 100
"""Characters from which a sentence without number or address is text again."""


def split_contact(blocks: Sequence[Block]) -> tuple[list[Block], str | None]:
    """Part the blocks of a release into its text and its contact block, lines joined by line feeds."""
    text: list[Block] = []
    contact: list[Block] = []
    opened: Block | None = None
    for number, block in enumerate(blocks):
        if opened and _ends(block, opened):
            opened = None
        if opened is None and _opens(block, blocks[number + 1 : number + 9]):
            opened = block
        (contact if opened else text).append(block)
    signature = _signature(text)
    if signature:
        text, contact = text[:-signature], text[-signature:] + contact
    text = [block for block in text if not (block.links > 0.8 and is_reachable(block.text))]
    return text, "\n".join(block.text for block in contact) or None


def find_contact(root: Element) -> str | None:
    """The contact box that a page shows outside the text, as in its side column."""
    for heading in root.iter("h1", "h2", "h3", "h4", "strong", "p", "div", "span"):
        if not _heads_contact(heading):
            continue
        section = heading.getparent()
        while section is not None and section.tag not in ("body", "main", "article", "footer"):
            if _is_footer(section):
                break
            if len("".join(section.itertext())) > 3 * _MAX_SECTION:
                break
            shown = "\n".join(lines_of(section))
            if not shown.startswith(clean("".join(heading.itertext()))):
                break
            if len(shown) > _MAX_SECTION:
                break
            if _PHONE_OR_MAIL.search(shown):
                return None if _is_in_footer(section) else shown
            section = section.getparent()
    return None


def _heads_contact(element: Element) -> bool:
    if element.tag in ("p", "div", "span"):
        text = element.text or ""
        if len(element) or len(text) > _LONGEST_HEADING or not _OF_THE_PRESS.search(text):
            return False
    else:
        text = "".join(element.itertext())
    return _HEADING.match(text.strip()) is not None


def lines_of(element: Element) -> list[str]:
    """The lines of a box as they are seen, each line break beginning a new one."""
    box = deepcopy(element)
    for line_break in list(box.iter("br")):
        line_break.tag = "hr"
    return [block.text for block in BlockReader(Pruner(box)).read(box)]


def _is_footer(element: Element) -> bool:
    words = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag == "footer" or element.get("role") == "contentinfo" or _FOOTER.search(words) is not None


def _is_in_footer(element: Element) -> bool:
    """Whether it belongs to the foot of the whole site, which gives its own address and no press contact."""
    return any(_is_footer(ancestor) for ancestor in element.iterancestors())


def _opens(block: Block, following: Sequence[Block]) -> bool:
    if len(block.text) > _MAX_LINE or not _OPENS.match(block.text):
        return False
    return any(_PHONE_OR_MAIL.search(other.text) for other in (block, *following))


def _ends(block: Block, opened: Block) -> bool:
    if _OPENS.match(block.text):
        return False
    if block.role == "heading":
        return opened.role != "heading" or block.level <= opened.level
    return block.is_sentence and len(block.text) >= _RUNNING_TEXT and not _PHONE_OR_MAIL.search(block.text)


def _signature(text: Sequence[Block]) -> int:
    """How many blocks at the end only say where the office is and how to call it."""
    length = reachable = 0
    for number, block in enumerate(reversed(text), 1):
        if (
            block.role in ("table_cell", "list_item", "heading")
            or block.is_sentence
            or len(block.text) > _MAX_SIGNATURE
        ):
            break
        if _PHONE_OR_MAIL.search(block.text):
            reachable = number
        if _PHONE_OR_MAIL.search(block.text) or _ADDRESS.search(block.text):
            length = number
    return length if reachable else 0
