"""The notebook of the docs runs from top to bottom, cell by cell as a kernel would, on what `bilanz demo` stores."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.settings import settings

NOTEBOOK = Path(__file__).parents[2] / "docs" / "analysts.ipynb"
CELLS = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def demo_settings(office_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BILANZ_DATABASE_URL", f"sqlite:///{office_database}")
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell among the names of those before; the value of its last line, if that is an expression."""
    code = ast.parse(source)
    last = code.body.pop() if isinstance(code.body[-1], ast.Expr) else None
    exec(compile(code, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_every_cell_runs_and_shows_what_the_text_says(demo_settings: None, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    _, claims, finished, kinds, table, growth, _ = [run("".join(cell["source"]), names) for cell in CELLS]
    assert claims.rows() == [
        ("30", "None", None, "30 Radwegen"),
        ("12", "30", "completed", "12 fertiggestellt"),
        ("5", "30", "in_progress", "5 weitere sind im Bau"),
    ]
    assert "42" in finished["value"]
    assert set(finished.columns) == {"reporting_date", "value", "counted", "quote", "url"}
    assert kinds["claims"].sum() == len(names["zb"].search())
    assert table["label"].to_list() == growth["label"].to_list() == ["2020", "2021", "2022", "2024"]
    verdict, *proofs = capsys.readouterr().out.splitlines()
    assert verdict == "differs"
    assert all("http://127.0.0.1" in proof for proof in proofs)
    assert proofs


def test_outputs_are_stripped() -> None:
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CELLS)
