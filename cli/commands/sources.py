"""`bilanz sources`: the press offices that are known, checked, and to be added."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, recognised
from cli.offices_by_land import show_by_land
from cli.printing import ListOption, cannot_be_written, console, nothing_found, write_result
from cli.sampled_claims import show_claims
from cli.settings import settings
from models.errors import InputError
from output.formats.result import Result

if TYPE_CHECKING:
    from scrapers.http.fetch import Fetcher
    from scrapers.http.slots import HostSlots
    from scrapers.proposing.checks import Diagnosis
    from scrapers.registry import Registered

app = typer.Typer()

_COLUMNS = ("id", "publisher", "level", "state", "homepage", "verified", "last_run")
_STATUS = {"sound": 0, "differs": 1, "broken": 3}


@app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """List press offices, check them against their sites, add new ones.

    Example: `bilanz sources`
    """
    if context.invoked_subcommand is None:
        list_sources()


@app.command("list")
def list_sources(
    form: ListOption = "table",
) -> None:
    """List the press offices that can be read and the imported sources, with the state in which the last run left them.

    Example: `bilanz sources list --format csv`
    """
    from scrapers.registry import Registered, registered

    own, bundled = settings().sources, settings().bundled
    # Whoever only imports has no files of offices.
    known = registered(own, bundled=bundled) if own or bundled else Registered((), {})
    found = _states()
    rows: list[dict[str, str | None]] = [
        {
            "id": office.id,
            "publisher": office.publisher,
            "level": office.level,
            "state": office.state,
            "homepage": office.homepage,
            "verified": str(office.verified),
            "last_run": found.get(office.id),
        }
        for office in known.sources
    ]
    for source_id, publisher in _imported().items():
        told = {"id": source_id, "publisher": publisher, "level": "imported", "last_run": found.get(source_id)}
        rows.append(dict.fromkeys(_COLUMNS) | told)
    if not rows and not known.faults:
        nothing_found(_("No press office is known."))
    if rows:
        write_result(Result(rows, show=partial(show_by_land, rows)), form)
    _tell_faults(known)


def _tell_faults(known: Registered) -> None:
    """Names the files that cannot be read, below what the others say.

    Raises:
        InputError: there are some.
    """
    if known.faults:
        raise InputError("\n".join(str(fault) for fault in known.faults.values()))


def _states() -> dict[str, str | None]:
    """How the last run of each office ended; nothing where there is no database yet."""
    from cli.opening import database_exists, open_database
    from db.operation.health import health

    if not database_exists():
        return {}
    return {each.source_id: "paused" if each.paused else each.state for each in health(open_database())}


def _imported() -> dict[str, str]:
    from cli.opening import database_exists, open_database
    from db.archive.imported import imported_sources

    return imported_sources(open_database()) if database_exists() else {}


@app.command()
def check(
    source: Annotated[str | None, typer.Argument(metavar="ID", help="Id of a press office.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Check all press offices, side by side.")] = False,
    samples: Annotated[int, typer.Option(min=0, help="Releases of each office to try the selectors on.")] = 3,
    report: Annotated[
        Path | None, typer.Option(help="Write what was found to FILE.md and FILE.json, with patches for the files.")
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Show what the rules read from these releases.")] = False,
) -> None:
    """Compare source files with the live sites, and say what differs and what they should say instead.

    Each office is asked for robots.txt, the first page of each of its ways, the second of each list and a few
    releases; nothing is stored. The exit status is 0 where all is as the files say, 1 where something differs, 3 where
    an office cannot be read at all.

    Example: `bilanz sources check berlin`
    """
    from scrapers.http.fetch import check_contact
    from scrapers.http.slots import LocalSlots
    from scrapers.proposing.doctor import check_offices
    from scrapers.registry import registered
    from scrapers.registry import source as source_by_id

    if (source is None) == (not every):
        raise InputError("Name one press office, or say --all.")
    if claims and every:
        raise InputError("--claims shows those of one press office; name it.")
    own = settings().sources
    known = registered(own, bundled=settings().bundled)
    offices = known.real if source is None else [source_by_id(source, own)]
    check_contact(offices, settings().contact)
    slots = LocalSlots()
    diagnoses = []
    for diagnosis in check_offices(offices, lambda: _fetcher(slots), samples=samples):
        diagnoses.append(diagnosis)
        _show(diagnosis, whole=not every)
        if claims:
            show_claims(offices[0], diagnosis.samples)
    if report is not None:
        _write(diagnoses, report)
    if every:
        _tell_faults(known)
    raise typer.Exit(max((_STATUS[each.severity] for each in diagnoses), default=0))


def _show(diagnosis: Diagnosis, *, whole: bool) -> None:
    from scrapers.proposing.doctor import patch_text

    out = console()
    if not whole:
        wrong = ", ".join(_(finding.what) for finding in diagnosis.findings if not finding.sound)
        marked = _padded(diagnosis.severity, ("sound", "differs", "broken"))
        out.print(f"{marked} {diagnosis.source}{f': {wrong}' if wrong else ''}", soft_wrap=True, markup=False)
        return
    for finding in diagnosis.findings:
        mark = _padded("ok" if finding.sound else "differs", ("ok", "differs"))
        told = f"{mark}  {_(finding.what)}: {recognised(finding.message)}  {finding.url}"
        out.print(told, soft_wrap=True, markup=False)
    if diagnosis.patch:
        out.print(
            _(
                "Proposed for the file of {source}:\n{patch}",
                source=diagnosis.source,
                patch=patch_text(diagnosis),
            ),
            soft_wrap=True,
            markup=False,
        )


def _padded(word: str, column: Sequence[str]) -> str:
    """A word in the language that is spoken, as wide as any of its column."""
    return _(word).ljust(max(len(_(each)) for each in column))


def _write(diagnoses: list[Diagnosis], report: Path) -> None:
    from scrapers.proposing.doctor import markdown, records

    stem = report.with_suffix("") if report.suffix in {".md", ".json"} else report
    content = json.dumps(records(diagnoses), ensure_ascii=False, indent=2) + "\n"
    try:
        stem.with_name(f"{stem.name}.md").write_text(markdown(diagnoses, recognised), encoding="utf-8")
        stem.with_name(f"{stem.name}.json").write_text(content, encoding="utf-8")
    except OSError as error:
        raise cannot_be_written(report, error) from error
    console().print(_("{stem}.md and {stem}.json tell it all.", stem=stem), soft_wrap=True)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Home page, list of releases, feed or sitemap of a press office.")],
    folder: Annotated[
        Path, typer.Option(help="Where to write the file, and the page of a release beside it.")
    ] = Path(),
) -> None:
    """Look at a site and propose a source file, to be reviewed.

    Example: `bilanz sources add https://www.example.de/presse --folder my-sources`
    """
    from scrapers.proposing.propose import propose

    proposal = propose(url, _fetcher())
    path = folder / f"{proposal.id}.yaml"
    if path.exists():
        raise InputError(f"{path} exists already; move it away first.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(proposal.text, encoding="utf-8")
    out = console()
    out.print(_("{path} is a proposal; review it, then check it against the site:", path=path), soft_wrap=True)
    out.print(
        _("  BILANZ_SOURCES={folder} bilanz sources check {id}", folder=shlex.quote(str(folder)), id=proposal.id),
        soft_wrap=True,
    )
    if proposal.sample:
        page = path.with_suffix(".html")
        page.write_bytes(proposal.sample.body)
        out.print(_("{page} is a release to compare it with.", page=page), soft_wrap=True)


@app.command()
def pause(source: Annotated[str, typer.Argument(metavar="ID", help="Id of a press office.")]) -> None:
    """Leave a press office alone, by night and in all runs that do not name it.

    Example: `bilanz sources pause berlin`
    """
    _set_paused(source, paused=True)
    console().print(
        _("{source} is left alone; `bilanz sources resume {source}` ends that.", source=source),
        soft_wrap=True,
    )


@app.command()
def resume(source: Annotated[str, typer.Argument(metavar="ID", help="Id of a press office.")]) -> None:
    """Read a paused press office again, from the next run on.

    Example: `bilanz sources resume berlin`
    """
    _set_paused(source, paused=False)
    console().print(_("{source} is read again.", source=source))


@app.command()
def remove(source: Annotated[str, typer.Argument(metavar="ID", help="Id of a source without a file.")]) -> None:
    """Take a source that has no file any more out of health, alarms and runs; what is stored of it stays.

    Example: `bilanz sources remove musterstadt`
    """
    from cli.opening import open_database
    from db.operation.removal import drop_source
    from scrapers.registry import is_registered

    if is_registered(source, settings().sources):
        raise InputError(
            f"{source} has a source file and would be read again; `bilanz sources pause {source}` ends that."
        )
    drop_source(open_database(), source)
    console().print(
        _("{source} is out of the health of sources; its releases and claims stay.", source=source), soft_wrap=True
    )


def _set_paused(source_id: str, *, paused: bool) -> None:
    from db.engine import connect
    from db.operation.runs import set_paused
    from db.upkeep.schema import check_schema
    from scrapers.registry import source

    office = source(source_id, settings().sources)
    engine = connect(settings().database_url)
    check_schema(engine)
    set_paused(engine, office.id, paused=paused)


def _fetcher(slots: HostSlots | None = None) -> Fetcher:
    from scrapers.http.fetch import Fetcher

    return Fetcher(slots, contact=settings().contact)
