"""The pages of the bundled press office, made from one content file a release and one template a kind of page."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property, lru_cache
from importlib.resources import files

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt

from models.calendar import BERLIN, MONTHS

PORTAL = "Presseportal der Landesregierung (Übungsausgabe)"
PER_PAGE = 5
FEED_LENGTH = 8


@dataclass(frozen=True)
class Contact:
    """Whom journalists can call."""

    person: str
    phone: str
    email: str


@dataclass(frozen=True)
class Download:
    """A document that a release offers."""

    file: str
    title: str


@dataclass(frozen=True)
class OfficeRelease:
    """One release as its content file states it; `published` is in Berlin time."""

    title: str
    slug: str
    published: datetime
    ministry: str
    topic: str
    lead: str
    contact: Contact
    body: str
    place: str | None = None
    attachments: tuple[Download, ...] = ()

    @property
    def path(self) -> str:
        """Path of the page on the server."""
        return f"/presse/pressemitteilung/{self.slug}"

    @cached_property
    def body_html(self) -> str:
        """The body as HTML, opening with the place as press offices write it."""
        dateline = f"{self.place} – " if self.place else ""
        return str(MarkdownIt("commonmark").enable("table").render(dateline + self.body))


@dataclass(frozen=True)
class OfficePage:
    """An answer of the office: what it says and since when."""

    content_type: str
    body: bytes
    modified: datetime


def german_date(moment: datetime) -> str:
    """A day in German words ("9. Dezember 2021")."""
    return f"{moment.day}. {MONTHS[moment.month - 1][0]} {moment.year}"


def parse_release(source: str) -> OfficeRelease:
    """Read a content file: YAML between two lines of dashes, then the body in Markdown."""
    _, front, body = source.split("---\n", 2)
    fields = yaml.safe_load(front)
    fields["published"] = datetime.fromisoformat(fields["published"]).replace(tzinfo=BERLIN)
    fields["contact"] = Contact(**fields["contact"])
    fields["attachments"] = tuple(Download(**item) for item in fields.get("attachments", ()))
    return OfficeRelease(**fields, body=body.strip())


@lru_cache(maxsize=1)
def releases() -> tuple[OfficeRelease, ...]:
    """All releases of the office, newest first."""
    folder = files("scrapers.office") / "releases"
    found = [parse_release(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".md")]
    return tuple(sorted(found, key=lambda release: release.published, reverse=True))


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("scrapers.office"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["german_date"] = german_date
    templates.filters["http_date"] = format_datetime
    templates.globals["portal"] = PORTAL
    return templates


def _render(template: str, content_type: str, modified: datetime, **values: object) -> OfficePage:
    body = _templates().get_template(template).render(**values)
    return OfficePage(f"{content_type}; charset=utf-8", body.encode(), modified)


def release_page(slug: str) -> OfficePage | None:
    """The page of one release; None where there is no such release."""
    for number, release in enumerate(releases()):
        if release.slug == slug:
            # Neighbours that were out before: a page must not change when a newer release comes.
            related = releases()[number + 1 : number + 4]
            return _render("release.html", "text/html", release.published, release=release, related=related)
    return None


def list_page(page: int) -> OfficePage | None:
    """A page of the list of releases, counted from 0; None beyond the last."""
    pages = -(-len(releases()) // PER_PAGE)
    if not 0 <= page < pages:
        return None
    shown = releases()[page * PER_PAGE : (page + 1) * PER_PAGE]
    return _render("list.html", "text/html", releases()[0].published, releases=shown, page=page, pages=pages)


def feed(base: str) -> OfficePage:
    """The RSS feed of the newest releases; `base` is scheme, host and port of the server."""
    newest = releases()[:FEED_LENGTH]
    return _render("feed.xml", "application/rss+xml", newest[0].published, releases=newest, base=base)


def download(file: str) -> OfficePage | None:
    """A document that a release offers; None where none does."""
    for release in releases():
        for item in release.attachments:
            if item.file == file:
                body = (files("scrapers.office") / "documents" / file).read_bytes()
                return OfficePage("application/pdf", body, release.published)
    return None


def robots() -> OfficePage:
    """The rules for crawlers."""
    return _render("robots.txt", "text/plain", releases()[-1].published)


def notice(heading: str, text: str) -> OfficePage:
    """A page that only says something, such as that there is no page."""
    return _render("notice.html", "text/html", releases()[-1].published, heading=heading, text=text)
