"""Make the bank: solve its recipes, and write the archive that the package ships.

    PYTHONPATH=. python benchmarks/bank/make.py

Only what is PROVED, and whose certificate the checker accepts, gets in. The set of all optimal networks is certified where that
is quick. Raise VERSION with any change.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from recipes import recipes

import reluexact as rx
from reluexact.kinds.bank.archive import ARCHIVE, INDEX
from reluexact.kinds.files import certificate, read
from reluexact.numbers.rational import format_fraction

VERSION = "2"
PLACE = Path(rx.__file__).parent / "kinds" / "bank" / ARCHIVE
GAP = "1e-12"
"""The relative gap of the bounds where no optimum is rational: those of the logistic loss."""
MOST, ROWS = 60_000, 40
"""Bytes of a certificate of a set beyond the optimum's, and rows up to which one is tried."""


def claimed(recipe):
    """Return the claim with the smaller evidence that says most."""
    if recipe.problem.loss == rx.logistic:
        return rx.prove_bound(recipe.problem, gap=GAP)
    optimum = recipe.planted.optimum if recipe.planted else rx.solve(recipe.problem, time_limit=120)
    if optimum.status is not rx.Status.PROVED:
        raise SystemExit(f"{recipe.name}: {optimum.reason}")
    if isinstance(optimum, rx.Optimum) and recipe.problem.is_plain and recipe.problem.data.n <= ROWS:
        try:
            best = rx.optimal_set(optimum, limit=3_000)
            if len(certificate(best)) <= len(certificate(optimum)) + MOST:
                return best
        except rx.ReluExactError:
            pass
    return optimum


def entry(recipe, claim):
    known, bounds = isinstance(claim, rx.OptimalSet), isinstance(claim, rx.ProblemBound)
    value = (claim.optimum if known else claim).value if not bounds else rx.Real(low=claim.lower, high=claim.upper)
    return {
        "name": recipe.name,
        "group": recipe.group,
        "about": recipe.about,
        "kind": "bound" if bounds else "optimal-set" if known else "optimum",
        "rows": recipe.problem.data.n,
        "features": len(recipe.problem.features),
        "parts": list(recipe.problem.described()),
        "low": format_fraction(value.low),
        "high": format_fraction(value.high),
        "dimension": claim.dimension if known else None,
        "fewest": claim.min_width if known else None,
    }


def main():
    entries, contents = [], {}
    for recipe in recipes():
        if recipe.name in contents:
            raise SystemExit(f"{recipe.name}: twice")
        claim = claimed(recipe)
        contents[recipe.name] = certificate(claim)
        entries.append(entry(recipe, read(contents[recipe.name], recipe.name)))
        print(recipe.name, entries[-1]["kind"], len(contents[recipe.name]), flush=True)
    index = json.dumps({"version": VERSION, "instances": entries}, indent=1).encode()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in ((INDEX, index), *((f"{name}.json", content) for name, content in contents.items())):
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED, 9)
    PLACE.write_bytes(buffer.getvalue())
    print(f"{len(entries)} instances, {len(buffer.getvalue()):,} bytes")


if __name__ == "__main__":
    main()
