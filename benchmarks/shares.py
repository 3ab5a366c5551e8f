"""Where the seconds of a solve go, and what two workers would save: python benchmarks/shares.py [n,d ...]

Data and penalty of cover.py. CPU seconds of one process: the whole, each stage (with all that it calls), the pieces that ``map=``
would hand out; then the speed-up if two workers take the pieces in turn as they get free, and the seconds of the checker.
"""

from __future__ import annotations

import cProfile
import pstats
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from typing import Any

from cover import instance

import reluexact as rx

STAGES = {
    "candidates by column generation": ("candidates.py", "propose"),
    "polishing": ("polish.py", "polish"),
    "enclosure, neurons, pairs": ("certified.py", "certify"),
    "trees": ("cover.py", "cover"),
    "  bounds of walls": ("branching.py", "tightened"),
    "  relaxations": ("leaf.py", "relax"),
    "  leaves as short numbers": ("leaf.py", "leaf"),
    "exact check of the trees": ("o8_dual_tree.py", "dual_tree_fault"),
}
WORKERS = 2
CHECKER = Path(rx.__file__).parent / "checker"


class Timed:
    """A map that does the pieces here, and notes what each takes; those of one call are shared among workers."""

    def __init__(self) -> None:
        self.pieces: list[float] = []
        self.longest = 0.0

    def __call__(self, piece: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        busy = [0.0] * WORKERS
        try:
            for item in items:
                start = process_time()
                answer = piece(item)
                self.pieces.append(process_time() - start)
                busy[busy.index(min(busy))] += self.pieces[-1]
                yield answer
        finally:
            self.longest += max(busy)


def stages(data: rx.Dataset, penalty: object) -> Iterator[tuple[str, float]]:
    """Yield the share of each stage, by a profile."""
    profile = cProfile.Profile(process_time)
    profile.runcall(rx.solve, data, penalty)
    counted = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = max(entry[3] for entry in counted.values())
    for stage, (file, function) in STAGES.items():
        found = [entry[3] for place, entry in counted.items() if Path(place[0]).name == file and place[2] == function]
        yield stage, sum(found) / whole


def checked(optimum: rx.Optimum) -> float:
    """Return the CPU seconds of the checker, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.json")
        rx.save(optimum, path)
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-I", "-S", str(CHECKER), str(path)], check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(sizes: list[str]) -> None:
    """Print one block per size."""
    for size in sizes:
        n, d = (int(part) for part in size.split(","))
        data, penalty = instance(n, d)
        rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1)  # loads what is needed
        timed, start = Timed(), process_time()
        optimum = rx.solve(data, penalty, map=timed)
        whole = process_time() - start
        pieces = sum(timed.pieces)
        print(f"{size}: {optimum.status.name}, {whole:.2f} s, of which {len(timed.pieces)} pieces to share {pieces:.2f} s")
        print(f"  speed-up of {WORKERS} workers {whole / (whole - pieces + timed.longest):.2f}; checker {checked(optimum):.2f} s")
        for stage, share in stages(data, penalty):
            print(f"  {stage:<34} {share:6.1%}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["100,4", "200,3", "1000,2"])
