"""The units are what systemd takes; that `prefect.yaml` is what Prefect takes, a whole run proves."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, for the program where it is here."""
    here = str(Path(sys.executable).parent)
    for every in ("bilanz.service.d", "bilanz-.service.d"):
        (tmp_path / every).mkdir()
        shutil.copy(ROOT / "deploy/hardening.conf", tmp_path / every)
    for unit in (ROOT / "deploy").glob("bilanz*"):
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace("/opt/bilanz/bin", here), "utf-8")
    return sorted(each for each in tmp_path.glob("bilanz*") if each.is_file())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_nothing_wrong_with_the_units(units: list[Path]) -> None:
    assert len(units) == 7
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_units_are_given_what_they_need_and_no_more(units: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    services = [unit for unit in units if unit.suffix == ".service"]
    monkeypatch.setenv("SYSTEMD_UNIT_PATH", f"{units[0].parent}:")
    judge = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", "--no-pager"]
    for service in services:
        judged = subprocess.run([*judge, str(service)], capture_output=True, text=True, check=False)
        assert judged.returncode == 0, judged.stdout[-200:]


def test_who_was_asked_to_end_has_not_failed(units: list[Path]) -> None:
    texts = [unit.read_text("utf-8") for unit in units]
    ours = [text for text in texts if "/bilanz ingest" in text or "/bilanz serve" in text]
    assert len(ours) == 2
    assert all("SuccessExitStatus=130" in text for text in ours)
    # Else the processes that read rules, and Prefect's server, are gone before the last words.
    assert all("KillMode=mixed" in text for text in ours)
