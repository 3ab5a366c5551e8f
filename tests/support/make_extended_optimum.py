"""Small optima of version 2, by hand: independent of the package and of the checker, for the tests alone.

Every system has a rational solution, which its midpoint is; then neither radius nor preconditioner matter.
"""

from __future__ import annotations

from make_extended import ABSOLUTE, HINGE, LEAF, case, strings

SQUARED = {"of": "difference", "breakpoints": [], "pieces": [["1/2", "0", "0"]]}
TIGHT = {"solve": [], "fixed": {}}


def box(value):
    return {"low": str(value), "high": str(value)}


def neuron(sign, gate, direction, amount, partner=None):
    return {
        "sign": sign,
        "gate": gate,
        "direction": [box(entry) for entry in direction],
        "partner": partner,
        "amount": None if amount is None else box(amount),
    }


def document(known, form, claim, evidence):
    problem = {
        "X": strings(known["X"]),
        "y": strings(known["y"]),
        "penalty": strings([known["penalty"]])[0],
        "loss": form,
        "weights": strings(known["weights"]),
        **{name: known[name] for name in ("hidden_bias", "output_bias", "skip")},
    }
    value, theta, neurons, linear = claim
    midpoint = evidence.pop("midpoint")
    system = {"midpoint": midpoint, "radius": "1/1000", "preconditioner": [["0"] * len(midpoint)] * len(midpoint)}
    return {
        "format": "reluexact-certificate",
        "version": 2,
        "statement": {
            "kind": "optimum",
            "problem": problem,
            "claim": {
                "value": box(value),
                "theta": [box(entry) for entry in theta],
                "neurons": neurons,
                "linear": [box(entry) for entry in linear],
            },
        },
        "evidence": {"lineality": [], "split": {"fraction": {}, "solve": []}, "pins": {}, "system": system, **evidence},
        "produced_by": {"program": "make_extended_optimum"},
    }


def line():
    """The fit g + a x with a free g for y = (1, 2, 9) at x = 1, 2, 4, absolute errors, b = 1: through rows 0 and 2, a = 8/3.

    Row 1 lies below its fit 11/3, theta_1 = -1. The sum of theta is 0 and that of theta x is b: theta_2 = 2/3, theta_0 = 1/3.
    The value is the error 5/3 plus 8/3. Unknowns: omega, t, g, theta_0, theta_2. For the sign - the function is -|u| where u > 0.
    """
    known = case([[1], [2], [4]], [1, 2, 9], 1, output_bias="free")
    claim = ("13/3", ["1/3", "-1", "2/3"], [neuron("+", "+++", [1], "8/3")], ["-5/3"])
    evidence = {
        "roles": ["free"],
        "bases": [[["1"]]],
        "midpoint": ["8/3", "8/3", "-5/3", "1/3", "2/3"],
        "rows": [1, 2, 1],
        "positive": [{"split": 0}, {"neuron": 0, **TIGHT}, LEAF],
        "negative": [{"split": 0}, {"rho": {"0": "1"}, "slope": {}}, LEAF],
    }
    return document(known, ABSOLUTE, claim, evidence)


def separable():
    """Labels at x = 1, -1, hinge, b = 1/8, biases free: the fit x has the margin 1 in both rows and costs b.

    theta = (1/16, -1/16): seen from the row -1 the line to the right gives 2/16 = b, and so does, for the sign -, the line to the
    left from the row 1, which is the same function but for the output bias. Unknowns: omega, t, g, theta_0, theta_1.
    """
    known = case([[1], [-1]], [1, -1], "1/8", hidden_bias="free", output_bias="free")
    neurons = [neuron("+", "+0", [1], 1), neuron("-", "0+", [-1], None)]
    evidence = {
        "roles": ["free", "tie"],
        "bases": [[["1"]], [["-1"]]],
        "midpoint": ["1", "1", "-1", "1/16", "-1/16"],
        "rows": [1, 1],
        "positive": [{"row": 1, "tree": [{"split": 0}, {"neuron": 0, **TIGHT}, LEAF]}],
        "negative": [{"row": 0, "tree": [{"split": 1}, LEAF, {"neuron": 1, **TIGHT}]}],
    }
    evidence["negative"][0]["tree"] = [{"split": 1}, {"neuron": 1, **TIGHT}, LEAF]
    return document(known, HINGE, ("1/8", ["1/16", "-1/16"], neurons, ["-1"]), evidence)


def hat():
    """y = (0, 1, 0) at x = 0, 2, 4, squared, b = 1/4, biases free: theta = (-1, 2, -1)/8, so the fit is (1, 6, 1)/8.

    Seen from row 1, for the sign -, both directions give 2/8 = b: a pair with the kink x = 2 and the slope 5/16 on both sides.
    In the system the pair is one neuron, here to the left (omega = 5/8 at -1), a line (c = 5/16 at -1) and g = 11/8.
    The value is 3/64 for the errors and 5/32 for the amounts. From rows 0 and 2, sign +, the function is at most 0.
    """
    known = case([[0], [2], [4]], [0, 1, 0], "1/4", hidden_bias="free", output_bias="free")
    neurons = [neuron("-", "+0-", [-1], "5/16", 1), neuron("-", "-0+", [1], "5/16", 0)]
    evidence = {
        "roles": ["pair", "partner"],
        "bases": [[["-1"]], [["-1"]]],
        "lineality": [["-1"]],
        "midpoint": ["5/8", "5/8", "5/16", "11/8"],
        "split": {"fraction": {"0": "1/2"}, "solve": []},
        "rows": [0, 0, 0],
        "positive": [{"row": 0, "tree": [LEAF]}, {"row": 2, "tree": [LEAF]}],
        "negative": [{"row": 1, "tree": [{"split": 0}, {"neuron": 0, **TIGHT}, {"neuron": 1, **TIGHT}]}],
    }
    return document(known, SQUARED, ("13/64", ["-1/8", "1/4", "-1/8"], neurons, ["3/4"]), evidence)


def pinned():
    """Targets 0, 1, 1 at 1, 1, 2, absolute, b = 1: the output bias 1 alone; theta_0 = -1; a half is pinned."""
    known = case([[1], [1], [2]], [0, 1, 1], 1, output_bias="free")
    evidence = {
        "roles": [],
        "bases": [],
        "midpoint": ["1", "1/2"],
        "rows": [2, 1, 1],
        "pins": {"2": "1/2"},
        "positive": [{"rho": {}, "slope": {"0": "1/2"}}],
        "negative": [{"rho": {}, "slope": {"0": "1/2"}}],
    }
    return document(known, ABSOLUTE, (1, [-1, "1/2", "1/2"], [], [1]), evidence)


def flat():
    """y = (16, 25, 16) at x = -4, -5, 4, squared, b = 1/100, biases free: theta = (-1, 1, 0)/100, so the fit turns at -4 alone.

    The neurons of sign + to the left give b from any kink in [-4, 4]; at 4 the row has theta = 0, and a kink there bends nothing.
    The network here takes 7183/800 from -4 and the rest of the slope from the line of sign - to the right; another takes it from
    the line to the left, with its kink at 4. The value is 1/10000 for the errors and 898/10000 for the amounts.
    """
    known = case([[-4], [-5], [4]], [16, 25, 16], "1/100", hidden_bias="free", output_bias="free")
    neurons = [neuron("+", "0+-", [-1], "7183/800"), neuron("+", "++0", [-1], None), neuron("-", "+0+", [1], "1/800")]
    evidence = {
        "roles": ["free", "tie", "free"],
        "bases": [[["-1"]], [["-1"]], [["1"]]],
        "midpoint": ["7183/800", "1/800", "7183/800", "1/800", "12809/800"],
        "rows": [0, 0, 0],
        "positive": [
            {"row": 0, "tree": [{"split": 1}, {"neuron": 0, **TIGHT}, LEAF]},
            {"row": 2, "tree": [{"split": 0}, {"neuron": 1, **TIGHT}, LEAF]},
        ],
        "negative": [
            {"row": 1, "tree": [{"split": 0}, {"neuron": 2, **TIGHT}, LEAF]},
            {"row": 2, "tree": [LEAF]},
        ],
    }
    return document(known, SQUARED, ("899/10000", ["-1/100", "1/100", 0], neurons, ["12809/800"]), evidence)


GOOD = {
    "optimum-2-flat": flat,
    "optimum-2-line": line,
    "optimum-2-separable": separable,
    "optimum-2-hat": hat,
    "optimum-2-pinned": pinned,
}
