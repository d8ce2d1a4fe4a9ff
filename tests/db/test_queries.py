"""Reading: search as people type, filters, pages, facets, what is new."""

from datetime import timedelta
from decimal import Decimal

import pytest
from db_samples import extraction, moment, page, says, store
from sqlalchemy import Engine

from db.facets import facets
from db.queries import NOT_STATED, ClaimFilter, claim, claims, history
from db.releases import release, releases, stored_revisions, whats_new
from models.claim import Cue, Project
from models.errors import InputError

HOST = "https://office.example/"
UNI = page(
    "Hochschulen",
    "Das Land hat 27 Forschungsprofessuren besetzt. In den Städten stehen 12 Straßenbäume. 3 Häuser folgen.",
    "2024-03-01",
)
DIKE = page("Deichbau", "Am Deich wurden 8,5 Millionen Euro verbaut. Die Professur bleibt frei.", "2023-05-01")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    uni = extraction(
        UNI,
        [
            says(
                "27 Forschungsprofessuren",
                value="27",
                counted="Forschungsprofessur",
                status="operating",
                subject="Uni-Pakt",
            ),
            says("12 Straßenbäume", value="12", counted="Straßenbaum"),
            says("3 Häuser", value="3", counted="Haus", modality="planned", speaker="Ina Muster"),
        ],
        projects=(Project("Uni-Pakt", ("UP",)),),
    )
    dike = extraction(
        DIKE,
        [
            says("8,5 Millionen Euro", value="8500000", kind="money", unit="EUR", status="approved"),
            says("Professur bleibt frei", kind="status", status="paused", subject="Uni-Pakt"),
        ],
    )
    store(engine, HOST + "uni", UNI, uni)
    store(engine, HOST + "dike", DIKE, dike, source_id="coast")
    return engine


def quotes(engine: Engine, **wanted: object) -> list[str]:
    return [found.claim.quote for found in claims(engine, ClaimFilter(**wanted)).claims]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Professur", ["27 Forschungsprofessuren", "Professur bleibt frei"]),
        ("professuren", ["27 Forschungsprofessuren", "Professur bleibt frei"]),
        ("FORSCHUNGSPROFESSUR", ["27 Forschungsprofessuren"]),
        ("Stadt", ["12 Straßenbäume"]),
        ("Staedte", ["12 Straßenbäume"]),
        ("strasse", ["12 Straßenbäume"]),
        ("Baum Straße", ["12 Straßenbäume"]),
        ("Haus", ["3 Häuser"]),
        ("Häuser Muster", ["3 Häuser"]),
        ("Professur Deich", []),
        ("uni-pakt", ["27 Forschungsprofessuren", "Professur bleibt frei"]),
        ("Raumschiff", []),
    ],
)
def test_words_find_inflected_forms_and_parts_of_compounds(filled: Engine, text: str, found: list[str]) -> None:
    assert quotes(filled, text=text) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"status": "approved"}, ["8,5 Millionen Euro"]),
        ({"status": NOT_STATED, "kind": "count"}, {"12 Straßenbäume", "3 Häuser"}),
        ({"project": "uni pakt"}, ["27 Forschungsprofessuren", "Professur bleibt frei"]),
        ({"project": NOT_STATED, "source": "coast"}, ["8,5 Millionen Euro"]),
        ({"since": "2024"}, {"27 Forschungsprofessuren", "12 Straßenbäume", "3 Häuser"}),
        ({"until": "2023"}, {"8,5 Millionen Euro", "Professur bleibt frei"}),
        ({"at_least": Decimal("12"), "at_most": Decimal("27")}, {"27 Forschungsprofessuren", "12 Straßenbäume"}),
        ({"at_least": Decimal("1e6")}, ["8,5 Millionen Euro"]),
        ({"speaker": "Ina Muster", "modality": "planned"}, ["3 Häuser"]),
        ({"counted": "strassenbaum"}, ["12 Straßenbäume"]),
        ({"text": "Professur", "source": "coast"}, ["Professur bleibt frei"]),
    ],
)
def test_filters(filled: Engine, wanted: dict[str, object], found: object) -> None:
    assert type(found)(quotes(filled, **wanted)) == found  # type: ignore[call-arg]


def test_pages_follow_each_other_without_gap_or_overlap(engine: Engine) -> None:
    for number in range(7):
        made = page(f"Nr {number}", f"Es sind {number} Bäume und {number + 100} Büsche.", f"2024-01-0{1 + number // 3}")
        read = [says(f"{n}", value=str(n), counted="Ding") for n in (number + 100,)] + [
            says(f"sind {number} Bäume", value=str(number), counted="Baum")
        ]
        store(engine, f"{HOST}{number}", made, extraction(made, read))
    whole = [found.key for found in claims(engine, limit=100).claims]
    for wanted in (ClaimFilter(), ClaimFilter(text="Baum")):
        walked: list[str] = []
        after: str | None = None
        while True:
            part = claims(engine, wanted, limit=3, after=after)
            walked += [found.key for found in part.claims]
            after = part.next
            if after is None:
                break
        assert walked == whole
    assert len(whole) == 14


def test_bad_page_requests_are_refused(filled: Engine) -> None:
    with pytest.raises(InputError, match="stand in every text"):
        claims(filled, ClaimFilter(text="und die"))
    with pytest.raises(InputError):
        claims(filled, limit=0)
    with pytest.raises(InputError):
        claims(filled, after="nonsense")
    with pytest.raises(InputError):
        claim(filled, "no such key")


def test_facets_count_what_is_not_stated(filled: Engine) -> None:
    found = facets(filled)
    counts = {facet.field: dict(facet.counts) for facet in found.facets}
    assert (found.total, found.exact) == (5, True)
    assert counts["status"] == {NOT_STATED: 2, "operating": 1, "approved": 1, "paused": 1}
    assert counts["year"] == {"2024": 3, "2023": 2}
    assert counts["source"] == {"land": 3, "coast": 2}
    assert dict(facets(filled, ClaimFilter(text="Professur"), names=("project",)).facets[0].counts) == {"Uni-Pakt": 2}


def test_facets_beyond_the_limit_say_more_than(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.facets.EXACT_TO", 4)
    found = facets(filled)
    assert (found.total, found.exact) == (4, False)


def test_cues_and_history_come_with_a_claim(engine: Engine) -> None:
    read = extraction(UNI, [says("3 Häuser", value="3", counted="Haus", cues=(Cue("modality", 12, 15),))])
    store(engine, HOST, UNI, read)
    (key,) = [found.key for found in claims(engine).claims]
    assert claim(engine, key).claim.cues == (Cue("modality", 12, 15),)
    store(engine, HOST, UNI, extraction(UNI, [says("3 Häuser", value="4", counted="Haus")], version="rules-2"))
    assert [old.claim.value for old in history(engine, key)] == [3, 4]
    assert claim(engine, key).claim.value == 4 and claim(engine, key).extractor_version == "rules-2"


def test_release_with_its_revisions_and_claims(filled: Engine) -> None:
    changed = page(DIKE.title, "Am Deich wurden 9 Millionen Euro verbaut.", "2023-05-01")
    read = extraction(changed, [says("9 Millionen Euro", value="9000000", kind="money", unit="EUR")])
    result = store(filled, HOST + "dike", changed, read, fetched_at=moment("2023-06-01"), source_id="coast")
    found = release(filled, result.release_id)
    assert [revision.release.text for revision in found.revisions] == [DIKE.text, changed.text]
    assert found.revisions[0].snapshot.body.decode() == f"<main>{DIKE.text}</main>"
    assert [each.claim.quote for each in found.claims] == ["9 Millionen Euro"]
    assert (found.summary.revisions, found.summary.claims, found.urls) == (2, 1, (HOST + "dike",))
    assert len(list(stored_revisions(filled))) == 3
    assert [each.source_id for each in stored_revisions(filled, source="land")] == ["land"]


def test_lists_of_releases(filled: Engine) -> None:
    assert [found.url for found in releases(filled)] == [HOST + "uni", HOST + "dike"]
    assert [found.url for found in releases(filled, source="coast")] == [HOST + "dike"]
    assert [found.url for found in releases(filled, project="UP")] == [HOST + "uni"]
    assert [found.url for found in releases(filled, until=moment("2024-01-01"))] == [HOST + "dike"]


def test_what_is_new(filled: Engine) -> None:
    changed = page(DIKE.title, "Am Deich wurden 9 Millionen Euro verbaut.", "2023-05-01")
    read = extraction(changed, [says("9 Millionen Euro", value="9000000", kind="money", unit="EUR")])
    day = moment("2024-03-01", 0)
    store(filled, HOST + "dike", changed, read, fetched_at=day + timedelta(hours=1), source_id="coast")
    new = whats_new(filled, since=day, until=day + timedelta(days=1))
    assert [found.url for found in new.releases] == [HOST + "uni"]
    assert [found.url for found in new.corrected] == [HOST + "dike"]
    assert len(new.claims) == 4
    assert whats_new(filled, since=day, until=day + timedelta(days=1), source="land").corrected == ()
