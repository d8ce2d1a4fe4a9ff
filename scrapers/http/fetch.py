"""Polite fetching: robots.txt, spacing, conditional requests, patience, and redirects at home only."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from importlib.metadata import version
from threading import Event, Thread
from typing import Any, Protocol
from urllib.parse import urlsplit

from models.errors import BlockedResponse, FetchError, Forbidden, Gone, InputError, Spent, Unreachable
from models.release import Snapshot
from models.source import Politeness
from scrapers.http.cache import PageCache, validators
from scrapers.http.clock import Clock, SystemClock
from scrapers.http.ends import breaks_off
from scrapers.http.network import HttpAnswer, Network, Request
from scrapers.http.robots import TOKEN, Robots
from scrapers.http.slots import HostSlots, LocalSlots
from scrapers.urls import absolute_url

MAX_REDIRECTS = 5
MAX_WAIT = 900.0
"""Seconds that a run waits for one host; who asks for more is left alone until the next run."""

_NIGHT = 6 * 3600.0
"""Seconds after which a run over a host that wants long pauses must have ended; the next one goes on."""

_LONGEST_PAUSE = 86_400.0
"""Seconds for which a host can ask to be left alone; who asks for years has made a mistake."""

_LEASE_MARGIN = 60.0
_POLL = 0.25
_ROBOTS_KEPT = timedelta(hours=24)
_ROBOTS_FAILURE_KEPT = timedelta(minutes=1)
_REDIRECTS = {301, 302, 303, 307, 308}


_VERSION = version("zwischenbilanz")


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when its ETag or Last-Modified was taken."""

    url: str
    fetched_at: datetime


class Asked(Protocol):
    """Whom a fetcher asks, at which pace: a press office (`models.source.Source`), or an archive by one interface."""

    @property
    def id(self) -> str:
        """Under which its requests are counted."""

    @property
    def homepage(self) -> str:
        """Where it is at home."""

    @property
    def local(self) -> bool:
        """Whether it runs on this machine."""

    @property
    def politeness(self) -> Politeness:
        """What it is asked to bear."""

    def owns(self, url: str) -> bool:
        """Whether an address lies on its own hosts."""


class Fetcher:
    """Fetches pages of press offices and archives; not to be shared between threads.

    Args:
        slots: the book of hosts; one that several processes share makes spacing hold across them.
        clock: tells the time and waits.
        robots: keeps robots.txt between runs, so that an unchanged one is not sent again.
        ending: once it is set nothing more is asked for, and nothing waited for.
        contact: e-mail or web address at which press offices reach who asks; without one no real office is asked.
    """

    def __init__(
        self,
        slots: HostSlots | None = None,
        clock: Clock | None = None,
        robots: PageCache | None = None,
        ending: Event | None = None,
        contact: str | None = None,
    ) -> None:
        self.slots = slots if slots is not None else LocalSlots()
        self.clock = clock if clock is not None else SystemClock()
        self.requests: Counter[str] = Counter()
        """Requests sent so far, by source."""
        self.notes: dict[str, list[str]] = defaultdict(list)
        """What the operator should know of how a source was read, by source."""
        self._ending = ending if ending is not None else Event()
        self._contact = contact
        self._networks: dict[str, Network] = {}
        self._robots_kept = robots
        self._robots: dict[str, tuple[datetime, Robots | FetchError]] = {}

    def get(
        self,
        url: str,
        *,
        source: Asked,
        etag: str | None = None,
        last_modified: str | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> Snapshot | NotModified:
        """Fetches one address of an office, following redirects within the office's own hosts.

        Args:
            etag: value of the ETag header of the last snapshot.
            last_modified: value of its Last-Modified header.
            json: content of a POST request, for search addresses that ask for one.

        Raises:
            InputError: there is no contact and the office is a real one.
            Forbidden: robots.txt or the office's list of hosts does not allow the address.
            Gone: the office answers 404 or 410.
            Spent: nothing more may be asked for in this run.
            BlockedResponse: the office answers 401 or 403.
            Unreachable: no whole answer came in spite of all retries, the host wants a long pause, or its
                robots.txt cannot be had.
            FetchError: anything else that retrying does not mend.
        """
        request = Request(_conditions(etag, last_modified), json)
        visited: list[str] = []
        while True:
            visited.append(url)
            self._admit(url, source)
            answer = self._whole(url, source, request)
            if answer.status not in _REDIRECTS:
                return self._result(answer, request.headers)
            url = _redirect(answer)
            if url in visited:
                raise FetchError(f"{visited[0]} is redirected in a circle ({url}).", visited[0], answer.status)
            if len(visited) > MAX_REDIRECTS:
                raise FetchError(f"{visited[0]} is redirected more than {MAX_REDIRECTS} times.", visited[0])

    def ask(self, url: str, *, source: Asked, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """One request, once: the answer as it came, whatever its status, and no redirect followed.

        Args:
            url: the address.
            source: whose it is.
            headers: of the request, beside our own.

        Raises:
            InputError, Forbidden, Spent: as `get`.
            Unreachable: no whole answer came, or robots.txt cannot be had.
            FetchError: anything else that retrying does not mend.
        """
        self._admit(url, source)
        return self._once(url, source, Request(headers or {}, every_body=True), 0.0)

    def leave_alone(self, url: str, seconds: float) -> None:
        """Lets nobody who shares the book of hosts ask an address's host for a while."""
        host = (urlsplit(url).hostname or "").lower()
        self.slots.release(host, now=self.clock.now(), pause=seconds)

    def sitemaps(self, url: str, *, source: Asked) -> tuple[str, ...]:
        """Addresses of the sitemaps that robots.txt of the address's host names.

        Raises:
            InputError, FetchError: as `get`, of robots.txt.
        """
        return self.rules(url, source).sitemaps

    def _admit(self, url: str, source: Asked) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Forbidden(f"{url}: only http and https addresses are fetched.", url)
        if not source.owns(url):
            raise Forbidden(f"{url} lies outside the hosts of {source.id}; add the host to the source's file.", url)
        if not self.rules(url, source).allows(url):
            raise Forbidden(f"robots.txt of {urlsplit(url).netloc} does not allow {url}.", url)

    def rules(self, url: str, source: Asked) -> Robots:
        """What robots.txt of the address's host allows.

        Raises:
            InputError, FetchError: as `get`, of robots.txt.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        kept_until, rules = self._robots.get(origin, (self.clock.now(), None))
        if rules is None or kept_until <= self.clock.now():
            try:
                rules, kept = self._read_robots(f"{origin}/robots.txt", source), _ROBOTS_KEPT
            except (Forbidden, Spent):
                raise
            except FetchError as error:
                rules, kept = error, _ROBOTS_FAILURE_KEPT
            self._robots[origin] = (self.clock.now() + kept, rules)
        if isinstance(rules, FetchError):
            # Waiting mends an overloaded server, but no certificate.
            kind = Unreachable if isinstance(rules, Unreachable) else FetchError
            raise kind(f"{origin} gives no robots.txt at the moment, so nothing is fetched: {rules}", url)
        return rules

    def _read_robots(self, url: str, source: Asked) -> Robots:
        first, cache = url, self._robots_kept
        kept = cache.get(url) if cache is not None else None
        request = Request(_conditions(*validators(kept)))
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._patiently(url, source, request)
            if answer.status == 304 and cache is not None and kept is not None:
                cache.confirm(first, self.clock.now())
                return _robots(kept.body)
            if answer.status not in _REDIRECTS:
                if answer.status == 200 and cache is not None:
                    cache.put(first, Snapshot(url, answer.body, answer.headers, answer.status, self.clock.now()))
                return _robots(answer.body)
            url = _redirect(answer)
            if not source.owns(url):
                break
        return Robots("")

    def _whole(self, url: str, source: Asked, request: Request) -> HttpAnswer:
        """An answer that came to its end; one that may have been cut is asked for again, and believed if it stays."""
        answer = self._patiently(url, source, request)
        if not breaks_off(answer):
            return answer
        again = self._patiently(url, source, request)
        shorter, longer = sorted((answer.body, again.body), key=len)
        if breaks_off(again) and len(shorter) < len(longer) and longer.startswith(shorter):
            raise Unreachable(f"{url} gave no whole answer (it breaks off, each time elsewhere).", url, again.status)
        return again

    def _patiently(self, url: str, source: Asked, request: Request) -> HttpAnswer:
        for attempt in range(source.politeness.retries + 1):
            backoff = 2.0**attempt * random.uniform(0.75, 1.25)
            try:
                answer = self._once(url, source, request, backoff)
            except Unreachable as error:
                failure = error
                continue
            if not _is_busy(answer):
                return answer
            failure = Unreachable(f"{url} answers {answer.status}.", url, answer.status)
        raise failure

    def most_requests(self, source: Asked, url: str | None = None) -> int:
        """Requests that a run may send: no more than fit into a night where the host wants long pauses.

        Args:
            source: whom it asks.
            url: an address on the host that is to be asked; None takes the homepage's.
        """
        most, spacing = source.politeness.max_requests, self._spacing(url or source.homepage, source)
        return min(most, int(_NIGHT / spacing)) if spacing > 1 else most

    def _once(self, url: str, source: Asked, request: Request, backoff: float) -> HttpAnswer:
        host = (urlsplit(url).hostname or "").lower()
        limits = source.politeness
        most = self.most_requests(source, url)
        if self.requests[source.id] >= most:
            raise Spent(f"{source.id} has used its {most} requests a run (politeness.max_requests, crawl-delay).", url)
        network = self._network(source)
        self._wait_for(host, url, limits.timeout + _LEASE_MARGIN)
        pause = backoff
        try:
            self.requests[source.id] += 1
            exchange = partial(network.exchange, url, request=request, local=source.local)
            answer = self._unless_ending(url, partial(exchange, timeout=limits.timeout, max_bytes=limits.max_bytes))
            pause = max(backoff, self._retry_after(answer)) if _is_busy(answer) else 0.0
            return answer
        finally:
            self.slots.release(host, now=self.clock.now(), pause=max(pause, self._spacing(url, source)))

    def _unless_ending(self, url: str, exchange: Callable[[], HttpAnswer]) -> HttpAnswer:
        """The answer, unless the run is to end before it came: a host that is slow is not waited for then."""
        coming: Future[HttpAnswer] = Future()

        def send() -> None:
            try:
                coming.set_result(exchange())
            except BaseException as error:  # noqa: BLE001 - raised where the answer is waited for
                coming.set_exception(error)

        # Python waits for no daemon when it ends; names that are looked up cannot be broken off otherwise.
        Thread(target=send, daemon=True).start()
        while not wait([coming], timeout=_POLL).done:
            self._go_on(url)
        return coming.result()

    def _go_on(self, url: str) -> None:
        if self._ending.is_set():
            raise Spent(f"{url} was not read, since the run is to end.", url)

    def _wait_for(self, host: str, url: str, lease: float) -> None:
        while True:
            self._go_on(url)
            wait = self.slots.reserve(host, now=self.clock.now(), lease=lease)
            if not wait:
                return
            if wait > MAX_WAIT:
                raise Unreachable(f"{host} wants to be left alone for another {wait:.0f} s.", url)
            # A host that is taken for the length of its lease is mostly given back long before.
            self.clock.sleep(min(wait, _POLL))

    def _spacing(self, url: str, source: Asked) -> float:
        parts = urlsplit(url)
        _, rules = self._robots.get(f"{parts.scheme}://{parts.netloc}", (None, None))
        return max(source.politeness.spacing, rules.delay if isinstance(rules, Robots) else 0.0)

    def _retry_after(self, answer: HttpAnswer) -> float:
        value = (answer.header("Retry-After") or "").strip()
        if value.isascii() and value.isdigit():
            return min(float(value), _LONGEST_PAUSE)
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return 0.0
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(0.0, (aware - self.clock.now()).total_seconds()), _LONGEST_PAUSE)

    def _network(self, source: Asked) -> Network:
        check_contact([source], self._contact)
        user_agent = f"{TOKEN}/{_VERSION} (+{self._contact or source.homepage})"
        if user_agent not in self._networks:
            self._networks[user_agent] = Network(user_agent)
        return self._networks[user_agent]

    def _result(self, answer: HttpAnswer, headers: Mapping[str, str]) -> Snapshot | NotModified:
        url, status = answer.url, answer.status
        if status == 200:
            return Snapshot(url, answer.body, answer.headers, status, self.clock.now())
        if status == 304 and headers:
            return NotModified(url, self.clock.now())
        if status in {404, 410}:
            raise Gone(f"{url} is not there (any more): the office answers {status}.", url, status)
        if status in {401, 403}:
            raise BlockedResponse(f"{url} is closed to us: the office answers {status}.", url, status)
        raise FetchError(f"{url} answers {status}, which is no page.", url, status)


def check_contact(offices: Iterable[Asked], contact: str | None) -> None:
    """Makes sure that real press offices are told who asks.

    Raises:
        InputError: they could not be told; nothing may be fetched.
    """
    if not contact and not all(office.local for office in offices):
        raise InputError("Set BILANZ_CONTACT to an e-mail or web address where press offices can reach you.")


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if value}


def _robots(body: bytes) -> Robots:
    # A byte order mark before the first line would hide its rule.
    return Robots(body.decode("utf-8-sig", errors="replace"))


def _as_utf8(value: str | None) -> str | None:
    """A header that was sent in raw UTF-8, as browsers understand it; HTTP itself reads each byte as a character."""
    try:
        return value.encode("latin-1").decode("utf-8") if value else value
    except UnicodeError:
        return value


def _is_busy(answer: HttpAnswer) -> bool:
    return answer.status == 429 or answer.status >= 500


def _redirect(answer: HttpAnswer) -> str:
    location = _as_utf8(answer.header("Location"))
    target = absolute_url(answer.url, location) if location else None
    if target is None:
        raise FetchError(f"{answer.url} redirects to nowhere ({location}).", answer.url, answer.status)
    return target
