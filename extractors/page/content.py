"""Finds the column of a page that holds the release, and leaves out what stands around it there."""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.page.blocks import Block
from extractors.page.dates import DATE
from extractors.page.headline import Headline
from extractors.page.markup import Element

_DESCENT = 0.8
"""Share of the text that a child must hold to be taken for the column instead of its parent."""
_COLUMN_ROLES = frozenset({"main", "article"})
_LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|intro(?:duction)?|teaser|abstract|summary|vorspann|anleser|description)(?:$|[\s_-])", re.I
)

_INTERFACE = re.compile(
    r"""(?:(?:diese?\s)?(?:seite|artikel|beitrag|meldung|inhalte?)\s)?(?:teilen|drucken|vorlesen|empfehlen|weiterempfehlen|merken)[:\s]*
    |(?:seite|pressemitteilung|per\s.{2,12})\s(?:teilen|drucken|vorlesen|empfehlen)
    |nach\soben|zum\sseitenanfang(?:\s\w+)?|zurück(?:\s(?:zur?|zum)\s\S+)?|mehr|weiter(?:lesen)?|mehr\s(?:erfahren|lesen)
    |downloads?|druckversion|druckansicht|suche[n]?|inhalt(?:sverzeichnis)?|link\skopieren|e-?mail|facebook|twitter|x|whatsapp
    |linkedin|instagram|bild\svergrößern|zum\svergrößern.*|video\s(?:überspringen|abspielen)|quelle:?.{0,60}|fotos?:.{0,80}|bilds?:.{0,60}
    |\(?(?:presse|medien)(?:mitteilung|meldung|information|info)e?n?\)?(?:\s*(?:nr\.?|nummer)?\s*[\d./-]+)?|tags?:.*|schlagw(?:ort|örter|orte):?.*
    |ausgabejahr:?\s*\d{4}|sperrfrist:?.{0,60}|seitenanzahl.*|hinweis:.{0,40}video.*""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"(?:(?:datum|stand|erschienen|veröffentlicht|letzte\s(?:änderung|aktualisierung)|aktualisiert|erstellt|nr\.?|nummer)\b.{{0,60}}"
    rf"|(?:presse|medien)?(?:mitteilung|meldung|information|info)\b.{{0,60}}\s|[^\d.!?]{{0,40}})?[:\s]*{DATE}(?:[^.!?]{{0,50}}|[\s,|]*\d\d?[:.]\d\d(?:\sUhr)?)",
    re.VERBOSE | re.IGNORECASE,
)
_DOWNLOAD = re.compile(
    r"\b(?:PDF|DOCX?|XLSX?|PPTX?|ODT|ZIP|JPE?G|PNG|MP[34])\b.{0,40}\b\d+(?:[.,]\d+)?\s*(?:[KMG]i?B|Kilobyte|Megabyte)\b",
    re.I,
)
_CREDIT = re.compile(
    r"\s*(?:©|\(c\)|\b(?:Foto|Bild|Quelle|Grafik|Copyright|Bildnachweis|Fotograf(?:in)?|Urheber)\s*:).*$", re.IGNORECASE
)
_RELATED = re.compile(
    r"""(?:das\skönnte\ssie|auch\sinteressant|verwandte|ähnliche|passend\sdazu|siehe\sauch|lesen\ssie\sauch|schlagw|teilen\b|newsletter
    |kommentare|bildergalerie|fotogalerie|mediathek|seite\steilen|mehr\szum\sthema|zum\sthema\b|aktuelle\s(?:meldungen|themen|nachrichten)
    |(?:weitere|neueste|letzte|andere)\s(?:meldungen|artikel|beiträge|themen|pressemitteilungen|nachrichten|news|medieninformationen)
    |ist\sdieser\s|war\sdiese|haben\ssie\s(?:das|fragen\szu)|social\smedia|folgen\ssie)""",
    re.VERBOSE | re.IGNORECASE,
)
_EMBED_NOTICE = re.compile(
    r"^(?=.*\b(?:YouTube|Google|Vimeo|Twitter|Facebook|Instagram|Podigee)\b)(?=.*\bDaten).*\b(?:abspielen|anklicken|aktivieren|laden|anzeigen)\b",
    re.IGNORECASE,
)
"""The notice that stands in for a video or map until its reader consents."""
_MAX_CARD = 600


def find_column(blocks: Sequence[Block], headline: Headline, body: Element) -> Element:
    """The element that holds nearly all running text that belongs to the headline."""
    totals = _text_by_element(blocks)
    start = body
    if headline.element is not None:
        for ancestor in headline.element.iterancestors():
            if totals.get(ancestor) and (ancestor.tag in _COLUMN_ROLES or ancestor.get("role") in _COLUMN_ROLES):
                start = ancestor
                break
    column = start
    while children := [child for child in column if totals.get(child, 0) >= _DESCENT * totals[column]]:
        if not _holds_blocks(children[0]):
            break
        column = children[0]
    return column


def _holds_blocks(element: Element) -> bool:
    # A list or table is content of the column, and a paragraph is never the column itself.
    return (
        element.tag not in ("p", "ul", "ol", "table", "tbody", "dl", "blockquote", "li", "tr", "td")
        or element.find(".//p") is not None
    )


def _text_by_element(blocks: Sequence[Block]) -> dict[Element, float]:
    totals: dict[Element, float] = defaultdict(float)
    for block in blocks:
        if value := _value(block):
            totals[block.owner] += value
            for ancestor in block.owner.iterancestors():
                totals[ancestor] += value
    return totals


def _value(block: Block) -> float:
    if block.links > 0.4:
        return 0
    if block.role in ("paragraph", "quote"):
        return len(block.text) if block.is_sentence or len(block.text) >= 120 else 0
    if block.role in ("list_item", "table_cell"):
        return len(block.text) / 2 if len(block.text) >= 20 else 0
    return 0


def select(blocks: Sequence[Block], headline: Headline, column: Element, cards: set[Element]) -> list[Block]:
    """The blocks of the release in reading order, headline and cards excluded, contact blocks included."""
    if cards:
        blocks = [block for block in blocks if cards.isdisjoint((block.owner, *block.owner.iterancestors()))]
    start = _after_headline(blocks, headline)
    inside = [block for block in blocks[start:] if _is_inside(block, column)]
    leads = _leads_above(blocks[start:], column)
    if not inside and not leads:
        inside = [block for block in blocks if _is_inside(block, column)]
    return tidy(leads + _opened(inside), headline)


def tidy(blocks: Sequence[Block], headline: Headline) -> list[Block]:
    """Leave out what no reader takes for the release's text: interface, dates, credits, links to other pages."""
    kept = [block for block in blocks if not is_noise(block, headline)]
    return _without_empty_headings(_without_repeats(_without_related(kept)))


def _after_headline(blocks: Sequence[Block], headline: Headline) -> int:
    element = headline.element
    last = 0
    if element is not None:
        for number, block in enumerate(blocks):
            if block.owner is element or element in block.owner.iterancestors(str(element.tag)):
                last = number + 1
    return last


def _is_inside(block: Block, column: Element) -> bool:
    return block.owner is column or column in block.owner.iterancestors(str(column.tag))


def _leads_above(blocks: Sequence[Block], column: Element) -> list[Block]:
    """Sentences between headline and column: sites often set the lead apart from the body."""
    around = set(column.iterancestors())
    leads: list[Block] = []
    for block in blocks:
        if _is_inside(block, column):
            return leads
        if block.role in ("paragraph", "quote") and block.links < 0.4 and _reads_like_lead(block):
            shared = next((ancestor for ancestor in block.owner.iterancestors() if ancestor in around), None)
            if shared is not None and (shared.tag != "body" or is_lead(block)):
                leads.append(block)
    return []


def _reads_like_lead(block: Block) -> bool:
    return (block.is_sentence or (is_lead(block) and len(block.text) >= 40)) and not _is_noise_text(block)


def is_lead(block: Block) -> bool:
    """Whether the markup calls a block the lead."""
    for element in (block.owner, *list(block.owner.iterancestors())[:2]):
        if _LEAD_CLASS.search(element.get("class", "")) or element.get("itemprop") == "description":
            return True
    return False


def find_cards(blocks: Sequence[Block], column: Element) -> set[Element]:
    """The teasers of other pages in a column: boxes whose heading is one link."""
    cards: set[Element] = set()
    around = {column, *column.iterancestors()}
    for block in blocks:
        if block.role == "heading" and block.links > 0.8:
            card = block.owner
            while card not in around and len("".join(card.itertext()).strip()) <= len(block.text) + 10:
                card = card.getparent()
            if card not in around and len("".join(card.itertext())) <= _MAX_CARD:
                cards.add(card)
    return cards


def _opened(blocks: list[Block]) -> list[Block]:
    """Drop lines above the first real paragraph, such as toplines, office names and picture hints."""
    for number, block in enumerate(blocks):
        if _opens_text(block):
            first = number
            while first and blocks[first - 1].role == "heading":
                first -= 1
            return blocks[first:]
    return blocks


def _opens_text(block: Block) -> bool:
    if block.role in ("list_item", "table_cell"):
        return block.links < 0.4 and len(block.text) >= 30 and not _is_noise_text(block)
    if block.role not in ("paragraph", "quote") or block.links >= 0.6:
        return False
    return len(block.text) >= 80 or _reads_like_lead(block)


def is_noise(block: Block, headline: Headline) -> bool:
    """Whether a block belongs to the page and not to the release; credits are cut from captions that do."""
    text = block.text
    if text in (headline.text, headline.kicker):
        return True
    if block.role == "caption":
        text = block.text = _CREDIT.sub("", text).strip()
        return not block.is_sentence
    if block.role == "table_cell":
        return False
    if block.role != "heading" and block.links > 0.8 and not (block.is_sentence and len(text) >= 80):
        return True
    return _is_noise_text(block)


def _is_noise_text(block: Block) -> bool:
    text = block.text
    if not any(character.isalnum() for character in text):
        return True
    if len(text) <= 100 and block.role != "list_item" and _DATE_LINE.fullmatch(text):
        return True
    if len(text) <= 600 and _EMBED_NOTICE.search(text):
        return True
    return (len(text) <= 90 and _INTERFACE.fullmatch(text) is not None) or (
        len(text) <= 250 and block.role != "heading" and _DOWNLOAD.search(text) is not None
    )


def _without_related(blocks: list[Block]) -> list[Block]:
    """Leave out sections that lead to other pages, up to the next heading of their level."""
    kept = []
    dropping = 0
    for block in blocks:
        if block.role == "heading":
            if dropping and block.level > dropping:
                continue
            dropping = block.level if _RELATED.match(block.text) else 0
        if not dropping:
            kept.append(block)
    return kept


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    lowest_filled = 0
    for block in reversed(blocks):
        if block.role == "heading":
            # Nothing but other sections follows: what it announced was left out.
            if not lowest_filled or block.level > lowest_filled:
                continue
            lowest_filled = block.level if kept and kept[-1].role == "heading" else 0
        else:
            lowest_filled = 9
        kept.append(block)
    return kept[::-1]


def _without_repeats(blocks: list[Block]) -> list[Block]:
    """Leave out what stands twice in a row, as teasers do that repeat the first paragraph."""
    kept: list[Block] = []
    for block in blocks:
        if kept and block.role != "table_cell":
            before = kept[-1].text.rstrip(" .…")
            if block.text == kept[-1].text:
                continue
            if len(before) >= 60 and block.text.startswith(before):
                kept.pop()
        kept.append(block)
    return kept
