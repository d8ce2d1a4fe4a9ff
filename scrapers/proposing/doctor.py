"""Checks many press offices at once, each politely, and tells what came of it for people and for programs."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import yaml

from models.errors import BilanzError
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.proposing.checks import Diagnosis, SiteFinding, check_source

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Offices that are asked side by side; each host is still asked one thing at a time."""

_WORDS = {
    "broken": "No release can be read.",
    "differs": "Something is not as the file says.",
    "sound": "As the file says.",
}


def check_offices(
    offices: Sequence[Source], fetcher: Callable[[], Fetcher], *, samples: int = 3
) -> Iterator[Diagnosis]:
    """Checks offices side by side, and gives each diagnosis as soon as it stands.

    Args:
        fetcher: makes one for an office; all of them share their book of hosts.
        samples: releases that are fetched of each.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        started = [pool.submit(_checked, office, fetcher, samples) for office in offices]
        for done in as_completed(started):
            yield done.result()


def _checked(office: Source, fetcher: Callable[[], Fetcher], samples: int) -> Diagnosis:
    # One try more is enough here: who does not answer this evening is told as that.
    hurried = office.model_copy(update={"politeness": office.politeness.model_copy(update={"retries": 1})})
    try:
        return check_source(hurried, fetcher(), samples=samples)
    except BilanzError as error:
        return _failed(office, str(error))
    except Exception as error:  # whatever one site brings up must not end the tour of two hundred
        log.exception("%s could not be checked", office.id)
        return _failed(office, f"The program failed on it ({type(error).__name__}: {error}); please report it.")


def _failed(office: Source, message: str) -> Diagnosis:
    return Diagnosis(office.id, [SiteFinding("office", office.homepage, False, message)])


def records(diagnoses: Sequence[Diagnosis]) -> list[dict[str, Any]]:
    """The diagnoses as JSON takes them, the worst first."""
    return [
        {
            "source": each.source,
            "severity": each.severity,
            "findings": [
                {
                    "what": finding.what,
                    "url": finding.url,
                    "sound": finding.sound,
                    "message": finding.message,
                    "proposed": finding.proposed or None,
                }
                for finding in each.findings
            ],
            "patch": dict(each.patch),
        }
        for each in in_order(diagnoses)
    ]


def markdown(diagnoses: Sequence[Diagnosis], said: Callable[[str], str] = str) -> str:
    """The diagnoses as a report for people: an overview, then each office that is not as its file says.

    Args:
        diagnoses: the result of `check_offices`.
        said: a sentence in the language of its readers.
    """
    ordered = in_order(diagnoses)
    columns = " | ".join(said(each) for each in ("office", "severity", "differs", "proposed"))
    lines = [f"# {said('Press offices, checked against their sites')}", "", f"| {columns} |", "|---|---|---|---|"]
    for each in ordered:
        wrong = sum(not finding.sound for finding in each.findings)
        lines.append(f"| {each.source} | {said(each.severity)} | {wrong or ''} | {', '.join(each.patch)} |")
    for each in ordered:
        if each.severity == "sound":
            continue
        lines += ["", f"## {each.source}", "", said(_WORDS[each.severity]), ""]
        lines += [_line(finding, said) for finding in each.findings]
        if each.patch:
            proposed = f"Proposed for `scrapers/sources/{each.source}.yaml`; these keys take the place of its own:"
            lines += ["", said(proposed), "", "```yaml", patch_text(each), "```"]
    return "\n".join(lines) + "\n"


def patch_text(diagnosis: Diagnosis) -> str:
    """The keys of the source file that change, as YAML."""
    return yaml.safe_dump(dict(diagnosis.patch), allow_unicode=True, sort_keys=False, width=110).rstrip()


def in_order(diagnoses: Sequence[Diagnosis]) -> list[Diagnosis]:
    """The worst first, then by id."""
    return sorted(diagnoses, key=lambda each: (list(_WORDS).index(each.severity), each.source))


def _line(finding: SiteFinding, said: Callable[[str], str]) -> str:
    mark = said("ok") if finding.sound else f"**{said('differs')}**"
    hint = said(f" Instead: `{finding.proposed}`.") if finding.proposed else ""
    return f"- {mark} {said(finding.what)}: {said(finding.message)} <{finding.url}>{hint}"
