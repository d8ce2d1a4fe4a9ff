"""From the bytes of a PDF to its text and tables, in this very process; for documents of strangers see `limited`."""

from collections.abc import Sequence

from extractors.document.columns import open_tables
from extractors.document.compose import Composer
from extractors.document.furniture import without_furniture
from extractors.document.grids import PageTable, ruled_tables
from extractors.document.joining import WholeTable, fill_down, go_on, goes_on, name_columns, started
from extractors.document.order import PageBlock, block_of, in_reading_order
from extractors.document.paragraphs import PageRun, joined_runs, paragraphs_of, text_size
from extractors.document.pdf import PdfPage, opened, pages_of
from extractors.document.texts import text_of
from extractors.document.words import Line, PageWord, segments_of
from models.document import Document
from models.errors import UnreadableDocument

_LONGEST_TITLE = 200
_SCANNED = 0.5
"""Share of the pages with a picture and without a word from which a document is a scan."""
_NO_TITLE = "Dokument ohne Titel"


def read_pdf(body: bytes) -> Document:
    """Reads a PDF.

    Raises:
        UnreadableDocument: it cannot be read: it is none, is locked, has too many pages or characters, or is a scan.
    """
    with opened(body) as document:
        pages = list(pages_of(document))
        described = str(document.get_metadata_dict(skip_empty=True).get("Title", "")).strip()
    scans = sum(not page.words and page.images > 0 for page in pages)
    if scans > _SCANNED * len(pages) or not any(page.words for page in pages):
        raise UnreadableDocument(
            "The document is a scan: its pages are pictures, and no text is in them."
            if scans
            else "The document holds no text."
        )
    items = _items(pages)
    composer = Composer()
    title = _taken_title(items)
    if title is not None:
        composer.add_text(title.words, "heading")
    else:
        composer.add_title(described[:_LONGEST_TITLE] or _NO_TITLE)
    told = composer.text
    for item in items:
        if isinstance(item, WholeTable):
            composer.add_table(item)
        else:
            composer.add_text(item.words, item.role)
    return Document(
        title=told,
        text=composer.text,
        paragraphs=tuple(composer.paragraphs),
        tables=tuple(composer.tables),
        places=composer.places,
        pages=len(pages),
        labels=tuple(page.label for page in pages),
        warnings=_warnings(pages, scans),
    )


def _items(pages: Sequence[PdfPage]) -> list[PageRun | WholeTable]:
    """Paragraphs and tables of all pages, in reading order."""
    parts: list[list[Line] | PageTable] = []
    before: PageTable | None = None
    for page, words in zip(pages, without_furniture(pages), strict=True):
        columns = _ordered(page, words, before)
        parts += columns
        before = columns[-1] if columns and isinstance(columns[-1], PageTable) else None
    size = text_size(line for part in parts if isinstance(part, list) for line in part)
    items: list[PageRun | WholeTable] = []
    for part in parts:
        last = items[-1] if items else None
        if isinstance(part, PageTable):
            if isinstance(last, WholeTable) and goes_on(last, part):
                go_on(last, part)
            else:
                items.append(started(part))
        else:
            items += paragraphs_of(part, size)
    for item in items:
        if isinstance(item, WholeTable):
            fill_down(item)
    return _joined(items)


def _joined(items: Sequence[PageRun | WholeTable]) -> list[PageRun | WholeTable]:
    joined: list[PageRun | WholeTable] = []
    runs: list[PageRun] = []
    for item in items:
        if isinstance(item, PageRun):
            runs.append(item)
        else:
            joined += [*joined_runs(runs), item]
            runs = []
    return [*joined, *joined_runs(runs)]


def _ordered(page: PdfPage, words: Sequence[PageWord], before: PageTable | None) -> list[list[Line] | PageTable]:
    """The columns and tables of a page in reading order."""
    tables = ruled_tables(page, words)
    for table in tables:
        name_columns(table)
    used = {id(word) for table in tables for word in table.used}
    rest = [word for word in words if id(word) not in used]
    tables += open_tables(page, rest, None if tables and before is not None and _is_first(tables, rest) else before)
    used = {id(word) for table in tables for word in table.used}
    blocks = [block_of(run) for run in segments_of(word for word in words if id(word) not in used)]
    blocks += [PageBlock(table.x0, table.x1, table.y0, table.y1, table) for table in tables]
    ordered: list[list[Line] | PageTable] = []
    for column in in_reading_order(blocks):
        lines: list[Line] = []
        for block in column:
            if isinstance(block.content, Line):
                lines.append(block.content)
            elif isinstance(block.content, PageTable):
                ordered += [lines, block.content] if lines else [block.content]
                lines = []
        if lines:
            ordered.append(lines)
    return ordered


def _is_first(tables: Sequence[PageTable], words: Sequence[PageWord]) -> bool:
    top = min(table.y0 for table in tables)
    return not any(word.y1 < top for word in words)


def _taken_title(items: list[PageRun | WholeTable]) -> PageRun | None:
    """The heading that names the document, taken from its items: the largest on its first page."""
    first = next((item.lines[0].page for item in items if isinstance(item, PageRun)), 0)
    headings = [
        item for item in items if isinstance(item, PageRun) and item.role == "heading" and item.lines[0].page == first
    ]
    if not headings:
        return None
    title = max(headings, key=lambda item: item.size)
    if len(text_of(title.words)) > _LONGEST_TITLE:
        return None
    items.remove(title)
    return title


def _warnings(pages: Sequence[PdfPage], scans: int) -> tuple[str, ...]:
    warnings = []
    if scans:
        warnings.append(f"{scans} of {len(pages)} pages are pictures without text; they were not read.")
    unseen = sum(page.unseen for page in pages)
    if unseen:
        warnings.append(f"{unseen} words stand sideways or outside the pages; they were not read.")
    return tuple(warnings)
