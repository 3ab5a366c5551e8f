"""``reluexact patterns``: count and list activation patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.geometry.bits import lines
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.seconds import Clock
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen, write_lines
from reluexact.terminal.text import plural

if TYPE_CHECKING:
    from reluexact.geometry.arrangement import ActivationPatterns
    from reluexact.model.dataset import Dataset

Witness = Annotated[bool, typer.Option("--witness", metavar=" ", help="Give each listed pattern a point strictly inside.")]

Stream = Annotated[
    bool, typer.Option("--stream", metavar=" ", help="Write all patterns instead, a line each, as they come; in bounded memory.")
]


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    limit: Annotated[int, typer.Option(min=1, help="Stop when there are more patterns than this.")] = 1_000_000,
    witness: Witness = False,
    listed: Annotated[int, typer.Option("--list", min=0, metavar="N", help="List the first N patterns.")] = 5,
    stream: Stream = False,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
) -> None:
    """Count the activation patterns of the data, exactly, and list the first ones.

    Pattern bit i is 1 where x_i.u >= 0 on the whole closed cell. Rows that are zero, repeated or parallel need no care.
    """
    if stream and (as_json or witness or out is not None):
        raise InputError("--stream writes patterns and nothing else; leave out --json, --out and --witness")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    data = source.read(screen)
    with screen.working("activation patterns") as report:
        from reluexact.geometry.arrangement import activation_patterns

        with Clock(time_limit, where="--time-limit").running():
            found = activation_patterns(data, limit=limit, progress=report)
            if stream:
                write_lines(lines(block) for block in found.blocks())
                return
        bits = [_bits(found, cell) for cell in range(min(listed, found.count))]
        points = [[str(value) for value in found.witness(cell)] for cell in range(len(bits))] if witness else []
    pairs = (
        ("data", f"{source.name}: {plural(data.n, 'row')}, columns {', '.join(data.names)}"),
        ("walls", f"{len(found.hyperplanes):,} (rows up to multiples, zero rows left out)"),
        ("patterns", f"{found.count:,} ({_formula(found)})"),
    )
    document = _document(data, found, bits) | ({"witnesses": points} if witness else {})
    screen.show(document, pairs, [_grid(bits, points, found.count, data.names)] if bits else [])


def _document(data: Dataset, found: ActivationPatterns, bits: list[str]) -> dict[str, object]:
    return {
        "rows": data.n,
        "columns": list(data.names),
        "walls": len(found.hyperplanes),
        "count": found.count,
        "general_position_count": found.general_position_count,
        "patterns": bits,
    }


def _formula(found: ActivationPatterns) -> str:
    if found.count < found.general_position_count:
        return f"general position would give {found.general_position_count:,}"
    return "as many as in general position"


def _bits(found: ActivationPatterns, cell: int) -> str:
    """Return one pattern as text; the whole array of patterns may be large."""
    gates = found.hyperplanes.row_gates(cell_signs(found.signs_of(cell).tolist()))
    return "".join("1" if gate >= 0 else "0" for gate in gates)


def _grid(bits: list[str], points: list[list[str]], count: int, names: tuple[str, ...]) -> Grid:
    title = "pattern" if len(bits) == count else f"the first {len(bits):,} of {count:,}"
    headings = ("cell", title, *([f"inside at ({', '.join(names)})"] if points else []))
    rows = [(str(cell), pattern, *([f"({', '.join(points[cell])})"] if points else [])) for cell, pattern in enumerate(bits)]
    legend = (
        "its number, in the order of the patterns",
        "1: x.u >= 0 in the cell, 0: x.u <= 0, one digit per row",
        "a point u inside",
    )
    return Grid(headings=headings, rows=tuple(rows), left=headings[1:], legend=legend[: len(headings)])
