"""From text to claims: runs the pipeline and joins what the rules found."""

from collections.abc import Sequence
from datetime import date

from extractors.claims.found import Found
from extractors.claims.of_numbers import number_claims
from extractors.claims.of_projects import status_claims
from extractors.claims.plain import Readable, readable
from extractors.claims.reported import reported
from extractors.claims.when.reporting import of_release
from extractors.pipeline import pipeline, version
from models.calendar import YEARS
from models.claim import Extraction
from models.errors import InputError
from models.release import Paragraph


def extract(
    text: str, *, published: date | None, paragraphs: Sequence[Paragraph] = (), tagger: str | None = None
) -> Extraction:
    """Everything that one release states. The same text and version give the same claims.

    Args:
        text: the canonical text: title, two newlines, body. Offsets of claims count in it as it is given, whatever
            spaces, broken lines and decomposed letters it holds.
        published: the publication date, against which relative dates are resolved.
        paragraphs: the paragraphs' roles, where they are known.
        tagger: an installed spaCy pipeline to take the tags from, by default our own.

    Raises:
        InputError: the publication lies in no year in which press releases are published, the text
            holds half characters (lone surrogates), which cannot be stored, or there is no such tagger.
    """
    _refuse_nonsense(text, published)
    if not text.strip():
        return Extraction((), (), published.isoformat() if published else None, "published", version(tagger))
    plain, found = found_in(text, published=published, paragraphs=paragraphs, tagger=tagger)
    reporting = of_release(found)
    numbers = number_claims(found, reporting)
    stated = (*numbers.claims, *status_claims(found, reporting, numbers.used))
    claims = tuple(plain.claim(claim) for claim in stated)
    others = tuple(plain.not_claim(other) for other in numbers.others)
    return Extraction(claims, reported(found, claims), reporting.date, reporting.basis, version(tagger), others)


def found_in(
    text: str, *, published: date | None, paragraphs: Sequence[Paragraph], tagger: str | None
) -> tuple[Readable, Found]:
    """What the pipeline finds in a text, and the plain text in which its offsets count; arguments as of `extract`."""
    plain = readable(text)
    nlp = pipeline(tagger)
    doc = nlp.make_doc(plain.text)
    doc._.bilanz_published = published
    return plain, Found(nlp(doc), paragraphs)


def _refuse_nonsense(text: str, published: date | None) -> None:
    if published is not None and published.year not in YEARS:
        raise InputError(f"A release cannot be of {published}; its day lies in the years {YEARS[0]} to {YEARS[-1]}.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"The text holds half a character at position {error.start}; write it in a sound encoding, best UTF-8."
        ) from error
