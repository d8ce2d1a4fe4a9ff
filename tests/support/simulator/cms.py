"""Sites of the known families, made of releases that a test may change at any time."""

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.support.simulator.server import Answer, Request

PAGE = 10
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


@dataclass
class Published:
    """A release as an office publishes it."""

    number: int
    day: date
    title: str
    paragraphs: list[str]

    @property
    def slug(self) -> str:
        return f"foerderung-{self.number}"

    @property
    def german_day(self) -> str:
        return f"{self.day.day}. {MONTHS[self.day.month - 1]} {self.day.year}"


def samples(count: int, newest: date = date(2025, 6, 1)) -> list[Published]:
    """Releases, one a day, newest first."""
    return [
        Published(
            number,
            newest - timedelta(days=count - number),
            f"Land fördert {number} Brücken",
            [
                f"Die Ministerin hat heute {number} Bescheide über {number * 10} Millionen Euro übergeben.",
                f"Von den {number + 20} Anträgen sind {number} bewilligt, 20 weitere werden geprüft. " * 4,
            ],
        )
        for number in range(count, 0, -1)
    ]


@dataclass
class CMS:
    """A site of one family. Its releases stand newest first and may be changed between requests."""

    family: str
    releases: list[Published] = field(default_factory=lambda: samples(25))
    session: int = 0
    """Where it is not 0, links carry a session id that is another one on every page."""
    charset: str = "utf-8"

    def answer(self, request: Request, base: str) -> Answer | None:
        parts = urlsplit(request.url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return _FAMILIES[self.family].answer(self, parts.path.partition(";")[0], query, base)

    def source_file(self, base: str, folder: Path, **changes: object) -> Path:
        """Writes the office's source file: its family, its addresses and nothing else."""
        document = {
            "publisher": "Amt für Übungen",
            "level": "land",
            "state": "NW",
            "homepage": f"{base}/",
            "hosts": ["127.0.0.1"],
            "family": self.family,
            "local": True,
            "verified": "never",
            "politeness": {"spacing": 0},
            "assertions": {"freshness_days": 36500},
            **_FAMILIES[self.family].announced(base),
            **changes,
        }
        path = folder / "uebung.yaml"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    def path(self, release: Published) -> str:
        return _FAMILIES[self.family].path.format(slug=release.slug, number=release.number)

    def link(self, release: Published) -> str:
        if not self.session:
            return self.path(release)
        self.session += 1
        return f"{self.path(release)};jsessionid=A{self.session}.live1?utm_source=liste"

    def release_at(self, path: str) -> Published | None:
        return next((release for release in self.releases if self.path(release) == path), None)

    def html(self, body: str, head: str = "") -> Answer:
        page = f'<!DOCTYPE html>\n<html lang="de"><head><title>Amt</title>{head}</head><body>{body}</body></html>'
        return Answer(page.encode(self.charset), headers={"Content-Type": f"text/html; charset={self.charset}"})

    def feed(self, base: str) -> Answer:
        items = "".join(
            f"<item><title>{html.escape(release.title)}</title><link>{base}{self.link(release)}</link>"
            f"<description>&lt;p&gt;Kurz: {html.escape(release.title)}&lt;/p&gt;</description>"
            f"<pubDate>{format_datetime(datetime(*release.day.timetuple()[:3], 8, tzinfo=UTC))}</pubDate></item>"
            for release in self.releases[:PAGE]
        )
        channel = f"<channel><title>Amt</title>{items}</channel>"
        text = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'
        return Answer(text.encode(), headers={"Content-Type": "application/rss+xml"})


@dataclass(frozen=True)
class _Family:
    path: str
    announced: Callable[[str], dict[str, object]]
    answer: Callable[[CMS, str, dict[str, str], str], Answer | None]


def _body(release: Published) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in release.paragraphs)


def _slice(releases: Sequence[Published], page: int) -> Sequence[Published]:
    return releases[page * PAGE : (page + 1) * PAGE]


def _gsb(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    if path == "/feed.xml":
        return cms.feed(base)
    if path == "/liste_node.html":
        page = int(query.get("gtp", "1_list%3D1").rpartition("%3D")[2]) - 1
        items = "".join(
            f'<div class="teaser"><a href="{cms.link(release).lstrip("/")}">{release.title}</a>'
            f'<span class="date">{release.day:%d.%m.%Y}</span></div>'
            for release in _slice(cms.releases, page)
        )
        more = (page + 1) * PAGE < len(cms.releases)
        forward = (
            f'<li class="forward"><a href="liste_node.html?gtp=1_list%253D{page + 2}">weiter</a></li>' if more else ""
        )
        return cms.html(f"<main>{items}<ul>{forward}</ul></main>", f'<base href="{base}/">')
    if release := cms.release_at(path):
        return cms.html(
            f'<h1 class="aural">Navigation und Service</h1><main id="content"><h1>{release.title}</h1>'
            f'<time datetime="{release.day}">{release.german_day}</time>'
            f'<div class="s-richtext">{_body(release)}</div></main>',
            '<meta name="generator" content="Government Site Builder">',
        )
    return None


def _drupal(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    if path == "/pressemitteilungen":
        items = "".join(
            f'<article><h3><a href="{cms.link(release)}">{release.title}</a></h3>'
            f'<div class="content-teaser__meta-item">{release.german_day}</div></article>'
            for release in _slice(cms.releases, int(query.get("page", 0)))
        )
        return cms.html(f"<main>{items}</main>")
    if release := cms.release_at(path):
        return cms.html(
            f'<main><h1>{release.title}</h1><div class="content-meta__date">{release.german_day}</div>'
            f'<div class="field--name-body">{_body(release)}</div></main>'
        )
    return None


def _typo3(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    if path.startswith("/presse/seite-"):
        page = int(path.rpartition("-")[2])
        items = "".join(
            f'<div class="article"><a href="{cms.link(release)}">{release.title}</a>'
            f'<time datetime="{release.day}"></time></div>'
            for release in _slice(cms.releases, page - 1)
        )
        more = page * PAGE < len(cms.releases)
        forward = f'<a class="next" href="/presse/seite-{page + 1}">Nächste</a>' if more else ""
        return cms.html(items + forward)
    if release := cms.release_at(path):
        return cms.html(
            f'<h1>{release.title}</h1><time datetime="{release.day}">{release.german_day}</time>'
            f'<div class="news-text-wrap">{_body(release)}</div>'
        )
    return None


def _wordpress(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if path == "/feed/":
        return cms.feed(base)
    if path == "/wp-sitemap.xml":
        names = "".join(
            f"<sitemap><loc>{base}/wp-sitemap-posts-{number + 1}.xml</loc></sitemap>"
            for number in range(-(-len(cms.releases) // PAGE))
        )
        return Answer(f"<sitemapindex {xmlns}>{names}</sitemapindex>".encode(), headers={"Content-Type": "text/xml"})
    if path.startswith("/wp-sitemap-posts-"):
        page = int(path.removesuffix(".xml").rpartition("-")[2]) - 1
        names = "".join(
            f"<url><loc>{base}{cms.link(release)}</loc><lastmod>{release.day}T10:00:00+00:00</lastmod></url>"
            for release in _slice(cms.releases, page)
        )
        return Answer(f"<urlset {xmlns}>{names}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    if release := cms.release_at(path):
        return cms.html(
            f'<h1 class="entry-title">{release.title}</h1>'
            f'<time class="entry-date" datetime="{release.day}T10:00:00+02:00">{release.german_day}</time>'
            f'<div class="entry-content">{_body(release)}</div>'
        )
    return None


def _berlin(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    if path == "/index/feed":
        return cms.feed(base)
    if path == "/index/search":
        month = query["startdate"][:7]
        rows = "".join(
            f'<tr><td>{release.day:%d.%m.%Y}</td><td><a href="{cms.link(release)}">{release.title}</a></td></tr>'
            for release in cms.releases
            if f"{release.day:%Y-%m}" == month
        )
        return cms.html(f"<table><tbody>{rows}</tbody></table>")
    if release := cms.release_at(path):
        return cms.html(
            f'<div class="article" role="main"><h1 class="title">{release.title}</h1>'
            f'<div class="pressnumber">Pressemitteilung vom {release.day:%d.%m.%Y}</div>'
            f'<div class="body"><div class="textile">{_body(release)}</div></div></div>',
            f'<meta name="dcterms.date" content="{release.day}">',
        )
    return None


def _json(cms: CMS, path: str, query: dict[str, str], base: str) -> Answer | None:
    if path == "/api/releases":
        offset = int(query["offset"])
        items = [
            {"link": cms.link(release), "title": release.title, "date": release.day.isoformat()}
            for release in cms.releases[offset : offset + PAGE]
        ]
        content = {"result": {"items": items, "total": len(cms.releases)}}
        return Answer(json.dumps(content).encode(), headers={"Content-Type": "application/json"})
    if release := cms.release_at(path):
        return cms.html(f"<article><h1>{release.title}</h1><p>{release.german_day}</p>{_body(release)}</article>")
    return None


def _announced_by_lists(
    url: str, paging: dict[str, object], selectors: dict[str, str]
) -> Callable[[str], dict[str, object]]:
    return lambda base: {"lists": [{"url": base + url, "paging": paging, "selectors": selectors}]}


_FAMILIES = {
    "gsb": _Family(
        "/SharedDocs/Pressemitteilungen/DE/{slug}.html",
        _announced_by_lists(
            "/liste_node.html",
            {"kind": "next", "css": "li.forward > a"},
            {"item": "div.teaser", "link": "a", "date": "span.date"},
        ),
        _gsb,
    ),
    "drupal-nrw": _Family(
        "/pressemitteilung/{slug}",
        _announced_by_lists(
            "/pressemitteilungen?page={page}",
            {"kind": "page"},
            {"item": "main article", "link": "h3 a", "date": ".content-teaser__meta-item"},
        ),
        _drupal,
    ),
    "typo3": _Family(
        "/presse/{slug}",
        _announced_by_lists(
            "/presse/seite-1",
            {"kind": "next", "css": "a.next"},
            {"item": "div.article", "link": "a", "date": "time", "date_attribute": "datetime"},
        ),
        _typo3,
    ),
    "wordpress": _Family(
        "/{slug}/",
        lambda base: {"feeds": [f"{base}/feed/"], "sitemaps": [f"{base}/wp-sitemap.xml"]},
        _wordpress,
    ),
    "berlin": _Family(
        "/pressemitteilung.{number}.php",
        lambda base: {
            "feeds": [f"{base}/index/feed"],
            "lists": [
                {
                    "url": f"{base}/index/search?startdate={{year}}-{{month:02}}-01",
                    "archive": True,
                    "paging": {"kind": "month", "earliest": "2025-01-01"},
                    "selectors": {"item": "tbody tr", "link": "a", "date": "td:nth-of-type(1)"},
                }
            ],
        },
        _berlin,
    ),
    "json": _Family(
        "/medien/news/{number}",
        lambda base: {
            "endpoints": [
                {
                    "url": f"{base}/api/releases?offset={{offset}}",
                    "paging": {"kind": "offset", "step": PAGE},
                    "items": "result.items",
                    "link": "link",
                    "title": "title",
                    "date": "date",
                }
            ]
        },
        _json,
    ),
}

FAMILIES = tuple(_FAMILIES)
