"""A web archive on loopback: its index in all dialects, its copies, and the moods that archives have."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, quote, unquote, urlsplit

from models.archive import Archive, Door
from models.release import payload_digest
from tests.support.simulator.server import Answer, Request
from tests.support.years import Kept, written_records

Now = Callable[[], datetime]


def surt(url: str) -> str:
    """How indices name an address: without scheme, `www.` and case."""
    parts = urlsplit(url)
    host = (parts.netloc or "").lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return f"{host}{parts.path or '/'}{'?' + parts.query if parts.query else ''}".lower()


@dataclass
class WebArchive:
    """What an archive holds, and how it answers.

    Attributes:
        records: in any order.
        rows: of its index in one answer, where more may be asked for.
        elsewhere: copies that its index names and that it cannot give: it leads to the next best, or shows that.
        excluded: addresses that it may not give.
        refuse: says for the number of a request, 1 being the first, with which status it is refused.
    """

    records: list[Kept]
    now: Now = lambda: datetime.now(UTC)
    rows: int = 500
    elsewhere: set[int] = field(default_factory=set)
    shows_nearest: bool = False
    excluded: set[str] = field(default_factory=set)
    refuse: Callable[[int, str], int | None] = lambda _number, _kind: None
    log: list[tuple[datetime, str, int]] = field(default_factory=list)
    """When what was asked, and the status of the answer."""
    _packed: tuple[bytes, dict[int, tuple[int, int]]] | None = None

    def answer(self, request: Request, base: str) -> Answer | None:
        path = request.url.partition("?")[0]
        kind = "replay" if path.startswith(("/web/", "/files/")) else "index"
        if path == "/robots.txt":
            return None
        if (status := self.refuse(len(self.log) + 1, kind)) is not None:
            answer = Answer(b"too much", status)
        else:
            answer = self._answer(path, request, base)
        self.log.append((self.now(), kind, answer.status))
        return answer

    def count(self, kind: str) -> int:
        return sum(each == kind for _, each, _ in self.log)

    def _answer(self, path: str, request: Request, base: str) -> Answer:
        query = {name: values[-1] for name, values in parse_qs(urlsplit(request.url).query).items()}
        if path.startswith("/web/"):
            stamp, _, url = path.removeprefix("/web/").partition("/")
            return self._replay(stamp.removesuffix("id_"), self._whole(url, request), base)
        if path.startswith("/files/"):
            first, last = map(int, request.headers["range"].removeprefix("bytes=").split("-"))
            return Answer(self.packed()[0][first : last + 1], 206)
        if path.startswith("/timemap/"):
            return self._timemap(self._whole(path.removeprefix("/timemap/"), request), base)
        if path == "/crawls.json":
            known = [f"CC-MAIN-{year}-10" for year in (2020, 2016, 2011)]
            return Answer(json.dumps([{"id": name, "cdx-api": f"{base}/{name}-index"} for name in known]).encode())
        if query["url"] in self.excluded:
            return Answer(
                b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error", 403
            )
        rows = list(self._rows(query))
        if path == "/cdx":
            return self._wayback(rows, query)
        if path.endswith("-index"):
            rows = [each for each in rows if f"-{each.at.year}-" in path] if query["page"] == "0" else []
            return self._lines(rows, places=True) if rows else Answer(b"", 404)
        return self._lines(rows, places=False)

    def _whole(self, url: str, request: Request) -> str:
        query = urlsplit(request.url).query
        return url + (f"?{query}" if query else "")

    def _rows(self, query: dict[str, str]) -> Iterator[Kept]:
        wanted = surt(unquote(query["url"]))
        for kept in sorted(self.records, key=lambda each: (surt(each.url), each.at, each.url)):
            key = surt(kept.url)
            fits = key.startswith(wanted) if query.get("matchType") == "prefix" else key == wanted
            if fits and kept.stamp >= query.get("from", "").ljust(14, "0"):
                yield kept

    def _wayback(self, rows: list[Kept], query: dict[str, str]) -> Answer:
        if query.get("filter") == "!statuscode:[345]..":
            rows = [each for each in rows if each.repeats or each.status[0] not in "345"]
        keys = [f"{surt(each.url)} {each.stamp} {each.url}" for each in rows]
        first = keys.index(query["resumeKey"]) if "resumeKey" in query else 0
        shown = rows[first : first + min(self.rows, int(query.get("limit", 10**9)))]
        lines = [" ".join((surt(each.url), each.stamp, each.url, *_told(each), "999")) for each in shown]
        last = first + len(shown)
        if query.get("showResumeKey") and "limit" in query and last < len(rows):
            lines += ["", quote(keys[last], safe="")]
        return Answer("".join(f"{line}\n" for line in lines).encode(), headers={"Content-Type": "text/plain"})

    def _lines(self, rows: list[Kept], *, places: bool) -> Answer:
        offsets = self.packed()[1]
        lines = []
        for each in rows:
            row = {"url": each.url, "timestamp": each.stamp, "digest": digest(each)}
            row |= {"mime": _mime(each), "status": _status(each)}
            if places:
                offset, length = offsets[id(each)]
                row |= {"filename": "files/a.warc.gz", "offset": str(offset), "length": str(length)}
            lines.append(json.dumps(row))
        return Answer("\n".join(lines).encode(), headers={"Content-Type": "text/x-ndjson"})

    def _timemap(self, url: str, base: str) -> Answer:
        rows = [each for each in self._rows({"url": url}) if each.status.startswith("200")]
        entries = [f'<{url}>; rel="original"', f'<{base}/timemap/{url}>; rel="self"; type="application/link-format"']
        for each in rows:
            moment = format_datetime(each.at, usegmt=True)
            entries.append(f'<{base}/web/{each.stamp}/{each.url}>; rel="memento"; datetime="{moment}"')
        return Answer(",\n".join(entries).encode(), headers={"Content-Type": "application/link-format"})

    def _replay(self, stamp: str, url: str, base: str) -> Answer:
        same = [each for each in self.records if surt(each.url) == surt(url)]
        exact = [each for each in same if each.stamp == stamp and id(each) not in self.elsewhere]
        if url in self.excluded:
            header = {"X-Archive-Wayback-Runtime-Error": "RobotAccessControlException: Blocked By Robots"}
            return Answer(b"", 403, header)
        if exact:
            return self._memento(exact[0])
        near = sorted(
            (each for each in same if id(each) not in self.elsewhere),
            key=lambda each: abs(
                (each.at - datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)).total_seconds()
            ),
        )
        if not near:
            return Answer(b"<h1>The archive does not have it</h1>", 404)
        if self.shows_nearest:
            return self._memento(near[0])
        return Answer(b"", 302, {"Location": f"{base}/web/{near[0].stamp}id_/{near[0].url}"})

    def _memento(self, kept: Kept) -> Answer:
        source = kept.repeats or kept
        headers = {
            "Memento-Datetime": format_datetime(kept.at, usegmt=True),
            "Content-Type": source.content_type,
            **{f"x-archive-orig-{name}": value for name, value in source.headers},
        }
        if source.encoding:
            headers["Content-Encoding"] = source.encoding
        return Answer(source.sent(), int(source.status.split()[0]), headers)

    def packed(self) -> tuple[bytes, dict[int, tuple[int, int]]]:
        """All records in one file, and where each begins and how long it is."""
        if self._packed is not None:
            return self._packed
        content, places = b"", {}
        for kept, member in zip(self.records, written_records(self.records), strict=True):
            places[id(kept)] = (len(content), len(member))
            content += member
        self._packed = content, places
        return self._packed


def digest(kept: Kept) -> str:
    """As an index names a content: of the bytes that were sent, without their chunks."""
    return payload_digest((kept.repeats or kept).sent())


def described(base: str, dialect: str = "wayback", **changes: object) -> Archive:
    """The file of an archive on loopback."""
    index = {"wayback": "/cdx", "cdxj": "/lines", "timemap": "/timemap/{url}", "common-crawl": "/crawls.json"}[dialect]
    replay = "/{file}" if dialect == "common-crawl" else "/web/{timestamp}id_/{url}"
    view = "/{file}#bytes={range}" if dialect == "common-crawl" else "/web/{timestamp}/{url}"
    known: dict[str, object] = {
        "id": "probe",
        "name": "Probearchiv",
        "homepage": base + "/",
        "dialect": dialect,
        "index": Door(url=base + index, spacing=3),
        "replay": Door(url=base + replay, spacing=1),
        "view": base + view,
        "local": True,
        "verified": "never",
    }
    return Archive.model_validate(known | changes)


def _told(kept: Kept) -> tuple[str, str, str]:
    return _mime(kept), _status(kept), digest(kept)


def _mime(kept: Kept) -> str:
    return "warc/revisit" if kept.repeats else kept.content_type.partition(";")[0]


def _status(kept: Kept) -> str:
    return "-" if kept.repeats else kept.status.split()[0]
