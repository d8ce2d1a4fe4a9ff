"""Where tasks run: in threads of this process, in processes of this machine, or on a Dask cluster."""

import os
from typing import Any
from urllib.parse import urlsplit

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.server.environment import TEMPORARY
from models.errors import InputError

OFFICES_AT_ONCE = 8
"""Offices that one machine reads at a time; they mostly wait for the network."""


def task_runner(name: str | None = None, *, at_once: int = OFFICES_AT_ONCE) -> TaskRunner[Any]:
    """A runner of Prefect's.

    Args:
        name: None runs tasks in threads of this process, `dask` in as many processes as this machine
            has cores, `dask://host:port` on the cluster with that scheduler.
        at_once: tasks at a time on this machine.

    Raises:
        InputError: the name is none of these, the extra `dask` is not installed, or the cluster could
            not reach the Prefect server of this process.
    """
    if name is None:
        return ThreadPoolTaskRunner(max_workers=at_once)
    address = urlsplit(name)
    if name != "dask" and (address.scheme != "dask" or not address.hostname or not address.port):
        raise InputError(f"{name!r} is no runner; it should be dask, or dask://host:port of a Dask scheduler.")
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise InputError("Dask is not installed; pip install 'zwischenbilanz[dask]' brings it.") from error
    if name == "dask":
        workers = os.cpu_count() or 1
        threads = max(1, at_once // workers)
        # Nobody looks at a dashboard that is gone with the run.
        cluster = {"n_workers": workers, "threads_per_worker": threads, "dashboard_address": None}
        return DaskTaskRunner(cluster_kwargs=cluster)
    if TEMPORARY in os.environ:
        raise InputError(f"Workers of {name} need a Prefect server that they can reach; name one in PREFECT_API_URL.")
    return DaskTaskRunner(address=f"tcp://{address.netloc}")


def result_of(submitted: PrefectFuture[Any]) -> Any:
    """What a task came to, or the exception that ended it, also where its process died."""
    try:
        return submitted.result(raise_on_failure=False)
    except Exception as error:  # noqa: BLE001 - runners have errors of their own, such as KilledWorker
        return error
