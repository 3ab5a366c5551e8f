"""Solve every real data set of a folder at five penalties: ``python benchmarks/real.py FOLDER [--standardise] [--results FILE]``.

FOLDER holds csv files: a header, features, and the target in the last column; a column of ones joins as bias. Penalties are 1/2,
1/10, 1/100, 1/1000 and 1/100000 of the greatest one, to two digits (``--fractions 2,5,10,50,100`` for others).
``--standardise``: every column, the target included, minus its mean, divided by its deviation, to three decimals.
Each solve is a process of its own with ``--seconds`` of CPU time. A result is a line of JSON in ``--results``; a run with the
same file goes on where it stopped. Prints a line per solve, then the share PROVED, the median of their CPU seconds, and the rest.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from measure import DONE, report, run_child

FRACTIONS = "2,10,100,1000,100000"
DECIMALS = 3
MEGABYTES = 3000.0


def table(path: Path, *, standardise: bool) -> list[list[Fraction]]:
    """Return the rows of a csv file, the target last."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[Fraction(text) for text in line] for line in list(csv.reader(file))[1:]]
    if not standardise:
        return rows
    columns = [standardised(list(column)) for column in zip(*rows, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def standardised(column: list[Fraction]) -> list[Fraction]:
    """Return a column with mean 0 and deviation 1, to three decimals; a constant one is 0."""
    mean, spread = statistics.fmean(map(float, column)), statistics.pstdev(map(float, column)) or 1.0
    return [round(Fraction((float(entry) - mean) / spread), DECIMALS) for entry in column]


def two_digits(value: float) -> str:
    """Return a decimal of two significant digits."""
    return f"{Decimal(f'{value:.1e}'):f}"


def child(path: Path, penalty: str, seconds: float, *, standardise: bool) -> None:
    """Solve in this process and report what came out; without a penalty, the greatest penalty."""

    def prepare() -> Callable[[], Any]:
        import reluexact as rx

        rows = table(path, standardise=standardise)
        data = rx.Dataset([[*row[:-1], 1] for row in rows], [row[-1] for row in rows])
        rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1)  # what is imported on use is loaded
        if not penalty:
            return lambda: {"greatest": float(rx.max_penalty(data).decimal(15))}
        return lambda: facts(rx.solve(data, Fraction(penalty)))

    report(prepare, dict, seconds, MEGABYTES)


def facts(optimum: Any) -> dict[str, Any]:
    """Return what is kept of an optimum."""
    bounds = {"lower": float(optimum.lower), "upper": float(optimum.upper), "reason": str(optimum.reason)}
    known = {"status": optimum.status.name, "neurons": len(optimum.neurons)}
    return known | ({"value": optimum.value.decimal(15)} if known["status"] == "PROVED" else bounds)


class Results:
    """The lines of a file, one for each solve that was done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.known = {self._key(line): line for line in map(json.loads, lines)}

    def get(self, key: tuple[str, str, bool], compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return the line of a key; what is not known is computed and kept."""
        if key not in self.known:
            name, fraction, scaled = key
            line = {"name": name, "fraction": fraction, "standardised": scaled} | compute()
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            self.known[key] = line
        return self.known[key]

    @staticmethod
    def _key(line: dict[str, Any]) -> tuple[str, str, bool]:
        return line["name"], line["fraction"], line["standardised"]


def solved(path: Path, penalty: str, options: argparse.Namespace) -> dict[str, Any]:
    """Run one child; its status is TIMEOUT where the limit of CPU seconds ended it."""
    given = ["--child", str(path), f"--penalty={penalty}", f"--seconds={options.seconds}"]
    run = run_child([sys.executable, __file__, *given, *["--standardise"] * options.standardise], options.seconds)
    answer = run.answer if run.status == DONE else {"status": "TIMEOUT" if run.status == "time" else run.status.upper()}
    return {"penalty": penalty, "seconds": round(run.seconds, 3), "memory": round(run.memory)} | answer | {"note": run.note}


def survey(options: argparse.Namespace) -> Iterable[dict[str, Any]]:
    """Yield the lines of all solves, the greatest penalties left out."""
    results = Results(options.results)
    for path in sorted(options.folder.glob("*.csv")):
        if options.only and path.stem not in options.only.split(","):
            continue
        greatest = results.get((path.stem, "greatest", options.standardise), lambda path=path: solved(path, "", options))
        for fraction in options.fractions.split(","):
            if "greatest" not in greatest:
                yield {"name": path.stem, "fraction": fraction, "status": "NO PENALTY", "seconds": greatest["seconds"]}
                continue
            penalty = two_digits(greatest["greatest"] / int(fraction))
            key = (path.stem, fraction, options.standardise)
            yield results.get(key, lambda path=path, penalty=penalty: solved(path, penalty, options))


def shown(line: dict[str, Any]) -> str:
    """Return a solve as a line of text."""
    problem = f"{line['name']:<15} 1/{line['fraction']:<7} {line.get('penalty', ''):>16}"
    bounds = f"[{line['lower']:.10g}, {line['upper']:.10g}]" if "lower" in line else ""
    rest = (bounds, line.get("neurons", ""), line.get("reason", ""), line.get("note", ""))
    return " ".join([problem, f"{line['status']:<10} {line['seconds']:>7.2f}", *(str(part) for part in rest if part != "")])


def summary(lines: list[dict[str, Any]]) -> str:
    """Return the share PROVED and the median of their seconds, for each fraction and for all, then what is not PROVED."""
    fractions = list(dict.fromkeys(line["fraction"] for line in lines))
    groups = {fraction: [line for line in lines if line["fraction"] == fraction] for fraction in fractions}
    text = [f"{'share of the greatest':<24}{'solves':>7}{'PROVED':>8}{'share':>8}{'median s':>10}{'most s':>8}"]
    for name, group in [*((f"1/{fraction}", group) for fraction, group in groups.items()), ("all", lines)]:
        times = [line["seconds"] for line in group if line["status"] == "PROVED"]
        middle, most = (statistics.median(times), max(times)) if times else (float("nan"),) * 2
        text.append(f"{name:<24}{len(group):>7}{len(times):>8}{len(times) / len(group):>8.1%}{middle:>10.2f}{most:>8.2f}")
    return "\n".join([*text, "not PROVED:", *(shown(line) for line in lines if line["status"] != "PROVED")])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--standardise", action="store_true")
    parser.add_argument("--results", type=Path, default=Path("real.jsonl"))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--fractions", default=FRACTIONS)
    parser.add_argument("--only", default="", help="names of data sets, commas between them")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--penalty", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child is not None:
        child(options.child, options.penalty, options.seconds, standardise=options.standardise)
        return
    if options.folder is None:
        parser.error("give the folder of the csv files")
    lines = []
    for line in survey(options):
        print(shown(line), flush=True)
        lines.append(line)
    print(summary(lines))


if __name__ == "__main__":
    main()
