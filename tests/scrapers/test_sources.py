"""Source files: all that are shipped are sound, and what is wrong with one is said to the character."""

import re
from datetime import date
from pathlib import Path

import pytest

from models.errors import InputError, UnknownSource
from scrapers.registry import FAMILIES, SOURCES, all_sources, load_source, registered, source

LANDS_WITH_MINISTRIES = ("baden-wuerttemberg", "bayern", "brandenburg", "hessen", "niedersachsen", "rheinland-pfalz")
LAENDER = {"BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"}
MINISTRIES = [
    "aa",
    "bmas",
    "bmbfsfj",
    "bmds",
    "bmf",
    "bmftr",
    "bmg",
    "bmi",
    "bmjv",
    "bmleh",
    "bmukn",
    "bmv",
    "bmvg",
    "bmwe",
    "bmwsb",
    "bmz",
]

GOOD = """\
publisher: Amt für Übungen
level: land
state: NW
homepage: https://amt.example/
hosts: [amt.example]
family: typo3
verified: never
feeds:
  - https://amt.example/feed.xml
"""


@pytest.fixture
def write(tmp_path):
    def write_source(text: str, name: str = "amt") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_source


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_is_sound(path):
    loaded = load_source(path)
    assert loaded.id == path.stem
    addresses = [*loaded.feeds, *loaded.sitemaps, *(x.url for x in (*loaded.lists, *loaded.endpoints))]
    assert all(loaded.owns(url) for url in addresses), "an address lies outside the office's hosts"
    assert all(re.fullmatch(r"[a-z0-9.-]+", host) for host in loaded.hosts)
    assert loaded.local or loaded.politeness.spacing >= 1


def test_coverage():
    sources = all_sources()
    public = [office for office in sources if not office.local]
    assert len(public) >= 200
    assert {office.state for office in public} == LAENDER | {"DE", "AT", "CH", "EU"}
    assert sum(office.level == "municipal" for office in public) >= 15
    assert set(MINISTRIES) | {"bundesregierung", "destatis"} <= {office.id for office in public}
    assert sum(office.id.startswith("nrw-") for office in public) == 14
    for land in LANDS_WITH_MINISTRIES:
        assert sum(office.id.startswith(land) for office in public) >= 10, f"ministries of {land} are missing"
    for portal in ("berlin", "bremen", "hamburg", "sachsen", "sachsen-anhalt", "thueringen"):
        assert source(portal).carries, f"{portal} says for whom it speaks"
    assert [office.id for office in sources] == sorted(office.id for office in sources)


def test_every_family_is_used():
    assert {path.stem for path in FAMILIES.glob("*.yaml")} == {office.family for office in all_sources()}


def test_a_source_inherits_from_its_family(write):
    loaded = load_source(write(GOOD))
    assert [layout.name for layout in loaded.layouts] == ["current"]
    assert loaded.layouts[0].selectors.body.css == ".news-text-wrap, [itemprop=articleBody]"


def test_a_source_changes_one_selector_of_a_layout(write):
    text = GOOD + "layouts:\n  - name: current\n    selectors:\n      date: {css: .datum}\n"
    selectors = load_source(write(text)).layouts[0].selectors
    assert (selectors.date.css, selectors.date.attribute, selectors.date.count) == (".datum", None, "1")
    assert selectors.body.css == ".news-text-wrap, [itemprop=articleBody]"


def test_a_new_layout_comes_before_the_familys(write):
    text = GOOD + "layouts:\n  - name: neu\n    selectors: {title: h1, body: main}\n"
    text += "  - {name: current, valid_until: 2024-12-31}\n"
    loaded = load_source(write(text))
    assert [layout.name for layout in loaded.layouts] == ["neu", "current"]
    days = {day: [layout.name for layout in loaded.layouts_at(day)] for day in (date(2024, 12, 31), date(2025, 1, 1))}
    assert list(days.values()) == [["neu", "current"], ["neu"]]


def test_a_source_can_do_without_its_familys_layouts(write):
    assert load_source(write(GOOD + "layouts: []\n")).layouts == ()


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("level: land", "level: stadt"), "2:1", "level: is none of 'federal', 'land'"),
        (("state: NW", "state: XX"), "3:1", "state: is none of 'DE'"),
        (("homepage: https://amt.example/", "homepage: amt.example"), "4:1", "http://"),
        (("hosts: [amt.example]", "hosts: [other.example]"), "1:1", "hosts must include"),
        (("family: typo3", "family: typo"), "6:9", "there is no family 'typo'; known are baden-wuerttemberg,"),
        (("verified: never", "verified: maybe"), "7:1", "verified"),
        (("publisher: Amt für Übungen\n", ""), "1:1", "publisher: this key is missing"),
        (("family: typo3\n", ""), "1:1", "family: this key is missing"),
        (("feeds:", "feed:"), "8:1", "feed: unknown key"),
        (("  - https://amt.example/feed.xml", "  - feed.xml"), "9:5", "http://"),
        (("level: land", "level: land\nlevel: land"), "3:1", "a second time"),
        (("level: land", "level: [land"), "3:6", "no valid YAML"),
    ],
)
def test_errors_are_said_to_the_character(write, change, place, words):
    path = write(GOOD.replace(*change))
    with pytest.raises(InputError) as caught:
        load_source(path)
    assert f"{path}:{place}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("politeness: {spacing: 0.5}\n", 1, "spacing below 1 s is for local sources only"),
        ("politeness:\n  spacing: -1\n", 11, "greater than or equal to 0"),
        ("release_url: '('\n", 10, "no valid regular expression"),
        ("gate: {must_have: 'div['}\n", 10, "no valid CSS selector"),
        ("layouts:\n  - name: current\n    selectors:\n      title: {css: h1, count: many}\n", 13, "count: must be"),
        ("lists:\n  - url: https://amt.example/\n    paging: {kind: page, last: 3}\n", 12, "last: unknown key"),
        ("lists:\n  - url: https://amt.example/\n    selectors: {item: a}\n    paging: {kind: x}\n", 13, "kind"),
        ("endpoints:\n  - url: https://amt.example/\n", 11, "needs either link, or html"),
    ],
)
def test_errors_deep_inside_too(write, more, line, words):
    path = write(GOOD + more)
    with pytest.raises(InputError) as caught:
        load_source(path)
    assert f"{path}:{line}:" in str(caught.value)
    assert words in str(caught.value)


def test_an_error_of_the_family_is_said_of_the_familys_file(write, tmp_path, monkeypatch):
    (tmp_path / "families").mkdir()
    family = tmp_path / "families" / "typo3.yaml"
    family.write_text("gate:\n  min_bytes: none\n")
    monkeypatch.setattr("scrapers.registry.FAMILIES", family.parent)
    with pytest.raises(InputError) as caught:
        load_source(write(GOOD))
    assert f"{family}:2:3: gate.min_bytes" in str(caught.value)


def test_no_mapping_and_no_file(write, tmp_path):
    with pytest.raises(InputError, match="must hold keys and values"):
        load_source(write("- a\n"))
    with pytest.raises(InputError, match="cannot be read"):
        load_source(tmp_path / "missing.yaml")


def test_a_source_by_its_id():
    assert source("bmas").publisher == "Bundesministerium für Arbeit und Soziales"


def test_an_unknown_id_names_those_most_alike():
    with pytest.raises(UnknownSource, match="did you mean bmas"):
        source("bmaas")
    with pytest.raises(UnknownSource, match="`bilanz sources` lists all"):
        source("qqqqqqqqqq")


def test_a_folder_of_ones_own(write, tmp_path):
    write(GOOD, "stadt")
    assert source("stadt", tmp_path).homepage == "https://amt.example/"
    assert "stadt" in {office.id for office in all_sources(tmp_path)}
    assert "stadt" not in {office.id for office in all_sources()}


def test_a_folder_that_is_not_there_is_no_folder_without_offices(tmp_path):
    with pytest.raises(InputError, match=r"nichtda is not there .BILANZ_SOURCES."):
        registered(tmp_path / "nichtda")
    with pytest.raises(InputError, match="BILANZ_SOURCES"):
        source("bmas", tmp_path / "nichtda")


def test_ones_own_offices_without_the_bundled_ones(write, tmp_path):
    write(GOOD, "stadt")
    assert [office.id for office in registered(tmp_path, bundled=False).real] == ["stadt"]
    with pytest.raises(InputError, match="BILANZ_SOURCES names no others"):
        registered(bundled=False)


def test_a_broken_file_stops_no_other(write, tmp_path):
    write(GOOD, "stadt")
    write("family: generic\nlevel: [", "kaputt")
    found = registered(tmp_path, bundled=False)
    assert [office.id for office in found.sources] == ["stadt"]
    assert list(found.faults) == ["kaputt"]
    assert "kaputt.yaml" in str(found.faults["kaputt"])
    with pytest.raises(InputError, match=r"kaputt\.yaml"):
        all_sources(tmp_path)


@pytest.mark.parametrize(
    ("count", "allowed", "refused"),
    [("1", [1], [0, 2]), ("1+", [1, 99], [0]), ("0-1", [0, 1], [2]), ("0+", [0, 9], [])],
)
def test_expected_counts(write, count, allowed, refused):
    text = GOOD + f"layouts:\n  - name: current\n    selectors:\n      lead: {{css: p, count: '{count}'}}\n"
    lead = load_source(write(text)).layouts[0].selectors.lead
    assert all(map(lead.allows, allowed))
    assert not any(map(lead.allows, refused))


def test_hosts(write):
    loaded = load_source(
        write(
            GOOD.replace("[amt.example]", "[www.amt.example, alt.example]")
            .replace("//amt", "//www.amt")
            .replace("https://amt", "https://www.amt")
        )
    )
    assert all(
        loaded.owns(f"https://{host}/x")
        for host in ("amt.example", "WWW.amt.example", "alt.example", "www.alt.example")
    )
    assert not any(loaded.owns(f"https://{host}/x") for host in ("x.amt.example", "amt.example.org", "example"))


def test_an_office_that_a_portal_carries_needs_no_ways_and_is_not_asked(write, tmp_path):
    text = GOOD[: GOOD.index("feeds:")]
    with pytest.raises(InputError, match="needs at least one of feeds"):
        load_source(write(text))
    assert not load_source(write(text + "carried_by: land-nrw\n")).has_ways
    assert "amt" in {office.id for office in all_sources(tmp_path)}
    assert "amt" not in {office.id for office in registered(tmp_path).real}


def test_who_stands_in_is_a_source_itself():
    ids = {office.id for office in all_sources()}
    assert {office.carried_by for office in all_sources() if office.carried_by} <= ids
