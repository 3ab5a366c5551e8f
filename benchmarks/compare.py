"""This project beside its peers, in one run: ``python benchmarks/compare.py``, about 15 minutes; writes ``RESULTS.md``.

Needs the extra ``bench``: ``pip install '.[bench]'``. Every peer has every size once, in a process of its own, smallest first,
until it does not answer within ``--seconds`` of CPU time; larger sizes are then left out. ``--quick``: the smallest size of each
section only. ``--sections`` and ``--peers`` choose; then and with ``--quick`` the results are printed, not written. ``--redraw``
measures nothing, and writes ``RESULTS.md`` and ``growth.svg`` again from the ``results.json`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from measure import DONE, Run, run_child
from peers.figures import Figure, Figures
from peers.sections import SECTIONS, Peer, Section, Size
from peers.table import page

HERE = Path(__file__).parent
PACKAGES = ("reluexact", "numpy", "scipy", "cvxpy", "clarabel", "pyscipopt", "z3-solver", "torch", "pyscnn")


def measured(section: Section, peer: Peer, sizes: tuple[Size, ...], options: argparse.Namespace) -> Iterator[Figure]:
    """Yield the figures of a peer up to the first size that it does not answer."""
    for size in sizes:
        limits = (str(options.seconds), str(options.memory))
        command = (sys.executable, str(HERE / "peers" / "child.py"), peer.function, *map(str, size), *limits)
        run = run_child(command, options.seconds)
        show(section, peer, size, run)
        yield Figure(section.name, peer.name, size, run)
        if run.status != DONE or run.answer.get("count", 0) is None:
            return


def show(section: Section, peer: Peer, size: Size, run: Run) -> None:
    """Say how it goes, on the error stream."""
    text = (
        f"{section.name:>12} {peer.name:>16} {size!s:>9} {run.status:>7} {run.seconds:>9.4f} s {run.memory:>7.0f} MB {run.note}"
    )
    print(text, file=sys.stderr, flush=True)


def versions() -> dict[str, str]:
    """Return the versions of the packages that are installed, and of Python."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def write(figures: Figures, folder: Path) -> None:
    """Write the page and the plot."""
    from peers.growth import draw

    (folder / "RESULTS.md").write_text(page(figures), encoding="utf-8")
    draw(figures, folder / "growth.svg")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20, help="CPU seconds of one peer at one size")
    parser.add_argument("--memory", type=float, default=8000, help="address space of one peer at one size in MB")
    parser.add_argument("--quick", action="store_true", help="the smallest size of each section")
    parser.add_argument("--sections", nargs="*", choices=[section.name for section in SECTIONS], help="only these")
    parser.add_argument("--peers", nargs="*", help="only these")
    parser.add_argument("--redraw", action="store_true", help="from results.json, nothing is measured")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the files that are written")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    if options.redraw:
        write(Figures.read(HERE / "results.json"), options.out)
        return
    figures: list[Figure] = []
    for section in SECTIONS:
        if options.sections and section.name not in options.sections:
            continue
        for peer in section.peers:
            if options.peers and peer.name not in options.peers:
                continue
            figures += measured(section, peer, peer.sizes(section)[: 1 if options.quick else None], options)
    machine = {"processors": os.cpu_count(), "system": platform.system(), "architecture": platform.machine()}
    found = Figures(options.seconds, options.memory, machine, versions(), figures)
    if options.quick or options.sections or options.peers:
        print(page(found), end="")
        return
    (options.out / "results.json").write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    write(found, options.out)


if __name__ == "__main__":
    main()
