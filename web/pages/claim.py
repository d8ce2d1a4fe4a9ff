"""One claim: its words in their paragraph, the archived text, and all that speaks for it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comparison.headline_dates import dated_apart
from comparison.restrictions import telling
from comparison.series import same_series
from db.claims.queries import claims_of_subject, history
from db.curation.nouns import nouns_of
from db.curation.objections import open_objections
from db.curation.promises import promise_log
from db.curation.reviews import reviews
from db.releases.documents import place_of
from db.releases.queries import StoredRevision, revisions
from inquiries.review_queue import Queue
from models.errors import UnreadableDocument
from models.keys import name_key
from models.objections import FAULTS, Objection
from models.promises import PROMISE_STATES
from models.stored import StoredClaim
from output.citation import Citation
from output.diff import corrections
from output.formats import CITATION_FORMATS, CitationSuffix
from output.formats.csv import BYTE_ORDER_MARK, lines
from output.marks import Mark, TextRun, claim_marks, runs
from output.records import flat, stored_record
from output.restrictions import restriction_words
from output.sheet import sheet_row
from web.http.headers import PICTURE_POLICY
from web.http.language import language_of, translations
from web.http.parameters import ClaimKey
from web.http.refusals import Refused
from web.http.reviewers import reviewer_of
from web.lookups import claim_of, objections_closed, report_address
from web.pages.embed import embeddable_claim, frame
from web.pages.pictures import marked_picture
from web.render import address, page
from web.site import Site, site_of
from web.typed import labels

router = APIRouter()

_AROUND = 3000
"""Characters of the archived text that are shown before and after the words."""
_LONGEST_PARAGRAPH = 3000
"""Characters of a paragraph that is shown whole."""
_NEAR = 600
"""Characters that are shown before and after a sentence of a longer one."""
_LITTLE = 300
"""Characters, such as a headline's, by which an archived text that only repeats the paragraph above is longer."""
_SAME_SERIES = 12
_SOUGHT = 200


@router.get("/claims/{key}")
def show(request: Request, key: ClaimKey, queue: Queue | None = None) -> Response:
    """The page of a claim; who came from a queue goes back there with a decision."""
    return claim_page(request, key, typed={"queue": queue} if queue else None)


def claim_page(
    request: Request, key: str, *, typed: Mapping[str, str] | None = None, faults: Sequence[str] = ()
) -> Response:
    """The page of a claim; after a form that could not be kept with what was `typed`, and what was at fault.

    Raises:
        Refused: 404, there is no such claim.
    """
    site = site_of(request)
    found = claim_of(site, key)
    seen = revisions(site.engine, found.release_id)
    revision = _revision(seen, found)
    citation = _citation(request, site, found)
    paragraph, excerpt = _paragraph(revision, found), _excerpt(revision, found)
    around = _text(paragraph)
    return page(
        request,
        "claim.html",
        status=422 if faults else 200,
        twin=f"/api/v1/claims/{key}",
        stored=found,
        dates=dated_apart(found.release_title, found.claim.sentence),
        paragraph=paragraph,
        excerpt=excerpt,
        repeats=len(_text(excerpt)) < len(around) + _LITTLE,
        around=around,
        revisions=len(seen),
        revision=revision,
        restrictions=[(each.kind, restriction_words(each, revision.release.text)) for each in telling(found.claim)],
        cues=[(cue.role, revision.release.text[cue.start : cue.end]) for cue in found.claim.cues],
        named_in=_named_in(found, revision),
        series=_same_series(site, found),
        corrections=corrections(seen),
        readings=history(site.engine, key),
        reviews=reviews(site.engine, key),
        promises=promise_log(site.engine, key),
        promise_states=PROMISE_STATES,
        citation=citation,
        place=place_of(site.engine, key) if revision.document_of else None,
        copies=_copies(request, citation),
        report=report_address(request, citation.address),
        closed=objections_closed(request),
        objectionable=FAULTS,
        objections=_objections(request, key),
        labels=labels(language_of(request)),
        typed=typed or {},
        faults=faults,
    )


@router.get("/claims/{key}/page.svg")
def page_of_document(request: Request, key: ClaimKey) -> Response:
    """The page of a document on which a claim stands, its words marked."""
    engine = site_of(request).engine
    place = place_of(engine, key)
    if place is None:
        raise Refused(404, f"The claim {key!r} stands in no document.")
    try:
        picture = marked_picture(engine, place)
    except UnreadableDocument as error:
        raise Refused(422, str(error)) from error
    return Response(picture, media_type="image/svg+xml", headers={"content-security-policy": PICTURE_POLICY})


@router.get("/claims/{key}/cite.{form}")
def cite(request: Request, key: ClaimKey, form: CitationSuffix) -> Response:
    """The claim for a reference manager."""
    site = site_of(request)
    citation = _citation(request, site, claim_of(site, key))
    wanted = CITATION_FORMATS[form]
    headers = {"content-disposition": f'attachment; filename="claim-{key}.{form}"'}
    return Response(wanted.text(citation), media_type=f"{wanted.media_type}; charset=utf-8", headers=headers)


def _objections(request: Request, key: str) -> list[Objection]:
    """What readers object to and nobody has answered, for reviewers alone."""
    if reviewer_of(request) is None:
        return []
    with site_of(request).engine.connect() as connection:
        return open_objections(connection, key)


def _citation(request: Request, site: Site, found: StoredClaim) -> Citation:
    place = address(request, f"/claims/{found.key}")
    return Citation(found, site.office_of(found), place, site.today())


def _copies(request: Request, citation: Citation) -> list[tuple[str, str]]:
    """What a reader takes along with one click, each with the words on its button."""
    language, stored = language_of(request), citation.stored
    _ = translations(language).gettext
    row = flat(stored_record(stored)) | {"page": citation.address}
    if language == "de":
        row = sheet_row(stored, "de", publisher=citation.publisher, page=citation.address)
    (table,) = lines([row], german=language == "de")
    return [
        (_("Zitat mit Quelle kopieren"), citation.quotation(language)),
        (_("Adresse kopieren"), citation.address),
        (_("Nachweis kopieren"), citation.words(language)),
        (_("Als CSV kopieren"), table.removeprefix(BYTE_ORDER_MARK)),
        (_("Zum Einbetten kopieren"), frame(request, embeddable_claim(stored, language), language)),
    ]


def _named_in(found: StoredClaim, revision: StoredRevision) -> Literal["headline", "another sentence"] | None:
    """Where the project is named that the rules took; None in the claim's own sentence, or where a person named it."""
    claim = found.claim
    cue = next((cue for cue in claim.cues if cue.role == "subject"), None)
    if cue is None or "subject" in found.corrected_fields:
        return None
    if claim.sentence_start <= cue.start < claim.sentence_start + len(claim.sentence):
        return None
    return "headline" if cue.end <= len(revision.release.title) else "another sentence"


def _revision(revisions: list[StoredRevision], found: StoredClaim) -> StoredRevision:
    """The revision whose bytes prove the claim, in a text that has it."""
    proving = [each for each in revisions if each.snapshot.hash == found.snapshot_hash]
    quoted = slice(found.claim.start, found.claim.end)
    having = [each for each in proving or revisions if each.release.text[quoted] == found.claim.quote]
    return (having or proving or revisions)[-1]


def _paragraph(revision: StoredRevision, found: StoredClaim) -> list[TextRun]:
    """The paragraph with its claim marked; of one that is endless what stands around the sentence."""
    text, claim = revision.release.text, found.claim
    start = text.rfind("\n\n", 0, claim.start) + 2 if "\n\n" in text[: claim.start] else 0
    end = text.find("\n\n", claim.end)
    end = end if end >= 0 else len(text)
    if end - start <= _LONGEST_PARAGRAPH:
        return runs(text[start:end], claim_marks(claim), start=start)
    near, far = claim.sentence_start - _NEAR, claim.sentence_start + len(claim.sentence) + _NEAR
    first = text.find(" ", near) + 1 if near > start else start
    last = text.rfind(" ", 0, far) if far < end else end
    shown = runs(text[first:last], claim_marks(claim), start=first)
    left_out = TextRun("…", (), None)
    return [*([left_out] if first > start else []), *shown, *([left_out] if last < end else [])]


def _text(shown: Sequence[TextRun]) -> str:
    return "".join(run.text for run in shown)


def _excerpt(revision: StoredRevision, found: StoredClaim) -> list[TextRun]:
    text = revision.release.text
    start, end = max(0, found.claim.start - _AROUND), min(len(text), found.claim.end + _AROUND)
    # From paragraph to paragraph, where there are any.
    if start > 0 and (begins := text.find("\n\n", start, found.claim.start)) >= 0:
        start = begins + 2
    if end < len(text) and (ends := text.rfind("\n\n", found.claim.end, end)) >= 0:
        end = ends
    return runs(text[start:end], [Mark(found.claim.start, found.claim.end, "quote")], start=start)


def _same_series(site: Site, found: StoredClaim) -> list[StoredClaim]:
    """The newest claims of its series, the newest first; none where it stands alone."""
    subject = found.claim.subject
    if subject is None:
        return []
    with site.engine.connect() as connection:
        nouns = nouns_of(connection, subject)
        # Sought by the project alone, which few claims share; databases may prefer a longer way by the rest.
        about = claims_of_subject(connection, subject, limit=_SOUGHT)
    # Names that are the same project's have been sought as one.
    names = {name_key(each.claim.subject): subject for each in about if each.claim.subject}
    told = same_series(found, about, nouns, names)
    return told[::-1][:_SAME_SERIES] if len(told) > 1 else []
