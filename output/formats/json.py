"""JSON: one document."""

import json
from typing import TextIO

from output.formats.result import Format, Result


def write(result: Result, out: TextIO) -> None:
    """Writes the whole value, indented."""
    json.dump(result.whole, out, ensure_ascii=False, indent=2)
    out.write("\n")


FORMAT = Format("json", write, media_type="application/json")
