"""Files of archives are checked as those of offices are, and an index that answers nonsense is no index."""

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from models.archive import Capture, Query
from models.errors import InputError, UnexpectedContent
from scrapers.archives.index import address_of, read_page
from scrapers.archives.lists import list_addresses, office_address
from scrapers.archives.registry import all_archives, archive, load_archive
from tests.support.archive import described
from tests.support.years import HOST, office

BASE = "https://archiv.example"
QUERY = Query(f"https://www.{HOST}/pm/", "prefix", date(2012, 1, 1))


def test_archives_of_the_package_are_sound_and_spare_their_hosts() -> None:
    found = all_archives()
    assert {each.id for each in found} == {"internet-archive", "archive-it", "common-crawl"}
    for each in found:
        assert each.index.spacing >= 2
        assert each.replay.spacing >= 1
        assert not each.local
        capture = Capture("https://a.example/", datetime(2016, 1, 2, 3, 4, 5, tzinfo=UTC), record="f.gz 5 6")
        assert "{" not in each.place(capture)
    assert archive("internet-archive").index.spacing == 3


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("index: {url: ftp://x.example, spacing: 3}", "http"),
        ("index: {url: https://x.example, spacing: 0}", "greater than 0"),
        ("replay: {url: https://x.example, spacing: 1}", "must hold {timestamp} and {url}"),
        ("dialect: gopher", "wayback"),
        ("unknown: 1", "unknown key"),
    ],
)
def test_what_breaks_the_schema_is_told_with_its_place(tmp_path: Path, line: str, word: str) -> None:
    known = {
        "name": "Archiv",
        "homepage": BASE,
        "dialect": "wayback",
        "index": f"{{url: {BASE}/cdx, spacing: 3}}",
        "replay": f'{{url: "{BASE}/{{timestamp}}id_/{{url}}", spacing: 1}}',
        "view": f'"{BASE}/{{timestamp}}/{{url}}"',
        "verified": "never",
    }
    name, _, value = line.partition(": ")
    text = "\n".join(f"{key}: {given}" for key, given in (known | {name: value}).items())
    (tmp_path / "eins.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        load_archive(tmp_path / "eins.yaml")
    assert word in str(error.value)
    assert "eins.yaml:" in str(error.value)


def test_unknown_archive_is_told_with_what_is_like_it() -> None:
    with pytest.raises(InputError, match="did you mean internet-archive"):
        archive("internet-archiv")


def test_index_is_asked_so_that_it_names_where_to_go_on() -> None:
    asked = address_of(described(BASE), QUERY, None)
    assert all(part in asked for part in ("fl=urlkey%2C", "limit=5000", "showResumeKey=true", "from=20120101"))
    assert address_of(described(BASE), QUERY, "amt%2Cx+2016").endswith("&resumeKey=amt%2Cx+2016")


def test_rows_are_read_and_odd_ones_left_out() -> None:
    rows = (
        f"x 20160501100000 http://{HOST}/pm/1 text/html 200 ABC 9\n"
        f"x 20160502100000 http://{HOST}/pm/1 warc/revisit - ABC 9\n"
        f"x 20110502100000 http://{HOST}/pm/1 text/html 200 OLD 9\n"
        f"x 20161302100000 http://{HOST}/pm/1 text/html 200 BAD 9\n\nnext+key\n"
    )
    page = read_page(described(BASE), rows.encode(), BASE, QUERY)
    assert page.resume == "next+key"
    first, second = page.captures
    assert (first.digest, first.status, first.mime, first.stamp) == ("ABC", 200, "text/html", "20160501100000")
    assert (second.digest, second.status, second.mime) == ("ABC", None, None)


@pytest.mark.parametrize("dialect", ["wayback", "cdxj", "timemap"])
def test_whatever_an_index_sends_the_error_is_one(dialect: str) -> None:
    noise = Random(3)
    bodies = [b"<html><h1>Wartung</h1></html>", b'{"url": 1}', b"[]", b"\xff\xfe", noise.randbytes(2000)]
    for body in bodies:
        try:
            found = read_page(described(BASE, dialect), body, BASE, QUERY)
        except UnexpectedContent as error:
            assert BASE in str(error)
        else:
            assert found.captures == ()


def test_addresses_of_one_page_are_one() -> None:
    written = [
        f"http://{HOST}/pm/1", f"http://{HOST}:80/pm/1", f"https://WWW.{HOST}/pm/1#top", f"http://{HOST}/pm/1;jsessionid=4F",
    ]  # fmt: skip
    assert {office_address(office(), each) for each in written} == {f"https://www.{HOST}/pm/1"}
    assert office_address(office(), "https://andere.example/pm/1") is None
    assert office_address(office(), "javascript:alert(1)") is None


def test_lists_by_the_year_are_sought_back_to_the_first_day_of_interest() -> None:
    selectors = {"item": "li", "link": "a"}
    paging = {"kind": "year", "earliest": "2005-01-01"}
    source = office(lists=({"url": f"https://www.{HOST}/pm?jahr={{year}}", "paging": paging, "selectors": selectors},))
    found = list_addresses(source, date(2014, 1, 1), date(2016, 5, 1))
    assert [each for each in found if "jahr" in each] == [
        f"https://www.{HOST}/pm?jahr={year}" for year in (2016, 2015, 2014)
    ]
