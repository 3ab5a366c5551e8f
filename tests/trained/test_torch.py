"""Networks that PyTorch trains: its own gradient, steps of its optimisers, and where they end."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
from measured import measured_penalty, whole_gradient
from trained.data import classes, regression
from trainers import trainer

import reluexact as rx

torch = trainer("torch")
nn = torch.nn


def module(d=2, m=4, *, bias=True, seed=0):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(d, m, bias=bias), nn.ReLU(), nn.Linear(m, 1, bias=bias)).double()


def tensors(X, y):
    return torch.tensor(X, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)[:, None]


def in_order(gradients, *, bias=True):
    """Gradients of the parameters of a module in the order of ``measured.gradient``."""
    if not bias:
        hidden, output = gradients
        return np.column_stack([hidden, output.T]).reshape(-1)
    hidden, beside, output, last = gradients
    return np.append(np.column_stack([hidden, beside, output.T]), last)


def swapped(gradients, *, bias):
    """The same where hidden biases are free: then they stand behind the output weights."""
    hidden, beside, output, last = gradients
    return np.append(np.column_stack([hidden, output.T, beside]), last) if bias else in_order(gradients, bias=False)


def own_step(model, X, y, batches, loss, make):
    """The mean over batches of what a step of rate 1 of plain SGD subtracts: the trainer's own gradient, its decay included."""
    total = [0] * len(list(model.parameters()))
    for rows in batches:
        copy = deepcopy(model)
        before = [p.detach().numpy().copy() for p in copy.parameters()]
        optimizer = make(copy)
        loss(copy(X[rows]), y[rows]).backward()
        optimizer.step()
        total = [t + b - p.detach().numpy() for t, b, p in zip(total, before, copy.parameters(), strict=True)]
    return [t / len(batches) for t in total]


def sgd(decay):
    return lambda model: torch.optim.SGD(model.parameters(), lr=1.0, weight_decay=decay)


def agree(found, own):
    ours, theirs = np.array(whole_gradient(found.problem, found.network)), float(found.constant) * own
    return np.abs(ours - theirs).max() < 1e-9 * np.abs(theirs).max()


def cyclic(n, sizes):
    ends = np.cumsum(sizes)
    return [part for k in range(n) for part in np.split(np.roll(np.arange(n), k), ends[:-1])]


@pytest.mark.parametrize(("reduction", "size"), [("mean", None), ("mean", 4), ("sum", None), ("sum", 4)])
def test_the_step_of_sgd(reduction, size):
    X, y = regression(10)
    model = module()
    batches = [np.arange(10)] if size is None else cyclic(10, [4, 4, 2])
    own = in_order(own_step(model, *tensors(X, y), batches, nn.MSELoss(reduction=reduction), sgd(0.3)))
    optimizer = sgd(0.3)(model)
    found = rx.from_torch(model, X, y[:, None], optimizer=optimizer, loss=nn.MSELoss(reduction=reduction), batch_size=size)
    assert agree(found, own)
    assert (
        found.problem.penalty == (rx.Dataset([[1]], ["3/2" if reduction == "mean" else "0.15" if size is None else "0.45"]).y[0])
    )
    assert found.trainer == f"PyTorch {torch.__version__}, SGD"


def test_batches_in_a_fixed_order():
    X, y = regression(10)
    model = module()
    batches = [np.arange(4), np.arange(4, 8), np.arange(8, 10)]
    own = in_order(own_step(model, *tensors(X, y), batches, nn.MSELoss(), sgd(0.3)))
    assert agree(rx.from_torch(model, X, y, weight_decay=0.3, batch_size=4, shuffle=False), own)


def hinge(f, y):
    return torch.relu(1 - y * f).mean()


def squared_hinge(f, y):
    return torch.relu(1 - y * f).square().mean()


@pytest.mark.parametrize(
    ("loss", "labels", "said"),
    [
        (nn.L1Loss(), None, {}),
        (nn.HuberLoss(delta=0.3), None, {}),
        (nn.SmoothL1Loss(beta=0.3), None, {}),
        (nn.SoftMarginLoss(), "signs", {}),
        (nn.BCEWithLogitsLoss(reduction="sum"), "bits", {}),
        (hinge, "signs", {"loss": "hinge"}),
        (squared_hinge, "signs", {"loss": "squared_hinge"}),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
@pytest.mark.parametrize("bias", [True, False])
def test_other_losses(loss, labels, said, bias):
    X, y = regression(12) if labels is None else classes(12)
    y = 2 * y - 1 if labels == "signs" else y
    model = module(bias=bias)
    own = own_step(model, *tensors(X, y), [np.arange(12)], loss, sgd(0.3))
    found = rx.from_torch(model, X, y, weight_decay=0.3, **{"loss": loss, **said})
    assert agree(found, in_order(own, bias=bias))


def test_decay_of_the_weights_alone():
    X, y = regression(10)
    model = module()

    def make(model):
        parts = {kind: [p for name, p in model.named_parameters() if name.endswith(kind)] for kind in ("weight", "bias")}
        return torch.optim.SGD([{"params": parts["weight"], "weight_decay": 0.3}, {"params": parts["bias"]}], lr=1.0)

    own = swapped(own_step(model, *tensors(X, y), [np.arange(10)], nn.MSELoss(), make), bias=True)
    found = rx.from_torch(model, X, y, optimizer=make(model))
    assert found.problem.hidden_bias == "free"
    assert agree(found, own)


def test_a_penalty_in_the_loss():
    X, y = regression(10)
    model = module()
    own = [0] * 4

    def loss(f, t):
        return nn.functional.mse_loss(f, t)

    copy = deepcopy(model)
    total = loss(copy(tensors(X, y)[0]), tensors(X, y)[1]) + 0.2 * sum((p * p).sum() for p in copy.parameters())
    total.backward()
    own = [p.grad.numpy() for p in copy.parameters()]
    found = rx.from_torch(model, X, y, l2=0.2, optimizer="LBFGS")
    assert agree(found, in_order(own))
    assert abs(float(found.own_loss) - total.item()) < 1e-12


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
        ("SGD", {"lr": 0.2, "momentum": 0.5, "dampening": 0.5}),
        ("Adam", {"lr": 0.003}),
        ("Adamax", {"lr": 0.003}),
        ("Adagrad", {"lr": 0.1}),
        ("RMSprop", {"lr": 0.001}),
    ],
)
@pytest.mark.slow
def test_where_coupled_decay_ends(kind, settings):
    """In points with a neuron on a row, where the measure is off by some hundredths."""
    X, y = regression(40, seed=1)
    model = module(m=3, seed=1)
    optimizer = trained_by(model, X, y, kind, {"weight_decay": 0.1, **settings})
    found = rx.from_torch(model, X, y, optimizer=optimizer)
    assert found.problem.penalty == 2
    assert abs(measured_penalty(found.problem, found.network) - 2) < 0.1


def trained_by(model, X, y, kind, settings, steps=3000):
    rows, targets = tensors(X, y)
    optimizer = getattr(torch.optim, kind)(model.parameters(), **settings)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(rows), targets).backward()
        optimizer.step()
    return optimizer


@pytest.mark.parametrize(
    ("kind", "settings"), [("AdamW", {}), ("Adam", {"decoupled_weight_decay": True}), ("NAdam", {"decoupled_weight_decay": True})]
)
@pytest.mark.slow
def test_where_decoupled_decay_ends_is_stationary_for_no_penalty(kind, settings):
    X, y = regression(20)
    model = module()
    optimizer = trained_by(model, X, y, kind, {"lr": 0.003, "weight_decay": 0.04, **settings})
    nearest = rx.from_torch(model, X, y, optimizer="Adam", weight_decay=0.04)
    assert measured_penalty(nearest.problem, nearest.network) < 0.1 * float(nearest.problem.penalty)
    with pytest.raises(rx.InputError, match="decoupled decay.*penalty 2/5"):
        rx.from_torch(model, X, y, optimizer=optimizer)


def test_files_and_states_are_what_the_module_is(tmp_path):
    X, y = regression(10)
    for kind in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        model = module().to(kind)
        found = rx.from_torch(model, X, y, weight_decay=0.3)
        torch.save(model.state_dict(), tmp_path / "weights.pt")
        torch.save({"epoch": 1, "weights": model.state_dict()}, tmp_path / "checkpoint.pt")
        for other in (model.state_dict(), tmp_path / "weights.pt", tmp_path / "checkpoint.pt"):
            assert rx.from_torch(other, X, y, weight_decay=0.3).network == found.network
        assert float(found.network.hidden[1][0]) == model[0].weight[1, 0].double().item()


def test_an_expanded_tensor_is_read(tmp_path):
    state = {"0.weight": torch.tensor([[1.5, -2.0]]).expand(3, 2), "2.weight": torch.tensor([[3.0]]).expand(1, 3)}
    torch.save(state, tmp_path / "net.pt")
    found = rx.from_torch(tmp_path / "net.pt", *regression(10), weight_decay=1)
    assert found.network == rx.BiasedNetwork([["3/2", -2]] * 3, [3] * 3)


def test_a_negative_view_is_not_read_with_the_other_sign(tmp_path):
    state = module().state_dict()
    torch.save({**state, "0.weight": torch._neg_view(state["0.weight"])}, tmp_path / "net.pt")
    with pytest.raises(rx.InputError, match="resolve_neg"):
        rx.from_torch(tmp_path / "net.pt", *regression(10), weight_decay=1)


def test_views_of_a_larger_storage(tmp_path):
    block = torch.randn(40, dtype=torch.bfloat16)
    state = {"0.weight": block[3:23].reshape(2, 10)[:, ::3].t(), "2.weight": block[1::10][:4][None]}
    torch.save(state, tmp_path / "views.pt")
    X, y = regression(5)
    assert rx.from_torch(tmp_path / "views.pt", X, y, weight_decay=1) == rx.from_torch(state, X, y, weight_decay=1)


class Other(nn.Module):
    """Layers in another order than they are used, and a function between them."""

    def __init__(self, between):
        super().__init__()
        self.last, self.first, self.between = nn.Linear(4, 1), nn.Linear(2, 4), between

    def forward(self, x):
        return self.last(self.between(self.first(x)))


def test_a_module_is_tried():
    X, y = regression(10)
    network, _ = rx.from_torch(Other(torch.relu), X, y, weight_decay=1)
    assert network.width == 4
    for between in (torch.tanh, nn.LeakyReLU(), torch.sigmoid, nn.GELU(), nn.Identity()):
        with pytest.raises(rx.InputError, match="something else than the two layers"):
            rx.from_torch(Other(between), X, y, weight_decay=1)
    compiled = nn.DataParallel(module())
    assert rx.from_torch(compiled, X, y, weight_decay=1) == rx.from_torch(module(), X, y, weight_decay=1)


@pytest.mark.parametrize(
    "between",
    [
        *(nn.ReLU6(), nn.LeakyReLU(1e-9), nn.ELU(), nn.Hardtanh(-99, 99), nn.Hardtanh(0, 700), nn.Threshold(0.01, 0)),
        *(lambda z: z.clamp(max=9), lambda z: nn.functional.leaky_relu(z, 0.01), lambda z: z + 0, lambda z: z.clamp(-50)),
    ],
)
def test_a_module_is_tried_where_its_activation_shows(between):
    """On these rows every preactivation lies between 0.1 and 5, where all of these are the identity, as ReLU is."""
    model = Other(between).double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.abs_().add_(0.1)
    X, y = [[0.5, 1.0], [1.0, 0.25], [0.75, 0.5]], [1.0, 2.0, 3.0]
    before = model.first(torch.tensor(X, dtype=torch.float64))
    assert 0.1 < before.min() < before.max() < 5
    with pytest.raises(rx.InputError, match="something else than the two layers"):
        rx.from_torch(model, X, y, weight_decay=1)
    model.between = nn.ReLU()
    assert rx.from_torch(model, X, y, weight_decay=1).network.width == 4


def test_a_module_of_one_neuron_says_by_what_it_computes_which_layer_is_first():
    torch.manual_seed(0)
    model = Other(torch.relu)  # which defines its last layer first
    model.first, model.last = nn.Linear(1, 1), nn.Linear(1, 1)
    network, _ = rx.from_torch(model, [[1.0], [2.0]], [1, 2], weight_decay=1)
    assert float(network.hidden[0][0]) == model.first.weight.item()
    assert float(network.output[0]) == model.last.weight.item()


def test_what_has_no_problem_says_why():
    X, y = regression(10)
    model = module()
    frozen = module()
    frozen[0].weight.requires_grad_(False)
    split = nn.Sequential(nn.utils.parametrizations.weight_norm(nn.Linear(2, 4)), nn.ReLU(), nn.Linear(4, 1))
    dropping = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Dropout(0.2), nn.Linear(4, 1))
    norm = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 1))
    deep = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1))
    uneven = torch.optim.SGD([{"params": model[0].parameters(), "weight_decay": 1}, {"params": model[2].parameters()}])
    for case, settings, words in [
        (dropping, {"weight_decay": 1}, r"Dropout\(p=0.2\)"),
        (split, {"weight_decay": 1}, "weight_norm"),
        (norm, {"weight_decay": 1}, "running_mean"),
        (deep, {"weight_decay": 1}, "one hidden layer"),
        (frozen, {"weight_decay": 1}, "requires_grad"),
        (model, {"optimizer": uneven}, "weight decays differ"),
        (model, {"optimizer": torch.optim.SGD(module().parameters(), weight_decay=1)}, "does not train 0.weight"),
        (model, {"optimizer": torch.optim.SGD(model.parameters())}, "nothing is penalised"),
        (model, {"optimizer": torch.optim.SGD(model.parameters()), "weight_decay": 1}, "says it already"),
        (model, {"optimizer": torch.optim.SGD(model.parameters(), weight_decay=1, maximize=True)}, "maximizes"),
        (Other(None), {"weight_decay": 1}, "cannot be tried"),
        (model, {"optimizer": 3}, "no optimizer of PyTorch"),
        (model, {"weight_decay": 1, "loss": nn.BCEWithLogitsLoss(pos_weight=torch.ones(1))}, "pos_weight"),
        (model, {"weight_decay": 1, "loss": nn.CrossEntropyLoss()}, "CrossEntropyLoss"),
    ]:
        with pytest.raises(rx.InputError, match=words):
            rx.from_torch(case, X, y, **settings)
