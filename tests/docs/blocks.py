"""The code blocks of README, CONTRIBUTING and docs/, as shell scripts: one for each page, block after block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUN = ("sh", "python")
SHOWN = ("text", "json", "yaml", "promql")
NOT_RUN: dict[str, str] = yaml.safe_load((Path(__file__).parent / "not_run.yaml").read_text("utf-8"))
"""Pattern of a command that no test can run as it stands there -> why not."""

_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page and the line on which it begins."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """All blocks of a page."""
    text = page.read_text("utf-8")
    found = [(text.count("\n", 0, match.start()) + 1, match) for match in _FENCE.finditer(text)]
    return [Block(page, line, match[1], match[2]) for line, match in found]


def not_run(command: str) -> str | None:
    """The pattern in the list that fits a line, if any does."""
    command = re.sub(r"\s+# .*", "", command.strip())
    return next((pattern for pattern in NOT_RUN if fnmatchcase(command, pattern)), None)


def script(page: Path) -> str:
    """A page's blocks as one shell script that ends where something fails; empty where nothing can be run."""
    parts = [f"echo 'at {block.name}' >&2\n{_runnable(block)}" for block in blocks(page) if block.language in RUN]
    return "\n".join(part for part in parts if _does_something(part))


def _runnable(block: Block) -> str:
    if block.language == "python":
        return f"python - <<'PYTHON'\n{block.text}PYTHON\n"
    return "\n".join(_lines(block.text))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield ":" if not_run(line) else line


def _does_something(part: str) -> bool:
    return any(line.strip() not in ("", ":") and not line.startswith("#") for line in part.splitlines()[1:])
