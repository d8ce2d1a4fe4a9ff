"""Reads a page by the selectors of its press office's source file."""

from collections.abc import Sequence
from datetime import datetime

from bs4 import BeautifulSoup, Tag
from lxml import html

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.contact import split_contact
from extractors.page.dates import Day, is_plausible, parse_date
from extractors.page.headline import Headline
from extractors.page.markup import Element, clean, parse
from extractors.page.published import DateFinder
from extractors.page.read import attachments_in, base_of, compose, language_of, place_of, with_lead
from extractors.page.tidy import tidy
from models.errors import LayoutChanged
from models.release import Attachment, Release
from models.source import Layout, Selector


class LayoutReader:
    """One page, to be read by one layout.

    Args:
        text: the page's characters.
        layout: where things stand on it.
        url: its address.
        snapshot: SHA-256 (hex) of its bytes, for error messages.
    """

    def __init__(self, text: str, layout: Layout, *, url: str, snapshot: str) -> None:
        self._text = text
        self._layout = layout
        self._url = url
        self._snapshot = snapshot
        self._soup = BeautifulSoup(text, "lxml")

    def read(self, fetched_at: datetime | None) -> Release:
        """Read the release.

        Raises:
            LayoutChanged: a selector finds too few or too many elements, or nothing to read in them.
        """
        selectors = self._layout.selectors
        bodies = self._select("body", selectors.body)
        title = self._line("title", selectors.title) or self._fail("title", selectors.title, "holds no text")
        headline = Headline(title, None, self._line("kicker", selectors.kicker))
        lead = [self._as_lead(tag) for tag in self._select("lead", selectors.lead)]
        # What the body must not hold can be looked up elsewhere first, such as a contact inside it.
        contact = [line for tag in self._select("contact", selectors.contact) for line in _lines(tag)]
        attachments = self._attachments(selectors.attachments, bodies)
        place = self._line("place", selectors.place)
        root = parse(self._text)
        day, method, warnings = self._day(root, headline, fetched_at)
        found, contact_in_text = split_contact(tidy(self._body_blocks(bodies), headline))
        blocks = [block for block in lead if block.text] + found
        if not blocks:
            self._fail("body", selectors.body, "holds no text")
        canonical, paragraphs = compose(title, with_lead(_once(blocks)))
        return Release(
            title=title,
            text=canonical,
            paragraphs=paragraphs,
            published=day.moment if day else None,
            date_precision=day.precision if day else "none",
            date_method=method,
            kicker=headline.kicker,
            place=place or place_of(blocks),
            contact="\n".join(contact) or contact_in_text,
            language=language_of(root, canonical),
            attachments=attachments,
            warnings=warnings,
        )

    def _select(self, part: str, selector: Selector | None) -> list[Tag]:
        if selector is None:
            return []
        found = self._soup.select(selector.css)
        if not selector.allows(len(found)):
            self._fail(part, selector, f"finds {len(found)} elements, {selector.count} expected")
        return found

    def _fail(self, part: str, selector: Selector, problem: str) -> str:
        raise LayoutChanged(
            f"{self._url}: the selector of the {part} ({selector.css}) {problem}; "
            f"check layout {self._layout.name!r} of the source file.",
            self._snapshot,
        )

    def _line(self, part: str, selector: Selector | None) -> str | None:
        found = [_value(tag, selector) for tag in self._select(part, selector) if selector]
        return clean(" ".join(found)) or None

    def _as_lead(self, tag: Tag) -> Block:
        element = _element(tag)
        return Block(clean(" ".join(block.text for block in _blocks(element))), "lead", element)

    def _body_blocks(self, bodies: Sequence[Tag]) -> list[Block]:
        for body in bodies:
            for css in self._layout.selectors.remove:
                for unwanted in body.select(css):
                    unwanted.decompose()
        return [block for body in bodies for block in _blocks(_element(body))]

    def _day(
        self, root: Element, headline: Headline, fetched_at: datetime | None
    ) -> tuple[Day | None, str, tuple[str, ...]]:
        selector = self._layout.selectors.date
        if selector is None:
            finder = DateFinder(root, headline, BlockReader(Pruner(None)).read(root), self._url, fetched_at)
            day, method = finder.find()
            return day, method, tuple(finder.warnings)
        stated = self._line("date", selector)
        if stated is None:  # the selector allows for none
            return None, "none", ("No date of publication was found.",)
        day = parse_date(stated, self._layout.date_formats)
        if day is None:
            self._fail("date", selector, f"holds no date that can be read ({stated[:60]!r})")
        elif not is_plausible(day, fetched_at):
            return None, "none", (f"The date {stated!r} cannot be when this was published; it was passed over.",)
        return day, f"selector:{selector.css}", ()

    def _attachments(self, selector: Selector | None, bodies: Sequence[Tag]) -> tuple[Attachment, ...]:
        scope = self._select("attachments", selector) if selector else bodies
        markup = "".join(str(tag) for tag in scope)
        base = base_of(parse(self._text)) if markup else None
        return attachments_in(html.fromstring(f"<div>{markup}</div>"), set(), self._url, base)


def _element(tag: Tag) -> Element:
    return html.fromstring(str(tag), parser=html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))


def _blocks(element: Element) -> list[Block]:
    return BlockReader(Pruner(None)).read(element)


def _lines(tag: Tag) -> list[str]:
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    return [line for line in (clean(part) for part in tag.get_text().splitlines()) if line]


def _value(tag: Tag, selector: Selector) -> str:
    return str(tag.get(selector.attribute, "")) if selector.attribute else tag.get_text(" ")


def _once(blocks: Sequence[Block]) -> list[Block]:
    """Leave out the paragraph that only repeats the lead before it."""
    if len(blocks) > 1 and blocks[0].role == "lead" and blocks[1].text == blocks[0].text:
        return [blocks[0], *blocks[2:]]
    return list(blocks)
