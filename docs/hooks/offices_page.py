"""The list of the press offices that come with the program, from their files."""

from itertools import groupby

from cells import table

from models.source import Source
from scrapers.registry import all_sources

INTRODUCTION = """# Press offices

What is known of each press office, from its file in `scrapers/sources/`. None has been compared with the live site yet
unless its row says a day; `bilanz sources check --all` does that, and proposes what to change.

- **known from**: saved *pages* of the site, other people's *readers* of it, lists of *feeds*, or a *guess* by what
  sister sites look like; and the month in which somebody last saw that.
- **ways**: what is read, in this order; *(stand-in)* only where no other way is open, *(archive)* only for earlier
  years. Where all are shut, the sitemaps that robots.txt names are read.
- **robots**: whether robots.txt was last known to leave all ways open, some of them (*partly*) or none (*shut*). It is
  asked at each run, and always obeyed.
"""
_LEVELS = {
    "federal": "Governments and parliaments of federations",
    "land": "Governments of the Länder",
    "agency": "Authorities",
    "court": "Courts and courts of audit",
    "municipal": "Cities",
    "union": "European Union",
}
_HEADS = ["id", "office", "state", "family", "known from", "ways", "robots"]


def markdown() -> str:
    """The page."""
    offices = sorted(
        (office for office in all_sources() if not office.local),
        key=lambda office: (list(_LEVELS).index(office.level), office.state, office.id),
    )
    parts = [INTRODUCTION, f"{len(offices)} offices.\n"]
    for level, group in groupby(offices, key=lambda office: office.level):
        parts += [f"## {_LEVELS[level]}\n", table(_HEADS, [_row(office) for office in group]), ""]
    return "\n".join(parts)


def _row(office: Source) -> list[str]:
    speaks_for = f"; also of {', '.join(office.carries)}" if office.carries else ""
    known = office.known_from + (f", {office.seen}" if office.seen else "")
    checked = "" if office.verified == "never" else f"; checked {office.verified}"
    carried = f"; stands also in {office.carried_by}" if office.carried_by else ""
    ways = ", ".join(_ways(office))
    return [
        f"`{office.id}`",
        f"[{office.publisher}]({office.homepage}){speaks_for}",
        office.state,
        office.family,
        known + checked,
        ways + carried,
        office.robots,
    ]


def _ways(office: Source) -> list[str]:
    found = ["feed"] * len(office.feeds)
    for name, parts in (("list", office.lists), ("JSON", office.endpoints)):
        for part in parts:
            found.append(f"{name} (stand-in)" if part.fallback else f"{name} (archive)" if part.archive else name)
    return found + ["sitemap"] * len(office.sitemaps)
