"""Small certificates of fewest kinks, by hand: independent of the package and of the checker, for the tests alone."""

from __future__ import annotations

from make_extended import LEAF, case
from make_extended_optimum import SQUARED, TIGHT, document, hat, neuron

ENTRIES = ("at", "change", "low", "high")


def with_spline(optimum, places, fit, slope, kinks, skip="0"):
    """Make the certificate of an optimum one of its sparsest functions."""
    optimum["statement"]["kind"] = "sparsest-spline"
    optimum["statement"]["claim"] |= {
        "places": list(map(str, places)),
        "fit": list(map(str, fit)),
        "slope": slope,
        "skip": skip,
        "kinks": [dict(zip(ENTRIES, kink, strict=True)) for kink in kinks],
    }
    return optimum


def spline_hat():
    """The hat of make_extended_optimum: its fit (1, 6, 1)/8 at 0, 2, 4 turns from 5/16 to -5/16."""
    return with_spline(hat(), (0, 2, 4), ("1/8", "3/4", "1/8"), "5/16", [("2", "-5/8", "2", "2")])


def steep():
    """y = (0, 1, 3) at x = 0, 1, 2, squared, b = 7/32, biases free, no skip: theta = (0, -b, b), the fit (0, 39, 89)/32.

    Slopes 39/32 and 50/32: a network pays for the last one, 50/32 b, wherever it takes it from. So the first slope may be
    anything from 0 on, and the kink lies between 1 - 39/50 = 11/50 (the one neuron 25/16 (x - 11/50)+) and 1. The value is
    49/1024 for the errors and 350/1024. Tight: neurons to the right from 0 and from 1, one of sign - to the left from 2.
    """
    known = case([[0], [1], [2]], [0, 1, 3], "7/32", hidden_bias="free", output_bias="free")
    neurons = [neuron("+", "0++", [1], "39/32"), neuron("+", "-0+", [1], "11/32"), neuron("-", "++0", [-1], None)]
    evidence = {
        "roles": ["free", "free", "tie"],
        "bases": [[["1"]], [["1"]], [["-1"]]],
        "midpoint": ["39/32", "11/32", "39/32", "11/32", "0"],
        "rows": [0, 0, 0],
        "positive": [
            {"row": 0, "tree": [{"split": 1}, {"neuron": 0, **TIGHT}, LEAF]},
            {"row": 1, "tree": [{"split": 0}, LEAF, {"neuron": 1, **TIGHT}]},
        ],
        "negative": [
            {"row": 0, "tree": [LEAF]},
            {"row": 2, "tree": [{"split": 0}, {"neuron": 2, **TIGHT}, LEAF]},
        ],
    }
    claim = ("399/1024", [0, "-7/32", "7/32"], neurons, [0])
    optimum = document(known, SQUARED, claim, evidence)
    return with_spline(optimum, (0, 1, 2), ("0", "39/32", "89/32"), "39/32", [("1", "11/32", "11/50", "1")])


GOOD = {"sparsest-spline-hat": spline_hat, "sparsest-spline-steep": steep}
