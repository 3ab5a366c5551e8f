"""What the bank consists of: names, problems and a word about each. Papers' statements are quoted with their corrections."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import reluexact as rx

HERE = Path(__file__).parent
GOLDEN = HERE.parents[1] / "tests" / "golden" / "optima.json"
EXAMPLES = HERE.parents[1] / "examples" / "data"


@dataclass(frozen=True)
class Recipe:
    name: str
    group: str
    about: str
    problem: rx.Problem
    planted: rx.Planted | None = None


def plain(X, y, penalty, *, bias=False):
    return rx.Problem(rx.Dataset(X, y, bias=bias), penalty)


TOY = [[2, 0, 0, 0], [-1, 1, 1, 1]]
CLASSIC = [[-2], [-1], [0], [1], [2]]
KIM = "the example of Kim, Mishkin & Pilanci (ICLR 2025), in rational coordinates"

PAPERS = (
    ("toy-1-10", KIM + ": a segment of optima between one neuron and two; minimal is not fewest", plain(TOY, [1, 1], "1/10")),
    ("toy-1", KIM + "; value 3/4", plain(TOY, [1, 1], 1)),
    ("toy-at-the-greatest-penalty", KIM + "; from the penalty 2 on the zero network is optimal", plain(TOY, [1, 1], 2)),
    ("toy-s-1", "the toy with inputs -1 and 1: one neuron", plain([[-1], [1]], [1, 1], "1/10", bias=True)),
    ("toy-s-3-2", "the toy with inputs -3/2 and 3/2: one neuron", plain([["-3/2"], ["3/2"]], [1, 1], "1/10", bias=True)),
    ("toy-s-2", "the toy with inputs -2 and 2: two neurons", plain([[-2], [2]], [1, 1], "1/10", bias=True)),
    ("path-1-2", "identity data: one neuron per row, value 7/4", plain([[1, 0], [0, 1]], [3, -1], "1/2")),
    ("path-1", "the second neuron dies at this penalty", plain([[1, 0], [0, 1]], [3, -1], 1)),
    ("path-2", "one neuron", plain([[1, 0], [0, 1]], [3, -1], 2)),
    ("path-3", "from here on the zero network is optimal", plain([[1, 0], [0, 1]], [3, -1], 3)),
    ("segment", "identity data, one target 0: value 3/8", plain([[1, 0], [0, 1]], [1, 0], "1/2")),
    ("identity-3", "identity data with three rows", plain([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, -2, 3], "1/2")),
    ("two-points", "x = -1, 1 without a bias: two neurons", plain([[-1], [1]], [1, 2], "1/10")),
    ("hat", "three points of a hat with a bias: value 49/200", plain([[-1], [0], [1]], [0, 1, 0], "1/10", bias=True)),
    ("five-points", "five points with a bias, four neurons", plain(CLASSIC, [1, -1, 1, 1, -1], "1/1000", bias=True)),
    (
        "zigzag-1-100",
        "generic data do not have a unique optimum: dimension 1",
        plain(CLASSIC, [1, 0, 1, 0, 1], "1/100", bias=True),
    ),
    ("zigzag-1-1000", "five neurons, three kinks of its sparsest spline", plain(CLASSIC, [1, 0, 1, 0, 1], "1/1000", bias=True)),
    (
        "clarke",
        "Clarke-stationary at (1, 0) without being an optimum of a sub-sampled program: corrects Wang, Lacotte & Pilanci (2022)",
        plain([[1, -1], [0, 1]], ["11/10", "1/5"], "1/10"),
    ),
    ("not-clarke", "an optimum of a sub-sampled program that is not Clarke-stationary", plain([[0, 1], [1, -1]], [0, 2], 1)),
    ("local-minimum", "three neurons 1/2 are a local minimum, 23/32", plain([[1], [-1]], [1, 1], "1/4")),
    ("rising-gains", "the second neuron gains more than the first", plain([[-2, -1], [2, 2], [-1, 0]], [2, 1, -3], "1/10")),
    *(
        (f"fewest-{name}", "the fewest neurons are not monotone in the penalty", plain([[1, -2], [0, 2], [1, 1]], [1, -2, 0], b))
        for name, b in (("1-100", "1/100"), ("1-10", "1/10"), ("1-2", "1/2"), ("1", 1), ("2", 2))
    ),
    ("parallel-rows", "rows that are multiples of each other: four patterns", plain([[2, 2], [3, 3], [1, 0]], [1, -1, 2], "1/2")),
    (
        "row-0-multiplier",
        "a neuron on a hyperplane it does not need",
        plain([[1, -3], [3, 1], [-3, 2], [0, 0], [3, 1], [1, 1]], [2, -2, 3, 3, 2, -1], "265/49"),
    ),
    ("120-degrees", "three neurons of rank 2", plain([[-3, 0, 3], [0, 2, -2]], [-1, -2], "43/38")),
    ("xor", "truth table with a bias", plain([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], "1/10", bias=True)),
    ("or", "truth table with a bias", plain([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 1], "1/10", bias=True)),
)

PLANTED = (
    {},
    {"seed": 1},
    {"rows": 20, "features": 3, "neurons": 4},
    {"rows": 24, "features": 4, "neurons": 4},
    {"rows": 30, "features": 2, "neurons": 5},
    {"rows": 9, "features": 1, "neurons": 2},
    {"rows": 16, "features": 1, "neurons": 4, "hidden_bias": "penalised"},
    {"rows": 16, "features": 2, "neurons": 4, "hidden_bias": "penalised"},
    {"rows": 10, "shape": "paired"},
    {"rows": 14, "neurons": 4, "shape": "paired"},
    {"rows": 18, "neurons": 6, "shape": "paired"},
    {"rows": 16, "features": 3, "neurons": 5, "shape": "paired"},
    {"rows": 10, "shape": "corner"},
    {"rows": 14, "neurons": 4, "shape": "corner"},
    {"on_hyperplane": 2},
    {"rows": 18, "features": 3, "on_hyperplane": 3},
    {"repeated": 4, "rows": 14},
    {"rows": 14, "neurons": 4, "symmetric": True},
    {"rows": 18, "neurons": 4, "symmetric": True, "on_hyperplane": 2, "repeated": 2},
)
NEAR = (
    {"near": ["1e-3"]},
    {"near": ["1e-6"]},
    {"near": ["1e-9"]},
    {"near": ["1e-12"]},
    {"difficulty": 3, "rows": 14},
    {"near": ["1e-9"], "features": 3, "rows": 16},
    {"near": ["1e-9"], "shape": "corner", "rows": 12},
    {"near": ["1e-9"], "on_hyperplane": 2},
    {"near": ["1e-9"], "symmetric": True, "neurons": 4, "rows": 16},
    {"near": ["1e-9"], "loss": "absolute"},
    {"near": ["1e-9"], "loss": "huber(1)", "output_bias": "free"},
)
PLANTED_PARTS = (
    {"loss": "absolute"},
    {"loss": "absolute", "output_bias": "free", "shape": "paired", "rows": 14},
    {"output_bias": "free"},
    {"output_bias": "penalised", "skip": "penalised"},
    {"loss": "huber(1)", "output_bias": "free"},
    {"loss": "quantile(1/4)"},
    {"loss": "epsilon_insensitive(1/10)", "on_hyperplane": 1},
    {"loss": "huber(2)", "hidden_bias": "penalised"},
    {"output_bias": "penalised", "hidden_bias": "penalised", "features": 1, "neurons": 3, "rows": 14},
    {"skip": "free", "shape": "paired", "rows": 10},
    {"loss": "hinge"},
    {"loss": "hinge", "near": ["1e-9"], "rows": 14},
    {"loss": "squared_hinge"},
    {"loss": "squared_hinge", "output_bias": "free", "on_hyperplane": 1},
)
FREE = {"features": 1, "hidden_bias": "free", "output_bias": "free"}
SPLINES = (
    {"rows": 12, "neurons": 3, **FREE},
    {"rows": 30, "neurons": 8, **FREE},
    {"rows": 20, "neurons": 5, "loss": "absolute", **FREE},
    {"rows": 16, "neurons": 4, "loss": "huber(1)", **FREE},
    {"rows": 16, "neurons": 3, "near": ["1e-9"], **FREE},
)
REAL = {
    "bod": "Biochemical Oxygen Demand (pydataset, datasets)", "formaldehyde": "optical density (pydataset, datasets)",
    "dogs": "oxygen consumption of dogs (pydataset, boot)", "women": "heights and weights (pydataset, datasets)",
    "canpop": "population of Canada (pydataset, car)", "cloud": "cloud points (pydataset, robustbase)",
    "puromycin": "reaction velocity (pydataset, datasets)", "cars": "speed and stopping distance (pydataset, datasets)",
    "mandel": "collinear data of Mandel (pydataset, car)", "trees": "black cherry trees (pydataset, datasets)",
    "delivery": "delivery times (pydataset, robustbase)", "linnerud": "exercises (scikit-learn)",
    "icecream": "consumption of ice cream (pydataset, Ecdat)", "meteo": "rainfall (pydataset, HSAUR)",
    "telef": "calls from Belgium (pydataset, robustbase)", "wtloss": "weight loss (pydataset, MASS)",
    "rubber": "accelerated testing of tyre rubber (pydataset, MASS)", "longley": "employment against GNP, Longley (1967)",
    "anscombe1": "Anscombe (1973)", "anscombe2": "Anscombe (1973)", "stackloss": "Brownlee (1965)",
    "motorcycle": "Silverman (1985)",
}  # fmt: skip


LONG = 44
"""Longer names are spelled shortly."""


def spelled(options):
    text = "-".join(f"{key}-{value}" if not isinstance(value, list) else f"{key}-{value[0]}" for key, value in options.items())
    return text if len(text) <= LONG else "-".join(short(options))


def short(options):
    """Yield short words: n, d and m for the sizes, values alone where they tell what they are of."""
    both = options.get("hidden_bias") if options.get("hidden_bias") == options.get("output_bias") else None
    for key, value in options.items():
        if key in ("rows", "features", "neurons"):
            yield f"{ {'rows': 'n', 'features': 'd', 'neurons': 'm'}[key] }{value}"
        elif key in ("loss", "shape"):
            yield value
        elif key in ("hidden_bias", "output_bias"):
            if both is None or key == "hidden_bias":
                yield value if both else f"{key.partition('_')[0]}-{value}"
        elif key == "symmetric":
            yield key
        else:
            yield f"{key.partition('_')[0]}-{value[0] if isinstance(value, list) else value}"


def two_digits(value: Fraction) -> Fraction:
    """Return a short number near a positive one."""
    return Fraction(f"{float(value):.1e}")


def real() -> Iterator[Recipe]:
    for name, source in REAL.items():
        place = HERE / f"{name}.csv"
        data = rx.Dataset.read(place if place.exists() else EXAMPLES / f"{name}.csv", bias=True)
        top = rx.max_penalty(data).low
        for share in (2, 10) if name not in ("motorcycle",) else (10, 100):
            penalty = two_digits(top / share)
            yield Recipe(
                f"real-{name}-{share}",
                "real",
                f"{source}, a bias, penalty near 1/{share} of the greatest",
                rx.Problem(data, penalty),
            )
    for name in ("puromycin", "cars", "anscombe1"):
        place = HERE / f"{name}.csv"
        data = rx.Dataset.read(place if place.exists() else EXAMPLES / f"{name}.csv")
        for loss in ("squared", "absolute", "huber(1)"):
            problem = rx.Problem(data, 1, loss=loss, hidden_bias="free", output_bias="free")
            yield Recipe(
                f"real-{name}-free-{loss.partition('(')[0]}", "real", f"{REAL[name]}, as scikit-learn and Keras train", problem
            )


def small() -> Iterator[Recipe]:
    for number, entry in enumerate(json.loads(GOLDEN.read_text())):
        about = f"random integers, {entry['optimal_neurons']} optimal directions, dimension {entry['dimension']}"
        yield Recipe(f"random-{number}", "random", about, plain(entry["Z"], entry["y"], entry["penalty"]))
    for number, (n, d) in enumerate([(6, 2), (8, 2), (12, 2), (8, 3), (12, 3), (20, 3), (40, 2), (10, 4)]):
        rng = random.Random(number)
        X = [[rng.randint(-9, 9) for _ in range(d)] for _ in range(n)]
        y = [rng.randint(-9, 9) for _ in range(n)]
        top = rx.max_penalty(rx.Dataset(X, y)).low
        yield Recipe(
            f"random-{n}x{d}", "random", "random integers, penalty near a fifth of the greatest", plain(X, y, two_digits(top / 5))
        )
    for scale in (10**3, 10**6, 10**9):
        inputs = Fraction(173205080756887729352744634, 10**26)
        near = Fraction(round(inputs * scale), scale)
        about = f"the toy with inputs within 1/{scale} of where its optimum jumps (sqrt 3)"
        yield Recipe(f"near-toy-{scale}", "near", about, plain([[-near], [near]], [1, 1], "1/10", bias=True))


def parts() -> Iterator[Recipe]:
    labels = rx.Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
    for loss in ("hinge", "squared_hinge"):
        for hidden, output in (("free", "free"), ("penalised", "penalised"), ("none", "none")):
            problem = rx.Problem(labels, "1/10", loss=loss, hidden_bias=hidden, output_bias=output)
            yield Recipe(f"labels-{loss}-{hidden}", "problem", f"four labels, {loss}, hidden bias {hidden}", problem)
    steps = rx.Dataset([[0], [1], [2], [3], [4], [5]], [0, 1, 1, 3, 2, 5])
    for loss in ("squared", "absolute", "huber(1/2)", "quantile(1/4)", "epsilon_insensitive(1/4)"):
        for hidden, output, skip in (
            ("free", "free", "none"),
            ("penalised", "none", "free"),
            ("penalised", "penalised", "penalised"),
        ):
            problem = rx.Problem(steps, "1/5", loss=loss, hidden_bias=hidden, output_bias=output, skip=skip)
            name = f"steps-{loss.partition('(')[0]}-{hidden}"[:40] + ("-skip" if skip == "penalised" else "")
            yield Recipe(name, "problem", f"six steps, {loss}, biases {hidden} and {output}, skip {skip}", problem)
    debarre = rx.Dataset([[0], [1], [2], [4], [5], [6]], [0, 0, 0, 1, 1, 1])
    problem = rx.Problem(debarre, "1/100", hidden_bias="free", output_bias="free")
    yield Recipe("spline", "problem", "a sparsest linear spline (Debarre, Denoyelle, Unser & Fageot 2022)", problem)
    weighted = rx.Problem(rx.Dataset(TOY, [1, 1]), "1/10", weights=[2, "1/3"])
    yield Recipe("toy-weights", "problem", "the toy with row weights", weighted)


def logistic() -> Iterator[Recipe]:
    """Yield problems of which bounds are proved, as no optimum of the logistic loss is rational."""
    labels = rx.Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
    xor = rx.Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [-1, 1, 1, -1])
    rng = random.Random(3)
    X = [[rng.randint(-9, 9) for _ in range(2)] for _ in range(12)]
    noisy = rx.Dataset(X, [1 if 2 * a - b + rng.randint(-9, 9) > 0 else -1 for a, b in X])
    problems = (
        ("free", "four labels", labels, "1/10", {"hidden_bias": "free", "output_bias": "free"}),
        ("penalised", "four labels", labels, "1/10", {"hidden_bias": "penalised", "output_bias": "penalised"}),
        ("none", "four labels", labels, "1/100", {}),
        ("xor-free", "exclusive or", xor, "1/10", {"hidden_bias": "free", "output_bias": "free"}),
        ("xor-penalised", "exclusive or", xor, "1/10", {"hidden_bias": "penalised", "output_bias": "free"}),
        ("noisy", "twelve noisy labels", noisy, "1/2", {}),
        ("noisy-skip", "twelve noisy labels", noisy, "1/2", {"output_bias": "free", "skip": "penalised"}),
        (
            "noisy-weights",
            "twelve noisy labels",
            noisy,
            "1/2",
            {"output_bias": "free", "weights": [1 + i % 3 for i in range(12)]},
        ),
    )
    for name, about, data, penalty, options in problems:
        problem = rx.Problem(data, penalty, "logistic", **options)
        yield Recipe(f"logistic-{name}", "problem", f"{about}, logistic loss: bounds of the minimum", problem)


def planted() -> Iterator[Recipe]:
    for group, table in (("planted", PLANTED), ("near", NEAR), ("problem", (*PLANTED_PARTS, *SPLINES))):
        for options in table:
            instance = rx.planted(**options)
            words = spelled(options) or "default"
            text = f"planted, {', '.join(f'{key} {value}' for key, value in options.items()) or 'default'}"
            yield Recipe(
                f"planted-{words}".replace("(", "-").replace(")", "").replace("/", "-").replace("_", "-"),
                group,
                text,
                instance.problem,
                instance,
            )


def recipes() -> Iterator[Recipe]:
    for name, about, problem in PAPERS:
        yield Recipe(name, "paper", about, problem)
    yield from planted()
    yield from small()
    yield from parts()
    yield from logistic()
    yield from real()
