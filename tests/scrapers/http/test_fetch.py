"""Fetching against a real server: what comes back, what is raised, how many requests were made."""

import gzip
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from threading import Event

import pytest

from models.addresses import may_speak_to
from models.errors import BlockedResponse, FetchError, Forbidden, Gone, InputError, Unreachable
from models.release import Snapshot
from models.source import Source
from scrapers.http.fetch import Fetcher, NotModified
from scrapers.http.slots import LocalSlots
from tests.support.simulator import Answer, FakeClock, PressOffice
from tests.support.simulator.faults import (
    busy,
    cut_off,
    cut_off_chunks,
    cut_off_without_length,
    cut_off_zipped,
    gzip_bomb,
    hang_up,
    huge,
    redirect,
    slow_body,
    slow_headers,
    zipped,
)

PAGE = Answer(b"<html><title>Amt</title>" + b"<p>Text</p>" * 100 + b"</html>")


def fetched(fetcher: Fetcher, url: str, source: Source) -> Snapshot:
    answer = fetcher.get(url, source=source)
    assert isinstance(answer, Snapshot)
    return answer


def test_a_page_comes_with_its_bytes_and_headers(fetcher, clock, office, source):
    url = office.serve("/pm", PAGE)
    snapshot = fetched(fetcher, url, source)
    assert (snapshot.url, snapshot.status, snapshot.body) == (url, 200, PAGE.body)
    assert snapshot.fetched_at == clock.now()
    assert dict(snapshot.headers)["Content-Type"] == "text/html; charset=utf-8"
    assert [request.url for request in office.requests] == ["/robots.txt", "/pm"]


def test_we_say_who_we_are(with_contact, office, source):
    fetched(with_contact, office.serve("/pm", PAGE), source)
    agents = {request.headers["user-agent"] for request in office.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("Zwischenbilanz/")
    assert "(+redaktion@example.org)" in office.requests[0].headers["user-agent"]


def test_without_a_contact_no_real_office_is_asked(fetcher, office, make_source):
    public = make_source(office, local=False, politeness={})
    with pytest.raises(InputError, match="BILANZ_CONTACT"):
        fetcher.get(office.url + "/pm", source=public)
    assert office.requests == []


def test_unchanged_pages_are_not_sent_again(fetcher, office, source):
    url = office.serve("/pm", PAGE)
    etag = dict(fetched(fetcher, url, source).headers)["ETag"]
    again = fetcher.get(url, source=source, etag=etag, last_modified="Mon, 02 Jun 2025 08:00:00 GMT")
    assert isinstance(again, NotModified)
    assert office.requests[-1].headers["if-none-match"] == etag
    assert office.requests[-1].headers["if-modified-since"] == "Mon, 02 Jun 2025 08:00:00 GMT"
    assert office.count("/pm") == 2


def test_a_304_that_nobody_asked_for_is_an_error(fetcher, office, source):
    with pytest.raises(FetchError, match="answers 304"):
        fetcher.get(office.serve("/pm", Answer(status=304)), source=source)


# robots.txt


def test_robots_txt_forbids(fetcher, office, source):
    office.serve("/robots.txt", Answer(b"User-agent: *\nDisallow: /intern/\n"))
    with pytest.raises(Forbidden, match=r"robots\.txt"):
        fetcher.get(office.serve("/intern/pm", PAGE), source=source)
    fetched(fetcher, office.serve("/pm", PAGE), source)
    assert office.count("/intern/pm") == 0
    assert office.count("/robots.txt") == 1


def test_robots_txt_may_speak_to_us_alone(fetcher, office, source):
    office.serve("/robots.txt", Answer(b"User-agent: *\nAllow: /\n\nUser-agent: Zwischenbilanz\nDisallow: /\n"))
    with pytest.raises(Forbidden):
        fetcher.get(office.serve("/pm", PAGE), source=source)


def test_crawl_delay_prevails_over_our_own_spacing(fetcher, clock, office, source):
    office.serve("/robots.txt", Answer(b"User-agent: *\nCrawl-delay: 7\n"))
    for name in ("/a", "/b", "/c"):
        fetched(fetcher, office.serve(name, PAGE), source)
    assert clock.slept == pytest.approx(14.0)


def test_no_robots_txt_allows_all(fetcher, office, source):
    office.serve("/robots.txt", Answer(status=404))
    assert fetched(fetcher, office.serve("/pm", PAGE), source).status == 200


def test_a_broken_robots_txt_forbids_for_a_while(fetcher, clock, office, source):
    office.serve("/robots.txt", Answer(status=503))
    url = office.serve("/pm", PAGE)
    for _ in range(2):
        with pytest.raises(Unreachable, match="at the moment"):
            fetcher.get(url, source=source)
    assert office.count("/robots.txt") == source.politeness.retries + 1
    assert office.count("/pm") == 0
    office.serve("/robots.txt", Answer(b""))
    clock.pass_by(3600)
    assert fetched(fetcher, url, source).status == 200


def test_robots_txt_is_read_again_after_a_day(fetcher, clock, office, source):
    url = office.serve("/pm", PAGE)
    fetched(fetcher, url, source)
    clock.pass_by(timedelta(hours=25).total_seconds())
    fetched(fetcher, url, source)
    assert office.count("/robots.txt") == 2


# patience


def test_spacing_between_requests_to_one_host(fetcher, clock, office, make_source):
    source = make_source(office, politeness={"spacing": 2})
    for name in ("/a", "/b", "/c"):
        fetched(fetcher, office.serve(name, PAGE), source)
    assert clock.slept == pytest.approx(6.0)  # after robots.txt, /a and /b


def test_retry_after_in_seconds(fetcher, clock, office, source):
    url = office.serve("/pm", busy("120"), PAGE)
    assert fetched(fetcher, url, source).status == 200
    assert office.count("/pm") == 2
    assert clock.slept == pytest.approx(120.0)


def test_retry_after_as_a_date(fetcher, clock, office, source):
    until = format_datetime(clock.now() + timedelta(seconds=90), usegmt=True)
    url = office.serve("/pm", busy(until, status=503), PAGE)
    fetched(fetcher, url, source)
    assert clock.slept == pytest.approx(90.0, abs=1.0)


def test_a_host_that_wants_hours_is_left_alone(fetcher, clock, office, source):
    url = office.serve("/pm", busy("7200"))
    for _ in range(2):
        with pytest.raises(Unreachable, match="wants to be left alone"):
            fetcher.get(url, source=source)
    assert office.count("/pm") == 1
    assert clock.slept == 0.0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_spell_of_errors_is_waited_out(fetcher, clock, office, source, status):
    random.seed(1)
    url = office.serve("/pm", Answer(status=status), Answer(status=status), Answer(status=status), PAGE)
    assert fetched(fetcher, url, source).status == 200
    assert office.count("/pm") == 4
    assert 0.75 * 7 <= clock.slept <= 1.25 * 7  # 1, 2, 4 seconds with jitter


def test_patience_ends(fetcher, office, source):
    url = office.serve("/pm", Answer(status=503))
    with pytest.raises(Unreachable, match="answers 503") as caught:
        fetcher.get(url, source=source)
    assert caught.value.status == 503
    assert office.count("/pm") == 1 + source.politeness.retries


@pytest.mark.parametrize(
    ("status", "error"), [(401, BlockedResponse), (403, BlockedResponse), (404, Gone), (410, Gone), (400, FetchError)]
)
def test_a_clear_no_is_not_asked_twice(fetcher, clock, office, source, status, error):
    url = office.serve("/pm", Answer(status=status))
    with pytest.raises(error) as caught:
        fetcher.get(url, source=source)
    assert caught.value.status == status
    assert office.count("/pm") == 1
    assert clock.slept == 0.0


@pytest.mark.parametrize("fault", [cut_off(), hang_up()])
def test_cut_connections_are_tried_again(fetcher, office, source, fault):
    url = office.serve("/pm", fault, fault, PAGE)
    assert fetched(fetcher, url, source).body == PAGE.body
    assert office.count("/pm") == 3


@pytest.mark.parametrize(
    "fault", [cut_off_zipped(PAGE.body, 40), cut_off_zipped(PAGE.body, -1), cut_off_chunks(PAGE.body)]
)
def test_an_answer_that_breaks_off_is_no_answer(fetcher, office, source, fault):
    url = office.serve("/pm", fault, PAGE)
    assert fetched(fetcher, url, source).body == PAGE.body
    assert office.count("/pm") == 2


FEED = b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<item></item>" * 100 + b"</channel></rss>"
REPORT = b"%PDF-1.7\n" + b"1 0 obj\n" * 100 + b"startxref\n9\n%%EOF\n"


@pytest.mark.parametrize("body", [PAGE.body, FEED, REPORT], ids=["page", "feed", "document"])
def test_an_answer_without_its_end_is_asked_for_again_at_once(fetcher, office, source, body):
    url = office.serve("/pm", cut_off_without_length(body[:300]), cut_off_without_length(body))
    assert fetched(fetcher, url, source).body == body
    assert office.count("/pm") == 2


def test_an_answer_that_breaks_off_each_time_elsewhere_is_none(fetcher, office, source):
    url = office.serve("/pm", *(cut_off_without_length(PAGE.body[:kept]) for kept in (300, 200)))
    with pytest.raises(Unreachable, match=r"breaks off, each time elsewhere"):
        fetcher.get(url, source=source)


def test_a_page_that_never_had_an_end_is_believed(fetcher, office, source):
    url = office.serve("/pm", cut_off_without_length(b"<html><p>Text"))
    assert fetched(fetcher, url, source).body == b"<html><p>Text"
    assert office.count("/pm") == 2


def test_nobody_there(fetcher, office, source):
    office.__exit__()
    with pytest.raises(Unreachable, match=r"no robots\.txt at the moment.*nobody answers there"):
        fetcher.get(office.url + "/pm", source=source)


def test_a_name_that_nobody_knows(fetcher, office, make_source):
    source = make_source(office, homepage="http://amt.invalid/", hosts=["amt.invalid"])
    with pytest.raises(Unreachable, match=r"gave no whole answer \(no server of that name is known\)\.$"):
        fetcher.get("http://amt.invalid/pm", source=source)


@pytest.mark.parametrize("fault", [slow_body(), slow_headers()])
def test_bytes_that_drip_are_cut_off(fetcher, office, make_source, fault):
    source = make_source(office, politeness={"spacing": 0, "timeout": 0.4, "retries": 1})
    url = office.serve("/pm", fault)
    with pytest.raises(Unreachable, match=r"did not answer within 0\.4 s"):
        fetcher.get(url, source=source)
    assert office.count("/pm") == 2


def test_the_budget_of_a_run(fetcher, office, make_source):
    source = make_source(office, politeness={"spacing": 0, "max_requests": 3})
    url = office.serve("/pm", PAGE)
    fetched(fetcher, url, source)
    fetched(fetcher, url, source)
    with pytest.raises(FetchError, match="max_requests"):
        fetcher.get(url, source=source)
    assert len(office.requests) == 3


# size


@pytest.mark.parametrize("announced", [True, False])
def test_thirty_megabytes_are_too_much(fetcher, office, source, announced):
    url = office.serve("/pm", huge(30, announced=announced))
    with pytest.raises(FetchError, match="larger than 20000000 bytes"):
        fetcher.get(url, source=source)
    assert office.count("/pm") == 1


def test_a_gzip_bomb_does_not_go_off(fetcher, office, source):
    bomb = gzip_bomb(200)
    assert len(bomb.body) < 300_000
    with pytest.raises(FetchError, match="larger than 20000000 bytes"):
        fetcher.get(office.serve("/pm", bomb), source=source)


def test_gzip_is_unpacked(fetcher, office, source):
    assert fetched(fetcher, office.serve("/pm", zipped(PAGE.body)), source).body == PAGE.body


def test_broken_gzip_is_no_page(fetcher, office, source):
    broken = Answer(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="compressed"):
        fetcher.get(office.serve("/pm", broken), source=source)


def test_an_encoding_that_nobody_asked_for(fetcher, office, source):
    with pytest.raises(FetchError, match="compressed with br"):
        fetcher.get(office.serve("/pm", Answer(b"x", headers={"Content-Encoding": "br"})), source=source)


# redirects


def test_a_moved_page_is_followed(fetcher, office, source):
    url = office.serve("/alt", redirect("/zwischen#top", 301))
    office.serve("/zwischen", redirect("/neu"))
    target = office.serve("/neu", PAGE)
    assert fetched(fetcher, url, source).url == target
    assert office.count() == 3


def test_redirects_in_a_circle(fetcher, office, source):
    url = office.serve("/a", redirect("/b"))
    office.serve("/b", redirect("/a"))
    with pytest.raises(FetchError, match="in a circle"):
        fetcher.get(url, source=source)
    assert office.count() == 2


def test_redirects_without_end(fetcher, office, source):
    for number in range(20):
        office.serve(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher.get(office.url + "/0", source=source)
    assert office.count() == 6


@pytest.mark.parametrize("answer", [Answer(status=302), redirect("http://[/"), redirect("mailto:amt@example.org")])
def test_a_redirect_to_nowhere(fetcher, office, source, answer):
    with pytest.raises(FetchError, match="nowhere"):
        fetcher.get(office.serve("/a", answer), source=source)


@pytest.mark.parametrize("status", [b"302 Found", b"404 Not Found"])
def test_the_body_of_what_is_no_page_is_not_read(fetcher, office, make_source, status):
    source = make_source(office, politeness={"spacing": 0, "timeout": 5})
    ended = Event()
    endless = huge(1_000_000, announced=False, head=b"HTTP/1.1 " + status + b"\r\nLocation: /neu\r\n")

    def send(connection):
        try:
            endless.send(connection)
        finally:
            ended.set()

    office.serve("/neu", PAGE)
    with suppress(Gone):
        assert fetcher.get(office.serve("/alt", Answer(send=send)), source=source).body == PAGE.body
    assert fetched(fetcher, office.url + "/neu", source).status == 200
    assert ended.wait(10)


def test_redirects_stay_within_the_office(fetcher, office, source):
    url = office.serve("/a", redirect("https://example.org/b"))
    with pytest.raises(Forbidden, match="outside the hosts of uebung"):
        fetcher.get(url, source=source)


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/x", "gopher://127.0.0.1/", "file://127.0.0.1/etc/passwd"])
def test_redirects_to_other_schemes(fetcher, office, source, target):
    with pytest.raises(Forbidden, match="only http and https"):
        fetcher.get(office.serve("/a", redirect(target)), source=source)


# addresses


def test_other_hosts_are_not_ours_to_ask(fetcher, office, source):
    with pytest.raises(Forbidden, match="outside the hosts"):
        fetcher.get("https://example.org/", source=source)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_public_source_never_leads_to_loopback(with_contact, office, make_source, host):
    homepage = office.url.replace("127.0.0.1", host)
    public = make_source(office, local=False, politeness={}, homepage=homepage, hosts=[host])
    with pytest.raises(Forbidden, match="no address of a public server"):
        with_contact.get(f"{homepage}/pm", source=public)
    assert office.requests == []


@pytest.mark.parametrize(
    "peer",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    ],
)
def test_addresses_that_are_no_public_servers(peer):
    assert not may_speak_to(peer, local=False)


def test_public_addresses_and_our_own():
    assert all(may_speak_to(peer, local=False) for peer in ("93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"))
    assert all(may_speak_to(peer, local=True) for peer in ("127.0.0.1", "::1", "::ffff:127.0.0.1"))
    assert not any(may_speak_to(peer, local=True) for peer in ("10.1.2.3", "93.184.215.14"))


def test_two_offices_on_one_host_take_turns(offices, clock, fetcher, make_source):
    first, second = offices.open(), offices.open()
    for office in (first, second):
        source = make_source(office, politeness={"spacing": 3})
        fetched(fetcher, office.serve("/pm", PAGE), source)
    assert clock.slept == pytest.approx(9.0)


def test_a_host_taken_by_another_process_is_waited_for(clock: FakeClock, office: PressOffice, source: Source):
    fetcher = Fetcher(clock=clock)
    assert fetcher.slots.reserve("127.0.0.1", now=clock.now(), lease=30) == 0
    fetched(fetcher, office.serve("/pm", PAGE), source)
    assert clock.slept == pytest.approx(30.0)


# TLS


def test_a_certificate_that_nobody_vouches_for(fetcher, offices, make_source):
    office = offices.open_tls()
    source = make_source(office, politeness={"spacing": 0, "retries": 1})
    with pytest.raises(FetchError, match=r"certificate of .* cannot be verified"):
        fetcher.get(office.url + "/pm", source=source)
    assert office.requests == []


# several at once


def test_one_connection_a_host_at_a_time(office, source):
    slots = LocalSlots()
    url = office.serve("/pm", slow_body(pause=0.01, count=5))

    def work(_: int) -> list[bytes]:
        fetcher = Fetcher(slots)
        return [fetched(fetcher, url, source).body for _ in range(2)]

    with ThreadPoolExecutor(3) as pool:
        bodies = list(pool.map(work, range(3)))
    assert bodies == [[b"aaaaa"] * 2] * 3
    assert office.count("/pm") == 6
    assert office.most_at_once == 1


@pytest.mark.parametrize("rules", [b"User-agent: *\nDisallow: /\n", b"User-agent: *\nDisallow: /pm\n"])
def test_robots_with_a_byte_order_mark_are_obeyed(fetcher, office, source, rules):
    office.serve("/robots.txt", Answer(b"\xef\xbb\xbf" + rules))
    with pytest.raises(Forbidden):
        fetcher.get(office.serve("/pm", PAGE), source=source)


def test_a_redirect_in_raw_utf8_is_followed(fetcher, office, source):
    target = "/presse/förderung.html"
    office.serve("/presse/f%C3%B6rderung.html", PAGE)
    office.serve("/alt", redirect(target.encode().decode("latin-1"), 301))
    assert fetched(fetcher, office.url + "/alt", source).body == PAGE.body


@pytest.mark.parametrize("encoding", ["UTF-8", "none"])
def test_a_charset_in_place_of_a_compression_is_none(fetcher, office, source, encoding):
    office.serve("/pm", Answer(PAGE.body, headers={"Content-Encoding": encoding}))
    assert fetched(fetcher, office.url + "/pm", source).body == PAGE.body


def test_the_old_name_of_gzip_is_understood(fetcher, office, source):
    office.serve("/pm", Answer(gzip.compress(PAGE.body), headers={"Content-Encoding": "x-gzip"}))
    assert fetched(fetcher, office.url + "/pm", source).body == PAGE.body


def test_nobody_is_left_alone_for_years(fetcher, clock, office, source):
    url = office.serve("/pm", busy("315360000000"), PAGE)
    with pytest.raises(Unreachable):
        fetcher.get(url, source=source)
    clock.pass_by(2 * 86_400)
    assert fetched(fetcher, url, source).body == PAGE.body
