"""`prefect.yaml` is what a real Prefect server takes: its deployments can be run there."""

import subprocess
import sys
from pathlib import Path

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
