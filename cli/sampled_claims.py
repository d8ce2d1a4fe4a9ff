"""What the rules read from a few releases of an office, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.language import _, language, recognised
from cli.printing import console
from cli.settings import settings
from models.calendar import BERLIN
from models.errors import BilanzError

if TYPE_CHECKING:
    from models.release import Snapshot
    from models.source import Source


def show_claims(office: Source, samples: Sequence[Snapshot]) -> None:
    """Prints each release with its claims, or why it cannot be read."""
    from extractors.claims import extract
    from flows.office.pages import read_archived
    from output.sentences import exact_statement

    out = console()
    for snapshot in samples:
        out.print()
        try:
            release = read_archived(office, snapshot.url, snapshot).release
        except BilanzError as error:
            out.print(recognised(str(error)), soft_wrap=True, markup=False)
            continue
        published = release.published.astimezone(BERLIN).date() if release.published else None
        found = extract(release.text, published=published, paragraphs=release.paragraphs, tagger=settings().spacy_model)
        out.print(release.title, style="bold", soft_wrap=True, markup=False)
        dated = published.isoformat() if published else _("no date was found")
        out.print(f"{dated}, {snapshot.url}", style="dim", soft_wrap=True, markup=False)
        for claim in found.claims:
            out.print(f"  {exact_statement(claim, language())}", soft_wrap=True, markup=False)
        if not found.claims:
            out.print(f"  {_('No claim was found.')}", soft_wrap=True)
