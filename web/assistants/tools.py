"""What each tool answers. Every number comes with its claim's key, its page and the office's link.

Words that an office or a person wrote stand in `quoted` alone, so that nobody takes them for ours.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from comparison.figures import Evidence
from comparison.findings import Finding
from comparison.programme import cells
from db.claims.changes import changes
from db.claims.queries import claims
from db.operation.health import health
from db.releases.news import count_fetched, whats_new
from db.releases.proofs import Proof, proofs
from inquiries.search import SearchQuery
from inquiries.statement import check
from models.calendar import berlin_day, day_bounds
from models.claim import plain
from models.errors import InputError
from models.stored import StoredClaim
from output.citation import Citation
from output.legend import MEANINGS
from output.records import record
from output.similar import why
from output.verdicts import sentence
from web.http.language import href
from web.lookups import claim_of, comparison_of
from web.offices import filter_of
from web.site import Site

USUAL, MOST = 10, 50
_LONGEST = 400
"""Characters of a sentence that is given out."""
_MOST_EVIDENCE = 4
_OFFICE = ("id", "name", "state", "last_new", "newest_published", "releases")
_THEIRS = ("programme", "counted", "sentence", "release_title")
"""What of a comparison's cells an office wrote."""
_NOTHING = "Nothing was found. That does not mean that nothing was stated."

Answer = dict[str, Any]


def search_claims(site: Site, base: str, given: Mapping[str, Any], *, limit: int, after: str | None) -> Answer:
    """Claims that fit words and filters, with the place to go on from.

    Raises:
        InputError: a filter is none.
    """
    wanted = filter_of(site, _query(given))
    found = claims(site.engine, wanted, limit=max(1, min(limit, MOST)), after=after)
    told = [_claim(site, base, each) for each in found.claims]
    return {"claims": told, "next": found.next} | ({} if told else {"note": _NOTHING})


def _query(given: Mapping[str, Any]) -> SearchQuery:
    try:
        numbers = {name: Decimal(str(given[name])) for name in ("at_least", "at_most") if given.get(name) is not None}
        return SearchQuery(**{name: each for name, each in given.items() if each is not None} | numbers)
    except (ValueError, InvalidOperation) as error:
        raise InputError("A filter has a value that it cannot have; dates are 2024, 2024-12 or 2024-12-31.") from error


def get_claim(site: Site, base: str, key: str) -> Answer:
    """One claim with a sentence that cites it; what an archive handed on, with the archive's own address."""
    stored = claim_of(site, key)
    address = base + href(f"/claims/{key}")
    cited = Citation(stored, site.office_of(stored), address, site.today())
    told = _claim(site, base, stored)
    proof = {"sha256": stored.snapshot_hash} | _handed_on(proofs(site.engine, [stored]).get(key))
    return told | proof | {"quoted": told["quoted"] | {"cite": cited.words("de")}}


def _handed_on(proof: Proof | None) -> Answer:
    if proof is None or proof.archived is None:
        return {}
    return {
        "archived_on": proof.fetched_at.isoformat(),
        "archive": proof.archived.archive,
        "archive_url": proof.archived.place,
    }


def compare_programme(site: Site, base: str, programme: str) -> Answer:
    """A programme from report to report: each number with its evidence."""
    found = comparison_of(site, programme)
    rows = [each for each in cells(found) if each["value"] is not None][: 2 * MOST]
    page = base + href("/comparison", parameters={"programme": programme})
    return {"page": page, "numbers": [_cell(base, each) for each in rows]} | ({} if rows else {"note": _NOTHING})


def _cell(base: str, cell: Mapping[str, Any]) -> Answer:
    ours = {name: each for name, each in cell.items() if name not in _THEIRS}
    page = {"page": base + href(f"/claims/{cell['claim']}")} if cell["claim"] else {}
    return ours | page | {"quoted": {name: cell[name] for name in _THEIRS}}


def check_statement(site: Site, base: str, statement: str, said_on: date | None) -> Answer:
    """The verdict on each number of a statement, with evidence and with what is similar."""
    checked = check(site.engine, statement, site.extractor(said_on), said_on=said_on)
    parameters = {"statement": statement} | ({"said_on": said_on.isoformat()} if said_on else {})
    told = [_finding(base, each) for each in checked.findings]
    note = {} if told else {"note": "No number and no project status was recognised in this statement."}
    return {
        "verdict": checked.verdict,
        "page": base + href("/check", parameters=parameters),
        "findings": told,
    } | note


def _finding(base: str, finding: Finding) -> Answer:
    return {
        "start": finding.asked.start,
        "end": finding.asked.end,
        "verdict": finding.verdict,
        "meaning": MEANINGS[finding.verdict]["en"],
        "evidence": [_proof(base, each) for each in finding.evidence[:_MOST_EVIDENCE]],
        "similar": [_proof(base, each.proof, why=why(each, "en")) for each in finding.similar],
        "quoted": {"explanation": sentence(finding, "en")},
    }


def whats_new_on(site: Site, base: str, day: date | None, source: str | None) -> Answer:
    """What was fetched for the first time on a day."""
    since, until = day_bounds(day or site.today())
    found = whats_new(site.engine, since=since, until=until, sources=[source] if source else None, limit=USUAL)
    fetched, _corrected = count_fetched(site.engine, since=since, until=until, sources=[source] if source else None)
    altered = changes(site.engine, since=since, until=until, known_before=True)
    told = [_claim(site, base, each) for each in found.claims]
    return {
        "day": (day or site.today()).isoformat(),
        "page": base + href("/new", parameters={"day": (day or site.today()).isoformat()}),
        "releases": fetched,
        "claims": found.stated,
        "changed": sum(source in (None, each.claim.source_id) for each in altered),
        "newest": told,
    } | ({} if told else {"note": _NOTHING})


def list_offices(site: Site) -> Answer:
    """The press offices, what is stored of them and how their last run went."""
    known = (
        {"id": each.source_id, "name": site.publisher(each.source_id)} | record(each) for each in health(site.engine)
    )
    return {"offices": [{name: each[name] for name in _OFFICE} for each in known]}


def _claim(site: Site, base: str, stored: StoredClaim) -> Answer:
    claim = stored.claim
    return {
        "key": stored.key,
        "page": base + href(f"/claims/{stored.key}"),
        "source_url": stored.url,
        "office": site.office_of(stored),
        "collection": stored.collection,
        "published": berlin_day(stored.published),
        "as_of": claim.reporting_date,
        "kind": claim.kind,
        "value": plain(claim.value),
        "value_to": plain(claim.value_to),
        "comparator": claim.comparator,
        "comparator_word": claim.comparator_word,
        "unit": claim.unit,
        "of": plain(claim.of),
        "status": claim.status,
        "modality": claim.modality,
        "quoted": _quoted(claim.quote, claim.sentence, stored.release_title, claim.speaker)
        | {"counted": claim.counted, "about": claim.subject},
    }


def _proof(base: str, proof: Evidence, **more: str) -> Answer:
    return {
        "key": proof.key,
        "page": base + href(f"/claims/{proof.key}"),
        "source_url": proof.url,
        "published": proof.published,
        "as_of": proof.reporting_date,
        "value": plain(proof.value),
        "comparator": proof.comparator,
        "comparator_word": proof.comparator_word,
        "modality": proof.modality,
        "quoted": _quoted(proof.quote, proof.sentence, proof.release_title, proof.speaker) | more,
    }


def _quoted(quote: str, sentence_: str, title: str, speaker: str | None) -> Answer:
    shown = sentence_ if len(sentence_) <= _LONGEST else f"{sentence_[:_LONGEST]} …"
    return {"quote": quote, "sentence": shown, "release": title, "speaker": speaker}
