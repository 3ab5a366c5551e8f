"""All optimal networks of Silverman's motorcycle data, as a paper.

At penalty 50 three pairs of opposite neurons are optimal, so the optimal network is not unique: the amounts of the neurons form a
segment. The program proves this, prints both ends exactly as far as digits go, and writes a LaTeX document with the equations.

    python examples/02_all_optimal_networks.py [--out DOCUMENT.tex]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import reluexact as rx
from reluexact.kinds.optimal_set.paper.document import Paper

DATA = Path(__file__).parent / "data" / "motorcycle.csv"
PENALTY = 50


def main() -> None:
    """Solve, describe the set, write the document."""
    parser = argparse.ArgumentParser(description="Describe all optimal networks of the motorcycle data.")
    parser.add_argument("--out", type=Path, default=Path("motorcycle.tex"), help="the document (default: %(default)s)")
    options = parser.parse_args()
    optimum = rx.solve(rx.Dataset.read(DATA, bias=True), penalty=PENALTY)
    best = rx.optimal_set(optimum)
    print(f"status     {best.status.name}")
    print(f"dimension  {best.dimension}")
    for vertex in best.vertices:
        amounts = ", ".join(f"{k}: {vertex.amounts[k].decimal(12)}" for k in vertex.support)
        print(f"vertex     {amounts}")
    root = rx.closed_form(optimum).root
    if root is not None:
        print(f"algebra    the total of neurons {root.index} and {root.partner} is a root of degree {root.polynomial.degree()}")
    print(f"direction  {best.neurons[0].latex()}")
    options.out.write_text(Paper(name=DATA.name, optimum=optimum, best=best, options="--bias").latex(), encoding="ascii")
    print(f"document   {options.out}")


if __name__ == "__main__":
    main()
