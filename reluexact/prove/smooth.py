"""Whether the solution of a proved structure is differentiable along a change, and if not, the reason.

The structure stays near the point where all its inequalities are strict; where one is an equality that the change may break, the
solution has a kink there. The optimal value always has a derivative in the penalty and the targets, as the residual is unique; in
X it has one where the optimal network and the multipliers of its walls are unique.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reluexact.prove.derivatives import Change, dual_vector
from reluexact.prove.linearized import Linearized
from reluexact.prove.o6_pairs import spans_free_directions
from reluexact.prove.positive import positive_somewhere
from reluexact.prove.walls import UNKNOWN, Hold, holds

Stays = Callable[[Hold], bool]


@dataclass(frozen=True)
class Smoothness:
    """What is known of a point, for all changes."""

    system: Linearized

    @cached_property
    def held(self) -> tuple[Hold, ...]:
        """Return how the neurons are held at their walls."""
        return holds(self.system)

    @cached_property
    def structure(self) -> str:
        """Return why no change leaves the structure as it is, empty where some do."""
        point = self.system.point
        tie = next((k for k, neuron in enumerate(point.neurons) if neuron.role == "tie"), None)
        if tie is not None:
            return f"neuron {tie} is tight, but the optimum does not need it: small changes decide whether it is used"
        blocks = {neuron.block: k for k, neuron in enumerate(point.neurons) if neuron.role == "pair"}
        for block, share in point.split.fractions:
            if share.low <= 0 or share.high >= 1:
                return f"one neuron of the pair of neuron {blocks[block]} has no amount that is proved positive"
        if not spans_free_directions(point.kkt, point.box, point.split):
            return "the pairs divide by a coincidence, as symmetric data have it: small changes take them apart"
        return ""

    def reason(self, change: Change) -> str:
        """Return why the solution is not known to have a derivative along a change; empty where it has one."""
        if self.structure:
            return self.structure
        if change.column is not None:
            return self._entry(change) or self._walls(lambda hold: hold.free)
        rows = [row for row, _ in change.rows]
        return self._walls(lambda hold: hold.stays(rows))

    def value_reason(self, change: Change) -> str:
        """Return why the optimal value is not known to have a derivative along a change; empty where it has one."""
        if change.column is None:
            return ""
        ties = [k for k, neuron in enumerate(self.system.point.neurons) if neuron.role == "tie"]
        flags = positive_somewhere(self.system.point) if ties else ()
        used = next((k for k in ties if flags[k] is not False), None)
        if used is not None:
            return f"the optimal network is not unique: neuron {used} may have an amount"
        return self._entry(change)

    def _walls(self, stays: Stays) -> str:
        broken = next((hold for hold in self.held if not stays(hold)), None)
        if broken is None:
            return ""
        planes, data = self.system.point.kkt.program.hyperplanes, self.system.point.kkt.program.data
        row = planes.rows[broken.wall] if data.copies is None else data.copies.rows[planes.rows[broken.wall]]
        what = "is not proved to differ from 0" if broken.state == UNKNOWN else "is 0"
        return f"the multiplier of neuron {broken.neuron} on the wall of row {row} {what}: small changes may take it off"

    def _entry(self, change: Change) -> str:
        """Return why the walls and the pairs do not follow a change of X."""
        kkt, planes = self.system.point.kkt, self.system.point.kkt.program.hyperplanes
        wall, rows = planes.hyperplane_of[change.rows[0][0]], {row for row, _ in change.rows}
        if wall is None and kkt.structure.blocks:
            return "the row is zero: it is on the wall of all neurons"
        if any(kkt.structure.paired) and len(self.system.lineality) < kkt.program.data.d:
            return "pairs do not see all directions, and those that they see change with X"
        for block in self.system.blocks:
            if wall not in block.walls:
                continue
            if any(place == wall and i not in rows for i, place in enumerate(planes.hyperplane_of)):
                return "the row is parallel to another one, and a neuron is on the wall of both"
            if dual_vector(self.system, block, wall) is None:
                return "a neuron is on more walls than are independent: one of them leaves it"
        return ""
