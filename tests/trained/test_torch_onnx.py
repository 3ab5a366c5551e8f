"""ONNX files that torch.onnx writes, by both of its ways, and safetensors files of PyTorch."""

from __future__ import annotations

import warnings

import pytest
from trained.data import regression
from trainers import trainer

import reluexact as rx

torch = trainer("torch")
trainer("onnxscript")
nn = torch.nn
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [6, 100])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("dynamo", [True, False])
def test_both_ways_of_torch_onnx(width, bias, dynamo, tmp_path):
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(2, width, bias=bias), nn.ReLU(), nn.Linear(width, 1, bias=bias))
    X, y = regression(10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(module, (torch.zeros(4, 2),), tmp_path / "net.onnx", dynamo=dynamo)
    found = rx.from_onnx(tmp_path / "net.onnx", X, y, trainer="torch", weight_decay=0.1)
    ours = rx.from_torch(module, X, y, weight_decay=0.1)
    assert (found.network, found.problem) == (ours.network, ours.problem)
    assert (tmp_path / "net.onnx.data").exists() == dynamo


def test_safetensors_of_pytorch(tmp_path):
    save_file = trainer("safetensors.torch").save_file
    X, y = regression(10)
    for kind in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        module = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1)).to(kind)
        save_file(module.state_dict(), tmp_path / "net.safetensors")
        found = rx.from_safetensors(tmp_path / "net.safetensors", X, y, weight_decay=0.1)
        assert found.network == rx.from_torch(module, X, y, weight_decay=0.1).network
