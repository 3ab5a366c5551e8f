"""The network of a file that a command is given: a network, a result of ours, or a certificate of ours that is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reluexact.certificates.files import read_bytes
from reluexact.errors import InputError
from reluexact.model.misplaced import named

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network


def read_network(file: Path) -> Network:
    """Read a network as ``Network.read`` does; of a certificate, which the checker has to accept, the network of its claim.

    One with biases beside the columns or a skip connection is refused; :func:`read_whole` takes these.
    """
    return _plain(read_whole(file), file.name)


def read_whole(file: Path) -> BiasedNetwork:
    """Read a network with all its parts, of a network file or a certificate."""
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network_files import CERTIFICATE, read_json

    content = read_bytes(file, "give the file of a network, or a certificate")
    if file.suffix.lower() not in (".csv", ".npz") and CERTIFICATE.encode() in content:
        document = read_json(content.decode("utf-8", errors="replace"), file.name)
        if isinstance(document, dict) and document.get("format") == CERTIFICATE:
            from reluexact.kinds.files import read

            claim = read(content, file.name)
            found = getattr(claim, "network", None)
            return found if isinstance(found, BiasedNetwork) else BiasedNetwork.of(network_of(claim, file.name))
    return BiasedNetwork.decoded(content, file.name)


def network_of(claim: Any, name: str) -> Network:
    """Return the network that a claim is about: the one that a path leads to, one of fewest neurons of a set, else its only one.

    >>> import reluexact as rx
    >>> data = rx.Dataset(X=[[1], [2]], y=[1, 2])
    >>> network_of(rx.optimal_set(rx.solve(data, 1)), "set.json").width
    1
    """
    from reluexact.kinds.descent_path.claim import DescentPath
    from reluexact.kinds.minimum_network.claim import MinimumNetwork
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network

    if isinstance(claim, DescentPath):
        return claim.network_at(len(claim.pieces), bits=96)
    if isinstance(claim, MinimumNetwork | OptimalSet):
        from reluexact.kinds.optimal_set.movement import network

        best: Any = claim.best if isinstance(claim, MinimumNetwork) else claim
        return network(best, claim if isinstance(claim, MinimumNetwork) else None)
    found = getattr(claim, "network", None)
    if isinstance(found, BiasedNetwork):
        return _plain(found, name)
    if not isinstance(found, Network):
        raise InputError(f"{name}: {named(claim)} has no network of its own; give the certificate of an optimum")
    return found


def _plain(network: BiasedNetwork, name: str) -> Network:
    """Return a network without parts."""
    plain = network.without_parts()
    if plain is None:
        parts = {
            "hidden biases beside the columns": any(network.hidden_bias),
            "an output bias": network.output_bias,
            "a skip connection": any(network.skip),
        }
        has = " and ".join(part for part, there in parts.items() if there)
        raise InputError(f"{name}: its network has {has}; this command takes a network without these")
    return plain
