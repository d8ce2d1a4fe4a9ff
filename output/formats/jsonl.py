"""JSON Lines: one document a line."""

import json
from typing import Any, TextIO

from output.formats.result import Format, Result


def write_line(value: Any, out: TextIO) -> None:
    """Writes one document."""
    out.write(json.dumps(value, ensure_ascii=False) + "\n")


def write(result: Result, out: TextIO) -> None:
    """Writes each of the values, or each row where there is one value."""
    for each in result.whole if isinstance(result.whole, list) else result.rows:
        write_line(each, out)


FORMAT = Format("jsonl", write)
