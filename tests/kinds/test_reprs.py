"""What is shown of a claim is short: sizes and a digest, never a screen of fractions; and tables for notebooks."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given
from paths import DATA
from strategies import datasets, networks

import reluexact as rx

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
THREE = rx.Network([["1/3"] * 4, [1, 0, 0, 0], ["-1/2", "1/2", "1/2", "1/2"]], ["1/6"] * 3)
MOST = 200


@cache
def shown():
    data = rx.Dataset.read(DATA / "anscombe2.csv", bias=True)
    optimum, best = rx.solve(data, "1/10"), rx.optimal_set(rx.solve(TOY, "1/10"))
    graph = rx.stationary_graph(rx.Dataset([[1], [2]], [1, 2]), 1)
    way = rx.descent_path(rx.Network([[1]], [1]), rx.Dataset([[1], [2]], [1, 2]), 1)
    pruned, approximate = rx.prune(THREE, TOY), rx.prune_to_width(THREE, TOY, 1)
    return {
        "Dataset(11 rows, 2 columns: x, bias; target y; digest": data,
        "Network(5 neurons, 2 inputs; digest": optimum.network,
        "Optimum(PROVED, value=1.5833956050121471041..., 5 optimal neurons)": optimum,
        "Neuron(+, direction (0.98995930293566794206..., 0.14135267429775224976...), on at 11 of 11 rows": optimum.neurons[0],
        "OptimalSet(PROVED, dimension=1, vertices=2, min_width=1, max_vertex_width=2)": best,
        "Vertex(1 neuron; amounts 0: 19/20)": best.vertices[0],
        "Point(3 neurons; amounts 0: 19/40, 1: 19/80, 2: 19/80)": best.midpoint(),
        "Selection(PROVED, the sum of the squared amounts = 361/1200, neurons 0, 1, 2)": best.least_norm(),
        "ActivationPatterns(22 cells of 11 hyperplanes, 11 rows)": rx.activation_patterns(data.X),
        "Hyperplanes(11 hyperplanes of 11 rows)": data.hyperplanes,
        "Pruned(2 neurons kept: 1, 2; 1 step)": pruned,
        "PruneStep(3 neurons, without 0)": pruned.steps[0],
        "ApproximatelyPruned(1 neuron kept: 2; 2 steps)": approximate,
        "ApproximateStep(3 neurons, without 0, exact)": approximate.steps[0],
        "ClosedForm(rational, value=39/400, 3 neurons)": rx.closed_form(best.optimum),
        "StationaryGraph(PROVED, 2 nodes, 1 edge, all 16 programs)": graph,
        "DescentPath(PROVED; 1 to 9/10; interpolate)": way,
        "Piece(interpolate: 1 to 9/10, 1 slot)": way.pieces[0],
    }


@pytest.mark.parametrize("text", shown())
def test_a_claim_shows_itself_in_one_short_line(text):
    found = repr(shown()[text])
    assert found.startswith(text)
    assert len(found) < MOST
    assert "\n" not in found


def test_small_data_and_networks_show_how_they_are_made():
    network = rx.Network([["1/3", -2]], [1])
    assert repr(network) == "Network([['1/3', -2]], [1])"
    assert eval(repr(network), {"Network": rx.Network}) == network
    data = rx.Dataset([[1], ["2.5"]], [0, "-1/7"])
    assert repr(data) == "Dataset([[1], ['5/2']], [0, '-1/7'])"
    assert eval(repr(data), {"Dataset": rx.Dataset}) == data
    assert repr(rx.Network([], [])) == "Network([], [])"
    assert repr(rx.Dataset([[1]], [2], names=["a"])).startswith("Dataset(1 row, 1 column: a; target y; digest ")


@given(datasets(), networks(columns=2))
def test_reprs_of_data_and_networks_are_short(data, network):
    assert len(repr(data)) < MOST
    assert len(repr(network)) < MOST


def test_result_classes_are_public():
    optimum = rx.solve(TOY, 1)
    assert isinstance(optimum, rx.Optimum)
    assert isinstance(optimum.value, rx.Real)
    assert isinstance(rx.optimal_set(optimum), rx.OptimalSet)
    assert isinstance(rx.activation_patterns(TOY.X), rx.ActivationPatterns)
    assert rx.OptimalSet.__doc__.startswith("Every optimal network")


class Tables(HTMLParser):
    """The cells of all tables, and every tag."""

    def __init__(self):
        super().__init__()
        self.cells, self.tags, self.open = [], set(), 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open += 1

    def handle_endtag(self, tag):
        self.open -= 1

    def handle_data(self, data):
        self.cells.append(data)


def tables(claim):
    parser = Tables()
    parser.feed(claim._repr_html_())
    assert parser.open == 0
    return parser


def test_notebooks_show_tables():
    optimum = rx.solve(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)
    cells = tables(optimum).cells
    assert cells[cells.index("value") + 1] == "0.9 (exactly)"
    assert "amount" in cells
    best = rx.optimal_set(rx.solve(TOY, "1/10"))
    assert {"vertex 1", "0.95", "2, the minimal networks: 1 with 1 neuron, 1 with 2 neurons"} <= set(tables(best).cells)
    assert "... 1 more rows" in tables(rx.Dataset.read(DATA / "anscombe2.csv")).cells
    assert "1/6" in tables(THREE).cells
    assert "PROVED, for 2 widths" in tables(rx.width_curve(TOY, 1)).cells
    assert "global" in tables(rx.solve_width(TOY, 1, 1)).cells
    way, graph = (claim for text, claim in shown().items() if text.startswith(("DescentPath", "StationaryGraph")))
    assert {"interpolate", "0.9"} <= set(tables(graph).cells + tables(way).cells)
    assert {"objective", "zero network", "2.5"} <= set(tables(graph).cells + tables(way).cells)
    assert {"property", "REFUTED"} <= set(tables(rx.classify(THREE, TOY, 1)).cells)
    with pytest.raises(rx.InputError, match="html: a list has no table; pass data, a network or a claim"):
        rx.html([1])


def test_notebooks_show_bounds_and_fewest_neurons():
    fewest = tables(rx.minimum_network(rx.optimal_set(rx.solve(TOY, "1/10")))).cells
    assert any("1 neuron; no optimal network has fewer" in cell for cell in fewest)
    assert fewest.count("0.95") == 1
    bound = tables(rx.prove_bound(rx.Dataset(X=[[1], [2]], y=[1, 2]), 1)).cells
    assert {"lower", "upper", "PROVED, for networks of every width", "neuron"} <= set(bound)
    labels = rx.Dataset([[0], [1], [2], [3]], [-1, 1, 1, -1])
    extended = tables(rx.prove_bound(rx.Problem(labels, "1/10", "logistic", "free", "free"))).cells
    assert {"loss logistic, output bias free, hidden bias free", "bias"} <= set(extended)
    spline = tables(rx.sparsest_spline(rx.solve(rx.Problem(labels, "1/10", output_bias="free", hidden_bias="free")))).cells
    assert {"kink", "change", "unique"} <= set(spline)


def test_notebooks_show_what_others_trained_and_known_instances():
    trained = rx.from_torch(
        {"0.weight": [[1.0]], "0.bias": [0.5], "2.weight": [[3.0]], "2.bias": [0.0]},
        [[1.0], [2.0]],
        [1.0, 2.0],
        weight_decay="1/10",
    )
    cells = tables(trained).cells
    trainer = cells[cells.index("trainer") + 1]  # with the version where PyTorch is loaded
    assert trainer.startswith("PyTorch")
    assert trainer.endswith(", sgd")
    assert {"constant", "penalty", "neuron"} <= set(cells)
    assert {"three points of a hat with a bias: value 49/200", "0.24500000"} <= set(tables(rx.bank_instance("hat")).cells)
    assert any("3 optimal neurons" in cell for cell in tables(rx.planted()).cells)


HOSTILE = '<script>alert("x")</script>$\\href{javascript:x}{y}$&amp;'


def test_a_hostile_name_stays_text():
    data = rx.Dataset([[1], [2]], [1, 2], bias=True, names=[HOSTILE], target_name="</table><img src=x onerror=y>")
    for claim in (data, rx.solve(data, 1), rx.optimal_set(rx.solve(data, 1)), rx.solve_width(data, 1, 1)):
        found = tables(claim)
        assert found.tags == {"div", "table", "thead", "tbody", "tr", "th", "td"}
        assert any(HOSTILE in cell for cell in found.cells)
        assert claim._repr_html_().startswith('<div class="tex2jax_ignore mathjax_ignore">')
        assert not re.search(r"<(script|img)", claim._repr_html_())


def test_notebooks_show_paths_interpolations_and_cross_validations():
    data = rx.Dataset([[1, 0], [0, 1]], [3, -1])
    assert "a neuron enters" in rx.solution_path(data, low="1/2")._repr_html_()
    assert "no cheapest network uses another direction" in rx.interpolate(data)._repr_html_()
    assert "leave-one-out" in rx.cross_validate(data, low="1/2")._repr_html_()
