"""Reads a page by the selectors of its press office's source file."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from bs4 import BeautifulSoup, Tag
from lxml import html

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.completeness import unread, warning_of
from extractors.page.contact import lines_of, split_contact
from extractors.page.dates import Day, is_plausible, parse_date
from extractors.page.headline import Headline, find_headline
from extractors.page.marks import counting_warning
from extractors.page.markup import Element, clean, parse
from extractors.page.published import DateFinder
from extractors.page.read import attachments_in, base_of, compose, language_of, place_of, with_lead
from extractors.page.tidy import tidy
from models.errors import LayoutChanged
from models.release import Attachment, Release
from models.source import Layout, Selector

_PARTS = ("title", "body", "date", "kicker", "lead", "place", "contact", "attachments")


class LayoutReader:
    """One page, to be read by one layout.

    Args:
        text: the page's characters.
        layout: where things stand on it.
        url: its address.
        snapshot: SHA-256 (hex) of its bytes, for error messages.

    Raises:
        LayoutChanged: a selector finds too few or too many elements.
    """

    def __init__(self, text: str, layout: Layout, *, url: str, snapshot: str) -> None:
        self._text = text
        self._layout = layout
        self._url = url
        self._snapshot = snapshot
        self._soup = BeautifulSoup(text, "lxml")
        self._removed = ""
        self._found = {part: self._select(part) for part in _PARTS}

    def read(self, fetched_at: datetime | None) -> Release:
        """Read the release.

        Raises:
            LayoutChanged: there is nothing to read in what a selector finds.
        """
        root = parse(self._text)
        day, method, warnings = self._day(root, fetched_at)
        kicker = self._line("kicker")
        place = self._line("place")
        contact = "\n".join(line for tag in self._found["contact"] for line in lines_of(_element(tag)))
        attachments = self._attachments(root)
        self._take_out("date", "kicker", "contact")
        title = self._line("title") or self._fail("title", "holds no text")
        lead = [self._lead(tag) for tag in self._found["lead"]]
        content, contact_in_text = split_contact(tidy(self._body(), Headline(title, None, kicker)))
        blocks = _once([block for block in lead if block.text] + content)
        if not blocks:
            self._fail("body", "holds no text")
        canonical, paragraphs = compose(title, with_lead(blocks))
        contact = contact or contact_in_text or ""
        read = "\n".join((canonical, contact, kicker or "", place or "", self._removed))
        warnings += counting_warning(root) + warning_of(unread(root, read))
        return Release(
            title=title,
            text=canonical,
            paragraphs=paragraphs,
            published=day.moment if day else None,
            date_precision=day.precision if day else "none",
            date_method=method,
            kicker=kicker,
            place=place or place_of(blocks),
            contact=contact or None,
            language=language_of(root, canonical),
            attachments=attachments,
            warnings=warnings,
        )

    def _select(self, part: str) -> list[Tag]:
        selector = self._selector(part)
        if selector is None:
            return []
        found = self._soup.select(selector.css)
        if not selector.allows(len(found)):
            self._fail(part, f"finds {len(found)} elements, {selector.count} expected")
        return found

    def _selector(self, part: str) -> Selector | None:
        selector: Selector | None = getattr(self._layout.selectors, part)
        return selector

    def _fail(self, part: str, problem: str) -> NoReturn:
        selector = self._selector(part)
        raise LayoutChanged(
            f"{self._url}: the selector of the {part} ({selector.css if selector else 'none'}) {problem}; "
            f"check layout {self._layout.name!r} of the source file.",
            self._snapshot,
        )

    def _line(self, part: str) -> str | None:
        selector = self._selector(part)
        attribute = selector.attribute if selector else None
        values = [str(tag.get(attribute, "")) if attribute else _text(tag) for tag in self._found[part]]
        return clean(" ".join(values)) or None

    def _take_out(self, *parts: str) -> None:
        """Remove what was read already, so that it is not read again as part of title, lead or body."""
        wanted = [tag for part in ("title", "lead", "body") for tag in self._found[part]]
        holders = {id(holder) for tag in wanted for holder in (tag, *tag.parents)}
        for part in parts:
            for tag in self._found[part]:
                if id(tag) not in holders:
                    tag.extract()

    def _lead(self, tag: Tag) -> Block:
        return Block(_text(tag), "lead", _element(tag))

    def _body(self) -> list[Block]:
        for body in self._found["body"]:
            for css in self._layout.selectors.remove:
                for unwanted in body.select(css):
                    self._removed += f"\n{unwanted.get_text(' ')}"
                    unwanted.extract()
        bodies = {id(body) for body in self._found["body"]}
        outer = [body for body in self._found["body"] if not any(id(holder) in bodies for holder in body.parents)]
        return [block for body in outer for block in _blocks(body)]

    def _day(self, root: Element, fetched_at: datetime | None) -> tuple[Day | None, str, tuple[str, ...]]:
        selector = self._selector("date")
        if selector is None:
            return self._found_day(root, fetched_at)
        stated = self._line("date")
        if stated is None:
            if self._found["date"]:
                self._fail("date", "holds no text")
            return self._found_day(root, fetched_at)
        day = parse_date(stated, self._layout.date_formats)
        if day is None:
            self._fail("date", f"holds no date that can be read ({stated[:60]!r})")
        if not is_plausible(day, fetched_at):
            return None, "none", (f"The date {stated!r} cannot be when this was published; it was passed over.",)
        return day, f"selector:{selector.css}", ()

    def _found_day(self, root: Element, fetched_at: datetime | None) -> tuple[Day | None, str, tuple[str, ...]]:
        """The day that the page shows anywhere, where the source file says no place or nothing stands there."""
        headline = find_headline(root)
        finder = DateFinder(root, headline, BlockReader(Pruner(headline.element)).read(root), self._url, fetched_at)
        day, method = finder.find()
        missing = () if day else ("No date of publication was found.",)
        return day, method, (*finder.warnings, *missing)

    def _attachments(self, root: Element) -> tuple[Attachment, ...]:
        scope = self._found["attachments"] if self._selector("attachments") else self._found["body"]
        markup = "".join(str(tag) for tag in scope)
        return attachments_in(html.fromstring(f"<div>{markup}</div>"), set(), self._url, base_of(root))


def _element(tag: Tag) -> Element:
    return html.fromstring(str(tag), parser=html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))


def _blocks(tag: Tag) -> list[Block]:
    return BlockReader(Pruner(None)).read(_element(tag))


def _text(tag: Tag) -> str:
    """What a reader sees of an element, without parts for screen readers."""
    return " ".join(block.text for block in _blocks(tag))


def _once(blocks: Sequence[Block]) -> list[Block]:
    """Leave out the paragraph that only repeats the lead before it."""
    if len(blocks) > 1 and blocks[0].role == "lead" and blocks[1].text == blocks[0].text:
        return [blocks[0], *blocks[2:]]
    return list(blocks)
