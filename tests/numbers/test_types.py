"""A vector, a matrix and an array of floats mean one thing each: no other file defines these names."""

from __future__ import annotations

import re

import pytest
from paths import ROOT

HOMES = {
    "Vector": "numbers/types.py",
    "Matrix": "numbers/types.py",
    "IntVector": "numbers/types.py",
    "Rationals": "numbers/types.py",
    "Number": "numbers/types.py",
    "Bounds": "numbers/types.py",
    "ScalarVector": "numbers/scalar_vectors.py",
    "Bools": "geometry/bits.py",
    "Signs": "geometry/signs.py",
    "Cell": "geometry/signs.py",
    "Sides": "geometry/signs.py",
    "Range": "geometry/shortest.py",
}


@pytest.mark.parametrize("name", sorted(HOMES))
def test_one_definition(name):
    package = ROOT / "reluexact"
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(rf"^{name}(: TypeAlias)? = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    theirs = {path for path in found if path == "checker.py" or path.startswith("checker/")}  # imports nothing, so has its own
    assert found - theirs == {HOMES[name]}
