"""Write tests/trained/files: weights that PyTorch saved, whose numbers the tests know."""

from __future__ import annotations

from paths import ROOT

FOLDER = ROOT / "tests" / "trained" / "files"


def main():
    import torch  # of the trainers, which an environment of its own has; pytest reads this file for doctests

    weights = torch.tensor([[0.5, -1.25], [3.0, 0.1], [-2.0, 7.0]])
    state = {
        "hidden.weight": weights,
        "hidden.bias": torch.tensor([0.25, -0.5, 1.0]),
        "out.weight": torch.tensor([[1.0, -1.5, 0.3]]),
        "out.bias": torch.tensor([0.75]),
    }
    torch.save(state, FOLDER / "plain.pt")
    block = torch.arange(24, dtype=torch.float64).reshape(4, 6) / 8
    views = {"hidden.weight": block[:2, 1:4].t(), "out.weight": block[3:, ::2]}
    torch.save(views, FOLDER / "strided.pt")
    torch.save({key: value.to(torch.bfloat16) for key, value in state.items()}, FOLDER / "bfloat16.pt")
    torch.save({key: value.half() for key, value in state.items()}, FOLDER / "float16.pt")
    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    module.load_state_dict(dict(zip(module.state_dict(), state.values(), strict=True)))
    optimizer = torch.optim.Adam(module.parameters(), weight_decay=0.1)
    module(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    module.load_state_dict(dict(zip(module.state_dict(), state.values(), strict=True)))
    both = {"epoch": 3, "model": module.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(both, FOLDER / "checkpoint.pt")
    torch.save({**both, "average": state}, FOLDER / "two_states.pt")
    torch.save(module, FOLDER / "module.pt")
    torch.save({"hidden.weight": torch.ones(3, 2, dtype=torch.int32)}, FOLDER / "integers.pt")
    torch.save(state, FOLDER / "old.pt", _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main()
