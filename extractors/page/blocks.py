"""From a tree to its paragraphs in reading order: what a reader sees as one run of words is one block."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extractors.page.marks import counted_up, raised
from extractors.page.markup import Element, clean, is_block
from models.release import Role

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
PSEUDO_HEADING = 7
"""Level of a short line that is set in bold instead of being marked up as a heading."""

_ROLES: dict[str, Role] = {
    "blockquote": "quote",
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "figure": "caption",
    "figcaption": "caption",
    "caption": "caption",
} | dict.fromkeys(_HEADINGS, "heading")  # type: ignore[assignment]  # mypy widens the value
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:\w*caption|copyright|credits?|bildunterschrift|bildnachweis|picture|annotation)(?:$|[\s_-])"
)
_CREDIT = re.compile(
    r"\s*(?:©|\(c\)|\b(?:Foto|Bild|Quelle|Grafik|Copyright|Bildnachweis|Fotograf(?:in)?|Urheber)\s*:).*$", re.IGNORECASE
)
_LIST_MARK = re.compile(r"\s*[-–—•·▪*]\s")
_SENTENCE_END = re.compile(r"[.!?:;,…]$")
_BOLD = frozenset({"b", "strong"})
_MAX_CELL = 300


@dataclass(slots=True)
class Block:
    """One run of text.

    `links` and `bold` are the shares (0 to 1) of its characters that are linked and bold; `level` is
    the level of a heading, else 0; `owner` is the block element that the text stands in.
    """

    text: str
    role: Role
    owner: Element
    level: int = 0
    links: float = 0.0
    bold: float = 0.0

    @property
    def is_sentence(self) -> bool:
        """Whether it reads like running text."""
        return len(self.text) >= 40 and self.text.rstrip("\"'“”«»)]")[-1:] in {".", "!", "?", ":", "…"}


@dataclass(slots=True)
class _Run:
    """What has been read since the last paragraph break."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    bold: int = 0
    after_break: bool = False


class BlockReader:
    """Walks through a tree once, without recursion, and collects its blocks."""

    def __init__(self, skip: Callable[[Element], bool]) -> None:
        self._skip = skip
        self._blocks: list[Block] = []
        self._run = _Run()
        self._stack: list[tuple[Element, Role, int]] = []
        self._links = 0
        self._bold = 0

    def read(self, root: Element) -> list[Block]:
        """The blocks of `root` in reading order; what `skip` says of an element holds for all inside it."""
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walk:
            if event == "start":
                if element is not root and (
                    self._skip(element) or self._took_table(element) or self._took_mark(element)
                ):
                    walk.skip_subtree()
                    skipped = element
                    self._start_skipped(element)
                else:
                    self._start(element)
                continue
            if element is skipped:
                skipped = None
            else:
                self._end(element)
            if element is not root and element.tail:
                self._add(element.tail)
        self._flush()
        return self._blocks

    def _start_skipped(self, element: Element) -> None:
        if is_block(element.tag):
            self._flush()

    def _start(self, element: Element) -> None:
        tag = element.tag
        if is_block(tag) or not self._stack:
            self._flush()
            inherited: tuple[Role, int] = self._stack[-1][1:] if self._stack else ("paragraph", 0)
            role = _ROLES.get(tag, inherited[0])
            self._stack.append((element, role, _HEADINGS.get(tag, inherited[1])))
        elif is_link(element):
            self._links += 1
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "br":
            self._break()
        if element.text:
            self._add(counted_up(element) or element.text)

    def _end(self, element: Element) -> None:
        if self._stack[-1][0] is element:
            self._flush()
            self._stack.pop()
        elif is_link(element):
            self._links -= 1
        elif element.tag in _BOLD:
            self._bold -= 1

    def _add(self, text: str) -> None:
        run = self._run
        length = len(text.strip())
        if length and run.after_break:
            if _LIST_MARK.match(text):
                self._flush()
                run = self._run
            run.after_break = False
        run.parts.append(text)
        run.length += length
        run.linked += length if self._links else 0
        run.bold += length if self._bold else 0

    def _break(self) -> None:
        run = self._run
        # Two line breaks, or a bold line of its own, part paragraphs as <p> does.
        bold_line = 0 < run.length <= 120 and run.bold == run.length
        if run.after_break or (bold_line and not _SENTENCE_END.search("".join(run.parts).rstrip())):
            self._flush()
            return
        run.parts.append(" ")
        run.after_break = run.length > 0

    def _flush(self) -> None:
        run = self._run
        if not run.parts:
            return
        self._run = _Run()
        if not run.length or not (text := clean("".join(run.parts))):
            return
        owner, role, level = self._stack[-1]
        block = Block(text, role, owner, level, run.linked / run.length, run.bold / run.length)
        if role == "paragraph":
            if _is_caption(owner) or ("©" in text and len(text) < 300):
                block.role = "caption"
            elif _LIST_MARK.match(text):
                block.role = "list_item"
            elif block.bold > 0.95 and _reads_like_heading(text):
                block.role, block.level = "heading", PSEUDO_HEADING
        if block.role == "caption":
            block.text = _CREDIT.sub("", text)
        if block.text:
            self._blocks.append(block)

    def _took_mark(self, element: Element) -> bool:
        if element.tag not in ("sup", "a"):
            return False
        parts = self._run.parts
        shown = raised(element, parts[-1][-8:] if parts else "")
        if shown:
            self._add(shown)
        return shown is not None

    def _took_table(self, element: Element) -> bool:
        if element.tag != "table" or not (rows := _data_rows(element, self._skip)):
            return False
        self._flush()
        for row, cells in rows:
            role: Role = "caption" if row.tag == "caption" else "table_cell"
            self._blocks.append(Block(" | ".join(cells), role, row))
        return True


def is_heading(element: Element) -> bool:
    """Whether an element is marked up as a heading."""
    return element.tag in _HEADINGS


def is_link(element: Element) -> bool:
    """Whether the text of an element can be clicked; custom elements ("x-link") count by their name."""
    tag = element.tag
    return (tag == "a" and "href" in element.attrib) or (tag[-5:] == "-link")


def _is_caption(owner: Element) -> bool:
    parent = owner.getparent()
    words = owner.get("class", "")
    if parent is not None:
        words += " " + parent.get("class", "")
    return bool(words) and _names_caption(words)


@lru_cache(maxsize=4096)  # the elements of a page, and the pages of a site, share their names
def _names_caption(words: str) -> bool:
    return _CAPTION_CLASS.search(words) is not None


def _reads_like_heading(text: str) -> bool:
    return len(text) <= 120 and (not _SENTENCE_END.search(text) or (text.endswith(":") and len(text) <= 40))


def _data_rows(table: Element, skip: Callable[[Element], bool]) -> list[tuple[Element, list[str]]]:
    """Rows of a table that holds data; empty where it only serves the layout."""
    # Asked first: reading the cells of tables in tables in tables takes the square of the time.
    if any(inner is not table for inner in table.iter("table")):
        return []
    rows = []
    columns = 0
    for row in table.iter("tr", "caption"):
        parts = row.iterchildren("td", "th") if row.tag == "tr" else [row]
        cells = [_text_of(cell, skip) for cell in parts]
        if any(len(cell) > _MAX_CELL for cell in cells):
            return []
        filled = [cell for cell in cells if cell]
        if filled:
            rows.append((row, filled))
        if row.tag == "tr":
            columns = max(columns, len(cells))
    return rows if columns > 1 and len(rows) > 1 else []


def _text_of(element: Element, skip: Callable[[Element], bool]) -> str:
    """The clean text of a cell with all that it holds, line breaks as spaces."""
    # Cells of large tables hold nothing but text, and there are many of them.
    return clean(_joined(element, skip) if len(element) else counted_up(element) or element.text or "")


def _joined(element: Element, skip: Callable[[Element], bool]) -> str:
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            shown = raised(node, parts[-1][-8:] if parts else "") if node.tag in ("sup", "a") else None
            if shown is not None or (node is not element and skip(node)):
                walk.skip_subtree()
                parts.append(shown or "")
                continue
            if node.tag == "br":
                parts.append(" ")
            if node.text:
                parts.append(counted_up(node) or node.text)
        elif node is not element and node.tail:
            parts.append(node.tail)
    return "".join(parts)
