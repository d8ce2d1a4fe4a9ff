"""Reading: search as people type, filters, pages, facets, what is new."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import Engine

from db.archive.outdated import Rules, forget_rules, outdated_releases
from db.claims import word_counts
from db.claims.facets import _counts_of_matching, facets
from db.claims.queries import NOT_STATED, ClaimFilter, claim, claims, history
from db.curation.judgements import judge
from db.curation.names import ProjectNames
from db.releases.news import whats_new
from db.releases.queries import release, releases, stored_revisions
from models.claim import Cue, Project
from models.errors import InputError
from models.filters import Order
from tests.support.releases import extraction, moment, page, says, store

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
        ("Professur", ["Professur bleibt frei", "27 Forschungsprofessuren"]),
        ("professuren", ["Professur bleibt frei", "27 Forschungsprofessuren"]),
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
        ({"status": NOT_STATED, "kind": "count"}, ["12 Straßenbäume"]),
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


def walked(engine: Engine, wanted: ClaimFilter, limit: int, order: Order = "relevance") -> list[str]:
    """Quotes of all pages one after the other."""
    found: list[str] = []
    after: str | None = None
    while True:
        part = claims(engine, wanted, limit=limit, after=after, order=order)
        assert len(part.claims) <= limit
        found += [each.claim.quote for each in part.claims]
        after = part.next
        if after is None:
            return found


def store_lines(engine: Engine, *lines: tuple[str, str]) -> None:
    """One release for each day and sentence, with one claim: the sentence itself."""
    for number, (day, line) in enumerate(lines):
        made = page(f"Nr. {number}", line, day)
        store(engine, f"{HOST}{number}", made, extraction(made, [says(line.rstrip("."), value="1", counted="Ding")]))


@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize("text", [None, "Ding", "Nr Ding"])
def test_pages_follow_each_other_without_gap_or_overlap(engine: Engine, text: str | None, limit: int) -> None:
    lines = [(f"2024-01-0{1 + number // 3}", f"Nr {number} ist hier.") for number in range(7)]
    store_lines(engine, *lines)
    found = walked(engine, ClaimFilter(text=text), limit)
    assert sorted(found) == [line.rstrip(".") for _, line in lines]
    days = [next(day for day, line in lines if line.startswith(quote)) for quote in found]
    assert days == sorted(days, reverse=True)


BY_WORDS = (
    ("2020-01-01", "Ein Radweg an der Schule."),
    ("2021-01-01", "Ein Radweg an der Grundschule."),
    ("2022-01-01", "Ein Landradweg an der Schule."),
    ("2023-01-01", "Ein Landradweg an der Hochschule."),
    ("2024-01-01", "Ein Radweg am Hafen."),
    ("2025-01-01", "Eine Berufsschule am Hafen."),
    ("2019-01-01", "Radwege an den Schulen."),
)


@pytest.fixture(params=["rare words", "frequent words"])
def frequency(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that have a rare word are sorted, those of a frequent one walked: both give the same."""
    if request.param == "frequent words":
        monkeypatch.setattr(word_counts, "FREQUENT", 1)


@pytest.mark.usefixtures("frequency")
@pytest.mark.parametrize("limit", [1, 2, 100])
@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Radweg", ["2024", "2021", "2020", "2019", "2023", "2022"]),
        ("schule", ["2022", "2020", "2019", "2025", "2023", "2021"]),
        ("Radweg Schule", ["2020", "2019", "2022", "2021", "2023"]),
        ("schulen radwege", ["2020", "2019", "2022", "2021", "2023"]),
        ("Hafen Schule", ["2025"]),
    ],
)
def test_words_of_their_own_come_before_parts_of_compounds(
    engine: Engine, text: str, years: list[str], limit: int
) -> None:
    store_lines(engine, *BY_WORDS)
    quotes_by_year = {day[:4]: line.rstrip(".") for day, line in BY_WORDS}
    assert walked(engine, ClaimFilter(text=text), limit) == [quotes_by_year[year] for year in years]
    newest = claims(engine, ClaimFilter(text=text), order="date").claims
    assert [each.claim.quote for each in newest] == [quotes_by_year[year] for year in sorted(years, reverse=True)]
    oldest = walked(engine, ClaimFilter(text=text), limit, order="oldest")
    assert oldest == [quotes_by_year[year] for year in sorted(years)]
    assert facets(engine, ClaimFilter(text=text), names=("kind",)).total == len(years)


def test_what_was_published_first_is_the_oldest_whatever_its_date(engine: Engine) -> None:
    store_lines(engine, ("2022-09-01", "Es sind 25 Dinge."))
    later = page("Rückblick", "Es waren 25 Dinge.", "2022-09-13")
    looking_back = extraction(later, [says("25 Dinge", value="25", counted="Ding")], reporting_date="2021-12-31")
    store(engine, HOST + "later", later, looking_back)
    for text in (None, "Ding"):
        for order, days in (("oldest", ["2022-09-01", "2022-09-13"]), ("published", ["2022-09-13", "2022-09-01"])):
            found = claims(engine, ClaimFilter(text=text), order=cast(Order, order)).claims
            assert [each.published.date().isoformat() for each in found if each.published] == days
            first = claims(engine, ClaimFilter(text=text), order=cast(Order, order), limit=1)
            rest = claims(engine, ClaimFilter(text=text), order=cast(Order, order), after=first.next)
            assert [*first.claims, *rest.claims] == list(found)


def test_claims_of_a_day_of_publication_are_found_whatever_their_date(engine: Engine) -> None:
    for day, date in (("2022-09-13", "2021-12-31"), ("2022-09-14", "2022-09-13")):
        release = page(f"Bericht {day}", f"Es waren 25 Dinge, {day}.", day)
        told = extraction(release, [says("25 Dinge", value="25", counted="Ding")], reporting_date=date)
        store(engine, HOST + day, release, told)
    for span, days in (
        ({"published_since": "2022-09-13", "published_until": "2022-09-13"}, ["2022-09-13"]),
        ({"published_since": "2022-09"}, ["2022-09-14", "2022-09-13"]),
        ({"published_until": "2022-08"}, []),
    ):
        found = claims(engine, ClaimFilter(**span)).claims
        assert [each.published.date().isoformat() for each in found if each.published] == days


def test_claims_are_found_by_the_time_for_which_they_are_announced(engine: Engine) -> None:
    release = page(
        "Plan", "3 Stege bis 2026, 4 Boote 2027. Start ab 2025 bis 2030. Fortgesetzt 2025 bis 2031.", "2024-05-01"
    )
    planned: dict[str, str] = {"modality": "planned"}
    state = {"kind": "status", **planned}
    told = [
        says("3 Stege", value="3", counted="Steg", until="2026", **planned),
        says("4 Boote", value="4", counted="Boot", as_of="2027", **planned),
        says("Start", status="started", since="2025", until="2030", **state),
        says("Fortgesetzt", status="continued", as_of="2025", until="2031", **state),
    ]
    store(engine, HOST + "plan", release, extraction(release, told))
    assert sorted(quotes(engine, due_since="2026")) == ["3 Stege", "4 Boote"]
    assert sorted(quotes(engine, due_until="2025")) == ["Fortgesetzt", "Start"]


def test_a_status_is_what_has_happened_and_what_is_announced_is_planned(engine: Engine) -> None:
    release = page(
        "Stand", "3 Stege sind fertig. 4 sollen fertig werden. 5 Boote sind geplant. 6 nicht fertig.", "2024-05-01"
    )
    done = {"status": "completed", "counted": "Steg"}
    told = [
        says("3 Stege", value="3", **done),
        says("4", value="4", modality="planned", **done),
        says("5 Boote", value="5", counted="Boot", status="planned"),
        says("6", value="6", modality="denied", **done),
    ]
    store(engine, HOST + "stand", release, extraction(release, told))
    assert quotes(engine, status="completed") == ["3 Stege"]
    assert sorted(quotes(engine, status="planned")) == ["4", "5 Boote"]
    assert quotes(engine, status=NOT_STATED) == ["6"]
    assert quotes(engine, status="completed", modality="planned") == ["4"], "the completion that is announced"
    for wanted, counts in (
        (ClaimFilter(), {"completed": 1, "planned": 2, NOT_STATED: 1}),
        (ClaimFilter(kind="count"), {"completed": 1, "planned": 2, NOT_STATED: 1}),
        (ClaimFilter(modality="planned"), {"completed": 1}),
    ):
        assert dict(facets(engine, wanted, names=("status",)).facets[0].counts) == counts, wanted


@pytest.mark.usefixtures("frequency")
def test_a_word_that_can_be_two_is_found_once_by_the_better(engine: Engine) -> None:
    """ "strasse" may be "Straße" or "Strass"."""
    store_lines(
        engine,
        ("2020-01-01", "Eine Straße mit Strass."),
        ("2021-01-01", "Eine Landstraße mit Strass."),
        ("2022-01-01", "Eine Landstraße."),
    )
    found = ["Eine Landstraße mit Strass", "Eine Straße mit Strass", "Eine Landstraße"]
    assert walked(engine, ClaimFilter(text="strasse"), 1) == walked(engine, ClaimFilter(text="strasse"), 9) == found
    assert facets(engine, ClaimFilter(text="strasse"), names=("kind",)).total == 3


def test_bad_page_requests_are_refused(filled: Engine) -> None:
    with pytest.raises(InputError, match="stand in every text"):
        claims(filled, ClaimFilter(text="und die"))
    with pytest.raises(InputError):
        claims(filled, limit=0)
    for nonsense in ("nonsense", "x~2024~key", "2024-01-01~key"):
        with pytest.raises(InputError, match="continuation of a page"):
            claims(filled, after=nonsense)
    with pytest.raises(InputError):
        claim(filled, "no such key")


def test_facets_count_what_is_not_stated(filled: Engine) -> None:
    found = facets(filled)
    counts = {facet.field: dict(facet.counts) for facet in found.facets}
    assert (found.total, found.exact) == (5, True)
    assert counts["status"] == {NOT_STATED: 1, "planned": 1, "operating": 1, "approved": 1, "paused": 1}
    assert counts["year"] == {"2024": 3, "2023": 2}
    assert counts["source"] == {"land": 3, "coast": 2}
    assert dict(facets(filled, ClaimFilter(text="Professur"), names=("project",)).facets[0].counts) == {"Uni-Pakt": 2}


def test_facets_count_a_project_once_by_whichever_name_it_is_told(filled: Engine) -> None:
    told = page("Pakt", "Im Pakt für Unis entstehen 7 Labore.", "2024-05-01")
    labs = says("7 Labore", value="7", counted="Labor", subject="Pakt für Unis")
    store(filled, HOST + "pakt", told, extraction(told, [labs], projects=(Project("Pakt für Unis"),)))
    judge(filled, "Uni-Pakt", "Pakt für Unis", "same", author="Ina Muster", now=moment("2024-06-01"))
    for wanted in (ClaimFilter(), ClaimFilter(kind="count"), ClaimFilter(project="Pakt für Unis")):
        (counted,) = facets(filled, wanted, names=("project",)).facets
        stated = {name: count for name, count in counted.counts if name != NOT_STATED}
        about = claims(filled, replace(wanted, project="Uni-Pakt")).claims
        assert stated == {"Uni-Pakt": len(about)}, wanted


def test_facets_are_what_a_plain_count_comes_to(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Deichbau", "Deich-Bau", "Hafenbau", "Radnetz", "Uni-Pakt", "Pakt für Unis", "Seenland", None]
    told = page("Vorhaben", " ".join(f"Dort gibt es {count} Pfähle." for count in range(1, 30)), "2024-05-01")
    piles = [
        says(f"{count} Pfähle", value=str(count), counted="Pfahl", subject=names[count * count % 11 % len(names)])
        for count in range(1, 30)
    ]
    store(filled, HOST + "bau", told, extraction(told, piles))
    judge(filled, "Hafenbau", "Seenland", "same", author="Ina Muster", now=moment("2024-06-01"))
    with filled.connect() as connection:
        projects = ProjectNames(connection)
    for most in (200, 2):
        monkeypatch.setattr("db.claims.facets.MOST_VALUES", most)
        _counts_of_matching.cache_clear()
        for wanted in (
            ClaimFilter(),
            ClaimFilter(counted="Pfahl"),
            ClaimFilter(text="Pfähle"),
            ClaimFilter(kind="count"),
        ):
            found = [each.claim for each in claims(filled, wanted, limit=1000).claims]
            plain = {
                "project": Counter(
                    NOT_STATED if each.subject is None else projects.root(each.subject) for each in found
                ),
                "status": Counter(
                    {"planned": "planned", "actual": each.status or NOT_STATED}.get(each.modality, NOT_STATED)
                    for each in found
                ),
                "year": Counter((each.reporting_date or "")[:4] or NOT_STATED for each in found),
            }
            for facet in facets(filled, wanted, names=tuple(plain)).facets:
                keyed = facet.field == "project"
                told_as = {projects.root(name) if keyed and name != NOT_STATED else name: n for name, n in facet.counts}
                frequent = sorted(plain[facet.field].items(), key=lambda each: (-each[1], each[0]))[:most]
                assert told_as == dict(frequent), (wanted, facet)
    _counts_of_matching.cache_clear()


def test_facets_beyond_the_limit_say_more_than(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.claims.facets.ALL_EXACT_TO", 4)
    monkeypatch.setattr("db.claims.facets.EXACT_TO", 1)
    assert [(found.total, found.exact) for found in (facets(filled), facets(filled, ClaimFilter(kind="count")))] == [
        (4, False),
        (1, False),
    ]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_words_are_counted_as_far_as_the_limit(engine: Engine, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """ "strasse" stands as two terms, which two of the claims have both."""
    years = ("2020", "2021", "2022", "2023")
    lines = ("Eine Straße mit Strass.", "Eine Landstraße mit Strass.", "Eine Landstraße.", "Ein Radweg.")
    store_lines(engine, *((f"{year}-01-01", line) for year, line in zip(years, lines, strict=True)))
    monkeypatch.setattr("db.claims.facets.EXACT_TO", most)
    monkeypatch.setattr("db.claims.facets._SAMPLE", 1)
    for wanted in (ClaimFilter(text="strasse"), ClaimFilter(text="strasse", kind="count")):
        found = facets(engine, wanted, names=("year",))
        assert (found.total, found.exact) == (min(most, 3), most >= 3)
        assert sum(count for _, count in found.facets[0].counts) == (3 if found.exact else 1)


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
    assert len(stored_revisions(filled, [result.release_id])) == 2
    rules = Rules("page-1", "pdf-1", read.extractor_version)
    assert stored_revisions(filled, [result.release_id], unless_read_by=rules) == []
    other = replace(rules, extractor="next")
    assert len(stored_revisions(filled, [result.release_id], unless_read_by=other)) == 2


def test_releases_that_other_rules_have_read(filled: Engine) -> None:
    every = outdated_releases(filled, None, limit=9)
    read_by = Rules("page-1", "pdf-1", extraction(UNI, []).extractor_version)
    assert (len(every), outdated_releases(filled, read_by, limit=9)) == (2, [])
    assert outdated_releases(filled, replace(read_by, page="next"), limit=9) == every
    assert outdated_releases(filled, None, after=every[0], limit=9) == every[1:]
    (land,) = outdated_releases(filled, None, source="land", limit=9)
    forget_rules(filled, [land])
    assert outdated_releases(filled, read_by, limit=9) == [land]


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
    assert "9000000" not in [found.claim.value for found in new.claims], "it is told as corrected"
    assert len(new.claims) == 3
    assert whats_new(filled, since=day, until=day + timedelta(days=1), sources=["land"]).corrected == ()
