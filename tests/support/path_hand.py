"""Segments of paths that can be computed by hand."""

from fractions import Fraction as F

from reluexact.evidence.path import PathBlock, Vanishing, WatchedNeuron
from reluexact.model.dataset import Dataset
from reluexact.prove.path.segment import check_segment
from reluexact.search.path_segment import SegmentStructure, prove_segment

UNIT = Dataset(X=[[1, 0], [0, 1]], y=[3, -1])
"""theta = (b, -1) from b = 3 down to 1, where the second neuron enters: amounts 3 - b and 1 - b."""
FIRST = PathBlock(sign=1, gate=(1, 0), basis=((1, 0),))
SECOND = PathBlock(sign=-1, gate=(0, 1), basis=((0, 1),))


def watch(block):
    return WatchedNeuron(sign=block.sign, gate=block.gate, basis=block.basis)


def low(what, index=0, hyperplane=None, side=None):
    return Vanishing(end="low", what=what, index=index, hyperplane=hyperplane, side=side)


def high(what, index=0, hyperplane=None, side=None):
    return Vanishing(end="high", what=what, index=index, hyperplane=hyperplane, side=side)


def segment(data, ends, start, blocks=(), watched=(), vanishing=(), lineality=(), **more):
    structure = SegmentStructure(blocks=blocks, watched=watched, vanishing=vanishing, lineality=lineality)
    return prove_segment(data, structure, F(ends[0]), F(ends[1]), start=tuple(map(F, start)), **{"degree": 10, **more})


def proved(data, *args, **named):
    return check_segment(data, segment(data, *args, **named))


def unit_path():
    """Return the four segments of the path of UNIT down to 1/2."""
    return (
        proved(UNIT, ("5/2", "7/2"), (), watched=(watch(FIRST),), vanishing=(low("watched"),)),
        proved(UNIT, ("7/4", "13/4"), (2, 1), blocks=(FIRST,), vanishing=(high("amount"),)),
        proved(UNIT, ("3/4", 2), (2, 1), blocks=(FIRST,), watched=(watch(SECOND),), vanishing=(low("watched"),)),
        proved(UNIT, ("1/2", "5/4"), (1, 1, 2, "1/4"), blocks=(FIRST, SECOND), vanishing=(high("amount", 1),)),
    )
