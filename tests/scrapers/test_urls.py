"""Canonical URLs: what is noise, what is not, and that applying the rule twice changes nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.urls import absolute_url, canonical_url

text = st.text(max_size=8)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://WWW.Amt.DE:443/a/../b.html", "https://www.amt.de/b.html"),
        ("http://amt.de", "http://amt.de/"),
        ("https://amt.de/pm.html;jsessionid=0AF3.live21?nn=1", "https://amt.de/pm.html?nn=1"),
        ("https://amt.de/pm.html%3Bjsessionid=0AF3", "https://amt.de/pm.html"),
        ("https://amt.de/a;jsessionid=1/b", "https://amt.de/a/b"),
        ("https://amt.de/pm?utm_source=x&b=2&a=1&fbclid=y#top", "https://amt.de/pm?a=1&b=2"),
        ("https://amt.de/pm?gts=1_list%253Ddate%252Bdesc&gtp=1_list%253D3", "https://amt.de/pm"),
        ("https://münster.de/straße/%7euser", "https://xn--mnster-3ya.de/stra%C3%9Fe/~user"),
        ("https://amt.de/%c3%a4", "https://amt.de/%C3%A4"),
        ("https://amt.de/pm?", "https://amt.de/pm"),
        ("https://amt.de/pm?etcc_med=rss&etcc_cmp=presse&xtor=RSS-1", "https://amt.de/pm"),
        ("https://amt.de/pm?cms_gtp=1_list%253D2&cms_resourceId=9&cms_=x", "https://amt.de/pm?cms_=x"),
        ("https://amt.de/pm?id=7&id=3", "https://amt.de/pm?id=3&id=7"),
    ],
)
def test_one_page_has_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_parameters_of_a_site_can_be_dropped() -> None:
    assert canonical_url("https://amt.de/pm?nn=12&id=3", drop=["nn"]) == "https://amt.de/pm?id=3"


@pytest.mark.parametrize("url", ["mailto:a@b.de", "/pm.html", "ftp://amt.de/x", "http://", ""])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no http or https address"):
        canonical_url(url)


@given(
    scheme=st.sampled_from(["http", "https", "HTTP"]),
    host=st.sampled_from(["amt.de", "Münster.DE", "amt.de:443", "amt.de:80", "amt.de:8080"]),
    path=st.lists(text, max_size=4),
    query=st.lists(st.tuples(text, text), max_size=4),
    fragment=text,
)
@example(scheme="http", host="amt.de", path=["a", ".;jsessionid=1"], query=[("", ""), ("{", "")], fragment="")
def test_canonical_is_idempotent(
    scheme: str, host: str, path: list[str], query: list[tuple[str, str]], fragment: str
) -> None:
    url = f"{scheme}://{host}/{'/'.join(path)}?{'&'.join(f'{key}={value}' for key, value in query)}#{fragment}"
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical


@given(path=st.lists(st.from_regex(r"[a-zäöü0-9-]{1,8}", fullmatch=True), min_size=1, max_size=4))
def test_session_ids_make_no_difference(path: list[str]) -> None:
    url = "https://amt.de/" + "/".join(path)
    assert canonical_url(f"{url};jsessionid=A1B2.live11?utm_campaign=x#y") == canonical_url(url)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("b", "https://amt.de/a/b"),
        ("/b#c", "https://amt.de/b"),
        (" ?d ", "https://amt.de/a/?d"),
        ("//x.de", "https://x.de"),
    ]
    + [(href, None) for href in ("//[", "http://a:b/", "http://a:99999/", "javascript:void(0)", "mailto:a@b.de")],
)
def test_where_a_link_leads(href: str, target: str | None) -> None:
    assert absolute_url("https://amt.de/a/", href) == target
