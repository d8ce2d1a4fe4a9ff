"""Leaves out what stands in the column of a release without belonging to its text."""

import re
from collections.abc import Sequence

from extractors.page.blocks import PSEUDO_HEADING, Block
from extractors.page.dates import DATE
from extractors.page.furniture import is_furniture
from extractors.page.headline import Headline, only_dates
from extractors.page.markup import Element

_INTERFACE = re.compile(
    r"""(?:(?:diese?\s)?(?:seite|artikel|beitrag|meldung|inhalte?)\s)?(?:teilen|drucken|vorlesen|empfehlen|weiterempfehlen|merken)[:\s]*
    |(?:seite|pressemitteilung|per\s.{2,12})\s(?:teilen|drucken|vorlesen|empfehlen)
    |nach\soben|zum\sseitenanfang(?:\s\w+)?|zurück(?:\s(?:zur?|zum)\s\S+)?|mehr|weiter(?:lesen)?|mehr\s(?:erfahren|lesen)
    |downloads?|druckversion|druckansicht|suche[n]?|inhalt(?:sverzeichnis)?|link\skopieren|e-?mail|facebook|twitter|x|whatsapp
    |linkedin|instagram|bild\svergrößern|zum\svergrößern.*|video\s(?:überspringen|abspielen)|quelle:?.{0,60}|fotos?:.{0,80}|bilds?:.{0,60}
    |\(?(?:presse|medien)(?:mitteilung|meldung|information|info)e?n?\)?(?:\s*(?:nr\.?|nummer)?\s*[\d./-]+)?|tags?:.*|schlagw(?:ort|örter|orte):?.*
    |(?:die\s)?datei\sist\s(?:nicht|leider\snicht)\sbarrierefrei\.?
    |zu[rm]\s(?:website|webseite|internetseite|homepage|seite|artikel|meldung|themenseite)\b.{0,80}
    |besucher(?:zähler)?(?:\sseit.{0,30})?:?\s?[\d.]*|[A-ZÄÖÜ][\w\s/.-]{1,40}\(ots\)
    |diese[rs]?\s(?:artikel|beitrag|seite|meldung)\swurde\s(?:bereits\s)?[\d.]+\s?(?:mal|x)\s\w+\.?
    |(?:bild|foto)\s\d+\s(?:von|/)\s\d+|lesezeit:?.{0,20}|ansichten:?\s\d+
    |ausgabejahr:?\s*\d{4}.{0,40}|sperrfrist:?.{0,60}|seitenanzahl.*|hinweis:.{0,40}video.*""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"(?:(?:datum|stand|erschienen|veröffentlicht|letzte\s(?:änderung|aktualisierung)|aktualisiert|erstellt|nr\.?"
    rf"|nummer)\b.{{0,60}}"
    rf"|(?:presse|medien)?(?:mitteilung|meldung|information|info)\b.{{0,60}}\s"
    rf"|[^\d.!?]{{0,70}})?[:\s]*{DATE}(?:[^.!?]{{0,50}}|[\s,|]*\d\d?[:.]\d\d(?:\sUhr)?)",
    re.VERBOSE | re.IGNORECASE,
)
_BAR = re.compile(r"\s[·•|]\s")
_BYLINE = re.compile(
    r"(?:von|Autor(?:in)?:|Redaktion:?)(?:\s[A-ZÄÖÜ][\w.-]+){1,4}|(?:Lesezeit|Lesedauer|\d+ Min).{0,20}"
)
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_NAME = re.compile(DATE)
_ARTICLES = frozenset((
    "Die", "Der", "Das", "Den", "Dem", "Des", "Ein", "Eine", "Einen", "Es", "Wir", "Sie", "Seit", "Ab", "Bis", "Im",
))  # fmt: skip
_DEADLINE = re.compile(
    r"(?:frist|schluss|beginn|ende|start|termin|stichtag|urteil|beschluss|verfügung|bescheid|erlass)$", re.IGNORECASE
)
_DATING = frozenset((
    "am", "an", "den", "vom", "von", "und", "für", "im", "in", "des", "der", "um", "zum", "zur", "uhr", "nr", "nummer",
    "datum", "stand", "erschienen", "veröffentlicht", "aktualisiert", "erstellt", "geändert", "bearbeitet", "letzte",
    "zuletzt", "aktuell", "erstveröffentlichung", "ob", "bei", "min", "minuten", "lesezeit", "lesedauer", "presse",
    "pressemitteilung", "meldung", "mitteilung", "kategorie", "online",
))  # fmt: skip
"""Words in lower case that stand beside a day without making a statement of it."""
_DOWNLOAD = re.compile(
    r"(?<![^\W\d_])(?:PDF|DOCX?|XLSX?|PPTX?|ODT|ZIP|JPE?G|PNG|MP[34])\b.{0,40}\b\d+(?:[.,]\d+)?\s*(?:[KMG]i?B"
    r"|Kilobyte|Megabyte)\b",
    re.I,
)
_SUBSCRIPTION = re.compile(
    r"^(?:jetzt\s)?(?:abonnieren\ssie\s|(?:newsletter|(?:presse|medien)(?:mitteilung|meldung|information|info)(?:en|s))"
    r"\s(?:per\s\S+\s)?abonnieren)|^(?:jetzt\s|hier\s)?(?:für|zu)\w*\s.{0,40}newsletter.{0,20}\sanmelden",
    re.I,
)
_RELATED = re.compile(
    r"""(?:das\skönnte\ssie|auch\sinteressant|verwandte|ähnliche|passend\sdazu|siehe\sauch|lesen\ssie\sauch|schlagw|teilen\b|newsletter
    |(?:presse|foto|bild)\w*\s(?:zum|als)\s(?:herunterladen|download)
    |kommentare|bildergalerie|fotogalerie|mediathek|seite\steilen|mehr\szum\sthema|zum\sthema\b|aktuelle\s(?:meldungen|themen|nachrichten)
    |(?:weitere|neueste|letzte|andere)\s(?:inhalte|meldungen|artikel|beiträge|themen|pressemitteilungen|pressemeldungen|nachrichten|news
    |medien(?:mitteilungen|meldungen|informationen))
    |ist\sdieser\s|war\sdiese|haben\ssie\s(?:das|fragen\szu)|social\smedia|folgen\ssie)""",
    re.VERBOSE | re.IGNORECASE,
)
_REACHABLE = re.compile(
    r"(?:(?:tel(?:efon)?|fon|fax|telefax|mobil|e-?mail)\W{0,3})?(?:\+?[\d\s()/.–-]{6,30}|\S+(?:@|\s?\[at\]\s?"
    r"|\(at\))\S+\.\w{2,12})",
    re.IGNORECASE,
)
_HEADERS = frozenset({"header", "hgroup"})
_COOKIE_NOTICE = re.compile(
    r"^(?=.*\bCookies?\b)(?=.*\b(?:Website|Webseite|Internetseite|Internetauftritt|Seite|wir|uns|unsere)\b)"
    r".*\b(?:verwende[nt]|nutz(?:en|t|ung)|setz(?:en|t)|einsatz|akzeptieren|stimmen)\b",
    re.IGNORECASE,
)
_EMBED_NOTICE = re.compile(
    r"^(?=.*\b(?:YouTube|Google|Vimeo|Twitter|Facebook|Instagram|Podigee)\b)(?=.*\bDaten).*\b(?:abspielen|anklicken"
    r"|aktivieren|laden|anzeigen)\b",
    re.IGNORECASE,
)
"""The notice that stands in for a video or map until its reader consents."""


def tidy(blocks: Sequence[Block], headline: Headline) -> list[Block]:
    """Leave out what no reader takes for the release's text: interface, credits, links to other pages."""
    kept = [block for block in blocks if not is_noise(block, headline)]
    kept = _without_empty_headings(_without_repeats(without_related(kept)))
    # A line with the day may be all that stood under a heading.
    return _without_empty_headings(_without_date_lines(kept))


def is_noise(block: Block, headline: Headline) -> bool:
    """Whether a block belongs to the page and not to the release."""
    text = block.text
    if text in (headline.text, headline.kicker):
        return True
    if block.role == "table_cell":
        return False
    if block.role == "caption":
        return not (block.is_sentence or block.owner.tag == "caption")  # that of a table says what its numbers are
    if block.role != "heading" and _leads_elsewhere(block):
        return True
    if block.owner.tag == "dt" and _RELATED.match(text):
        return True
    return is_interface(block)


def _leads_elsewhere(block: Block) -> bool:
    text = block.text
    if block.links > 0.2 and len(text) <= 300 and _RELATED.match(text):
        return True
    linked = block.links * len(text) > 0.8 * len(_MONTH_NAME.sub("", text)) if block.links > 0.5 else False
    return linked and not is_reachable(text) and not (block.is_sentence and len(text) >= 80)


def is_interface(block: Block) -> bool:
    """Whether a block is a control, a download or a notice of the site."""
    text = block.text
    if not any(character.isalnum() for character in text):
        return True
    if len(text) <= 90 and _INTERFACE.fullmatch(text):
        return True
    if block.role != "heading" and is_furniture(text):
        return True
    if len(text) <= 250 and block.role != "heading" and _DOWNLOAD.search(text):
        return True
    if len(text) <= 250 and _SUBSCRIPTION.search(text):
        return True
    return len(text) <= 600 and (_EMBED_NOTICE.search(text) or _COOKIE_NOTICE.search(text)) is not None


def is_reachable(text: str) -> bool:
    """Whether a line is nothing but a telephone number or an e-mail address."""
    return len(text) <= 80 and _REACHABLE.fullmatch(text) is not None


def is_date_line(block: Block) -> bool:
    """Whether a block only dates the page ("Pressemitteilung Nr. 12 vom 9. Dezember 2021")."""
    return block.role != "list_item" and names_days(block.text)


def names_days(text: str) -> bool:
    """Whether a line says nothing but of which day something is, and perhaps by whom."""
    if len(text) > 100:
        return False
    parts = _BAR.split(text)
    if len(parts) > 1 and all(_BYLINE.fullmatch(part) or names_days(part) for part in parts):
        return True
    if only_dates(text):
        return True
    if _DATE_LINE.fullmatch(text) is None:
        return False
    # A clause about a day ("Die Frist endet am …") has a verb or an article, and may break off in a bracket.
    words = _WORD.findall(_MONTH_NAME.sub("", text))
    return text.count("(") == text.count(")") and all(_may_date(word) for word in words)


def _may_date(word: str) -> bool:
    if word in _ARTICLES or _DEADLINE.search(word):
        return False
    return not word[0].islower() or word in _DATING


def section_of(heading: Block) -> Element:
    """The box that a heading stands over: the nearest element that holds more than the heading's own words."""
    box = heading.owner
    enough = len(heading.text) + 10
    while (parent := box.getparent()) is not None and (
        box.tag in _HEADERS or parent.tag in _HEADERS or len("".join(box.itertext()).strip()) <= enough
    ):
        box = parent
    return box


def without_related(blocks: list[Block]) -> list[Block]:
    """Leave out sections that lead to other pages: to the next heading of their level or the end of their box."""
    kept = []
    dropped: Block | None = None
    box: Element | None = None
    for block in blocks:
        if dropped is not None:
            ends = block.role == "heading" and block.level <= dropped.level
            if ends or (block.owner is not box and box not in block.owner.iterancestors()):
                dropped = None
        if dropped is None and block.role == "heading" and _RELATED.match(block.text):
            dropped, box = block, section_of(block)
        if dropped is None:
            kept.append(block)
    return kept


def _without_date_lines(blocks: list[Block]) -> list[Block]:
    """Leave out lines at both ends that only date the page; in between they date what stands around them."""
    first, last = 0, len(blocks)
    while first < last and is_date_line(blocks[first]):
        first += 1
    while last > first and is_date_line(blocks[last - 1]) and not _dates_table(blocks, last - 1):
        last -= 1
    return blocks[first:last]


def _dates_table(blocks: Sequence[Block], number: int) -> bool:
    return number > 0 and blocks[number - 1].role == "table_cell"


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    lowest_filled = 0
    for block in reversed(blocks):
        if block.role == "heading":
            # Nothing but other sections follows: what it announced was left out, or it was no heading.
            if not lowest_filled or block.level > lowest_filled:
                if not _says_something(block):
                    continue
                block.role, block.level, lowest_filled = "paragraph", 0, 9
                kept.append(block)
                continue
            lowest_filled = block.level if kept and kept[-1].role == "heading" else 0
        else:
            lowest_filled = 9
        kept.append(block)
    return kept[::-1]


def _says_something(block: Block) -> bool:
    """Whether a heading with nothing below it is a line of the text that was set in bold or large letters."""
    words = len(block.text.split())
    if _RELATED.match(block.text) or block.links > 0.5 or block.text.endswith(":") or is_date_line(block):
        return False
    if is_furniture(block.text) or _DOWNLOAD.search(block.text):
        return False
    if block.level == PSEUDO_HEADING:
        return words >= 3
    return words >= 5 and (any(map(str.isdigit, block.text)) or block.text.endswith((".", "!")))


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
