"""From text to claims: runs the pipeline and joins what the rules found."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

import extractors.periods.component
import extractors.projects.component
import extractors.quantities.component
import extractors.speakers.component
import extractors.statuses.component  # noqa: F401  (they register their factories)
from extractors import VERSION
from extractors.claims.context import Context
from extractors.claims.numbers import number_claims
from extractors.claims.reporting import of_release
from extractors.claims.states_of_projects import status_claims
from extractors.german import load
from models.calendar import YEARS
from models.claim import Extraction
from models.errors import InputError
from models.release import Paragraph

_RULES = ("bilanz_quantities", "bilanz_periods", "bilanz_statuses", "bilanz_projects", "bilanz_speakers")


@lru_cache(maxsize=1)
def pipeline() -> tuple[Language, tuple[Callable[[Doc], Doc], ...]]:
    """The German pipeline, and the rules that follow it, once a process."""
    nlp = load()
    return nlp, tuple(nlp.create_pipe(rule) for rule in _RULES)


def extract(text: str, *, published: date | None, paragraphs: Sequence[Paragraph] = ()) -> Extraction:
    """Everything that one release states. The same text and version give the same claims.

    Args:
        text: the canonical text: title, two newlines, body. Offsets of claims count in it.
        published: the publication date, against which relative dates are resolved.
        paragraphs: the paragraphs' roles, where they are known.

    Raises:
        InputError: the publication lies in no year in which press releases are published, or the text
            holds half characters (lone surrogates), which cannot be stored.
    """
    _refuse_nonsense(text, published)
    if not text.strip():
        return Extraction((), (), published.isoformat() if published else None, "published", VERSION)
    nlp, rules = pipeline()
    doc = nlp(text)
    doc._.published = published
    for rule in rules:
        doc = rule(doc)
    context = Context(doc, paragraphs)
    reporting = of_release(context)
    numbers = number_claims(context, reporting)
    claims = (*numbers.claims, *status_claims(context, reporting, numbers.used))
    return Extraction(claims, context.projects, reporting.date, reporting.basis, VERSION)


def _refuse_nonsense(text: str, published: date | None) -> None:
    if published is not None and published.year not in YEARS:
        raise InputError(f"A release cannot be of {published}; its day lies in the years {YEARS[0]} to {YEARS[-1]}.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"The text holds half a character at position {error.start}; write it in a sound encoding, best UTF-8."
        ) from error
