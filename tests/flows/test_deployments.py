"""`prefect.yaml` is what a real Prefect server takes, and the units are what systemd takes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect", "--no-prompt"]


def test_deployments_are_taken_by_a_server(prefect_server: None, monkeypatch) -> None:
    monkeypatch.setenv("BILANZ_HOME", str(ROOT))
    subprocess.run([*PREFECT, "work-pool", "create", "bilanz", "--type", "process"], check=True, capture_output=True)
    result = subprocess.run([*PREFECT, "deploy", "--all"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr

    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        found = {deployment.name: deployment for deployment in client.read_deployments()}
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert {name: each.work_queue_name for name, each in found.items()} == {
        each["name"]: each["work_pool"]["work_queue_name"] for each in wanted
    }
    (schedule,) = found["nightly"].schedules
    assert (schedule.schedule.cron, schedule.schedule.timezone) == ("30 2 * * *", "Europe/Berlin")
    assert found["nightly"].parameters == {"due": True}


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
