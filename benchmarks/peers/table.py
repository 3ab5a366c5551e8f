"""The page ``RESULTS.md``, from figures alone: the same figures give the same bytes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from measure import DONE, FAILED, MEMORY, MISSING, TIME, Run
from peers.figures import Figures
from peers.sections import OURS, SECTIONS, Section, Size

LARGE = 1e-4
"""A larger share above the minimum of a network that is called optimal is printed in bold."""
ROUNDING = 1e-30
"""The bounds are kept to 40 digits."""

Cell = Callable[[Figures, Section, Size, Run], str]


def page(figures: Figures) -> str:
    """Return the whole page."""
    return "\n".join([*_head(figures), *(line for section in SECTIONS for line in _section(figures, section)), ""])


def _head(figures: Figures) -> Iterator[str]:
    used = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    machine = f"{figures.machine['processors']} processors, {figures.machine['system']} {figures.machine['architecture']}"
    about = f"""Written by `python benchmarks/compare.py`, nothing by hand; the figures are in `results.json`. A peer has a
        process of its own for each size, one thread, {figures.seconds:g} CPU seconds and {figures.memory:g} MB of address space;
        after the first size that it does not answer it is asked no more (empty). Times are CPU seconds of the work alone, without
        imports; in brackets how many times the time of this project. Memory is the peak of the process, imports included. The
        data are random integers from -9 to 9."""
    yield "# This project beside its peers"
    yield ""
    yield textwrap.fill(" ".join(about.split()), 130)
    yield ""
    yield textwrap.fill(f"{machine}. {used}.", 130)
    yield ""
    yield "![CPU seconds against the size](growth.svg)"


def _section(figures: Figures, section: Section) -> Iterator[str]:
    if not any(figure.section == section.name for figure in figures.figures):
        return
    yield f"\n## {section.title}\n"
    yield f"{section.question}\n"
    for peer in section.peers:
        yield f"- {peer.name}: {peer.about}"
    for title, cell in (("CPU seconds", _seconds), ("Peak memory, MB", _memory), _answers(section)):
        yield from _table(figures, section, title, cell)


def _table(figures: Figures, section: Section, title: str, cell: Cell) -> Iterator[str]:
    names = [peer.name for peer in section.peers]
    yield f"\n{title}:\n"
    yield f"| {section.unit} | {section.axis} | {' | '.join(names)} |"
    yield f"| --- | --- |{' --- |' * len(names)}"
    for size in section.sizes:
        runs = [figures.run(section, name, size) for name in names]
        if any(runs):
            cells = ["" if run is None else cell(figures, section, size, run) for run in runs]
            scale = figures.scale(section, size)
            yield f"| {size[0]}, {size[1]} | {'' if scale is None else scale} | {' | '.join(cells)} |"


def _seconds(figures: Figures, section: Section, size: Size, run: Run) -> str:
    if run.status != DONE:
        return {TIME: f"> {run.seconds:g}", MEMORY: "out of memory", MISSING: "not installed", FAILED: "error"}[run.status]
    ratio = figures.ratio(section, run, size)
    return _short(run.seconds) + ("" if ratio is None or run is figures.run(section, OURS, size) else f" ({_short(ratio)}x)")


def _short(number: float) -> str:
    """Return a number to two digits, without an exponent unless it is tiny."""
    return f"{number:.0f}" if number >= 100 else f"{number:.2g}"


def _memory(figures: Figures, section: Section, size: Size, run: Run) -> str:
    return f"{run.memory:.0f}" if run.memory else ""


def _answers(section: Section) -> tuple[str, Cell]:
    if section.name in ("enumeration", "fewest"):
        return "Answer", _count
    title = "Relative excess of the network over the minimum, exactly evaluated; in brackets what the peer claims"
    return f"{title}; bold: above 1e-4 though called optimal", _excess


def _count(figures: Figures, section: Section, size: Size, run: Run) -> str:
    if run.status != DONE:
        return run.note
    count, ours = run.answer["count"], figures.run(section, OURS, size)
    if count is None:
        return "no answer"
    truth = ours.answer.get("count") if ours else None
    return str(count) if truth in (None, count) else f"**wrong**: {count}"


def _excess(figures: Figures, section: Section, size: Size, run: Run) -> str:
    if run.status != DONE:
        return run.note
    if "refuted" in run.answer:
        return "refuted" if run.answer["refuted"] else f"**wrong**: {run.answer['said']}"
    excess = figures.excess(size, run.answer["objective"])
    if excess is None:
        return "not judged"
    if "lower" in run.answer:
        return "proved" if run.answer["proved"] else f"undecided, at most {float(excess.high):.1e}"
    if excess.high < 0:
        return "**below the proved minimum**"
    known = excess.high < 2 * excess.low or excess.high < ROUNDING
    text = f"{'' if known else 'at most '}{float(excess.high):.1e}"
    if "claim" in run.answer and run.answer.get("proved", True) and excess.low > LARGE:
        text = f"**{text}**"
    return text + _claim(figures, size, run)


def _claim(figures: Figures, size: Size, run: Run) -> str:
    """Return by how much the minimum that a peer claims differs from the proved one."""
    if "claim" not in run.answer:
        return ""
    if run.answer.get("proved", True):
        claimed = figures.excess(size, run.answer["claim"])
        return f" (says {float(claimed.high):+.1e})" if claimed else ""
    bound = figures.excess(size, run.answer["bound"])
    return f" (says at least {float(bound.high):+.1e})" if bound else ""
