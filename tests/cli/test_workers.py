"""Work that a command shares: processes that end with it, and a cluster of Dask that loses workers or goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import LocalCluster
from paths import ROOT

import reluexact as rx
from reluexact.errors import InputError, WorkersLost
from reluexact.terminal.workers import workers
from reluexact.work import Work

pytestmark = pytest.mark.slow
ANSCOMBE = str(ROOT / "examples" / "data" / "anscombe2.csv")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
BUSY = """
import os, sys, time
from pathlib import Path
from reluexact.terminal.workers import workers
from reluexact.work import Work

def busy(item):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(60)

if __name__ == "__main__":
    with workers(2, None) as shared:
        list(Work(shared).each(busy, [1, 2]))
"""


def run(*arguments):
    command = [sys.executable, "-m", "reluexact", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=120)


def dies_once(item):
    """End the worker, but only the first one that comes to this."""
    place, number = item
    if number == 1 and not place.exists():
        place.touch()
        os._exit(1)
    return number


def sleeps(item):
    time.sleep(0.5)
    return item


def gone(number):
    """Say whether a process ends within 10 s; one that nobody has waited for is at its end, too."""
    for _ in range(100):
        try:
            if Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


def test_jobs_change_no_byte(tmp_path):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    first = run("solve", ANSCOMBE, "--bias", "--penalty", 1, "--out", one, "-q")
    second = run("solve", ANSCOMBE, "--bias", "--penalty", 1, "--out", two, "-q", "--jobs", 2)
    assert (second.returncode, second.stdout, second.stderr) == (first.returncode, first.stdout, "") == (0, first.stdout, "")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_process_that_shares_the_work(tmp_path, how):
    program = tmp_path / "busy.py"
    program.write_text(BUSY)
    places = tmp_path / "numbers"
    places.mkdir()
    parent = subprocess.Popen([sys.executable, program, places], env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    for _ in range(400):
        if len(list(places.iterdir())) == 2:
            break
        time.sleep(0.1)
    numbers = [int(file.name) for file in places.iterdir()]
    parent.send_signal(how)
    parent.wait(20)
    assert len(numbers) == 2
    assert all(gone(number) for number in numbers)


def test_a_cluster_gives_the_same_bytes(cluster, tmp_path):
    data = rx.Dataset.read(ANSCOMBE, bias=True)
    with workers(1, cluster.scheduler_address) as shared:
        rx.solve(data, 1, map=shared).save(tmp_path / "shared.json")
        graph = rx.stationary_graph(rx.Dataset([[1, 1], [2, 1], [4, 1]], [1, 3, 2]), "1/10", map=shared)
    rx.solve(data, 1).save(tmp_path / "alone.json")
    assert (tmp_path / "shared.json").read_bytes() == (tmp_path / "alone.json").read_bytes()
    assert graph == rx.stationary_graph(rx.Dataset([[1, 1], [2, 1], [4, 1]], [1, 3, 2]), "1/10")


def test_a_worker_of_a_cluster_that_dies_costs_time_only(cluster, tmp_path):
    with workers(1, cluster.scheduler_address) as shared:
        items = [(tmp_path / "died", number) for number in range(6)]
        assert list(Work(shared).each(dies_once, items)) == list(range(6))
    assert (tmp_path / "died").exists()


def test_a_scheduler_that_goes_away_is_told(cluster):
    with workers(1, cluster.scheduler_address) as shared:
        results = Work(shared).each(sleeps, list(range(40)))
        assert next(results) == 0
        cluster.close(timeout=5)
        with pytest.raises(WorkersLost, match="the workers are lost"):
            list(results)


def test_a_scheduler_that_does_not_answer(monkeypatch):
    monkeypatch.setattr("reluexact.terminal.workers.CONNECT", 1)
    with pytest.raises(InputError, match="--dask tcp://127.0.0.1:9: no scheduler answers"), workers(1, "tcp://127.0.0.1:9"):
        pass
    with pytest.raises(InputError, match="--jobs and --dask: name one of them"), workers(2, "tcp://127.0.0.1:9"):
        pass
