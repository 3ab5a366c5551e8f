"""The public names for type checkers; ``public.py`` has the list that counts, and a test compares the two."""

from reluexact import testing as testing
from reluexact.certificates.files import check as check
from reluexact.errors import (
    CertificateError as CertificateError,
)
from reluexact.errors import (
    InputError as InputError,
)
from reluexact.errors import (
    LimitReached as LimitReached,
)
from reluexact.errors import (
    MissingDependency as MissingDependency,
)
from reluexact.errors import (
    ReluExactError as ReluExactError,
)
from reluexact.errors import (
    WorkersLost as WorkersLost,
)
from reluexact.evidence.bound import BoundProof as BoundProof
from reluexact.evidence.neuron import Neuron as Neuron
from reluexact.evidence.problem_bound import ProblemBound as ProblemBound
from reluexact.evidence.status import Status as Status
from reluexact.geometry.arrangement import ActivationPatterns as ActivationPatterns
from reluexact.geometry.arrangement import activation_patterns as activation_patterns
from reluexact.kinds.bank.find import bank as bank
from reluexact.kinds.bank.find import bank_instance as bank_instance
from reluexact.kinds.bank.find import bank_version as bank_version
from reluexact.kinds.bank.instance import BankInstance as BankInstance
from reluexact.kinds.bound.find import bound as bound
from reluexact.kinds.bound.find import prove_bound as prove_bound
from reluexact.kinds.classification.claim import Classification as Classification
from reluexact.kinds.classification.claim import Snapped as Snapped
from reluexact.kinds.classification.find import classify as classify
from reluexact.kinds.classification.snap import snap as snap
from reluexact.kinds.connectivity.find import staircase as staircase
from reluexact.kinds.connectivity.find_path import path as path
from reluexact.kinds.connectivity.path import OptimalPath as OptimalPath
from reluexact.kinds.connectivity.staircase import Staircase as Staircase
from reluexact.kinds.cross_validation.claim import CrossValidation as CrossValidation
from reluexact.kinds.cross_validation.find import cross_validate as cross_validate
from reluexact.kinds.cross_validation.find import cross_validation_error as cross_validation_error
from reluexact.kinds.cutting_plane.claim import CuttingPlane as CuttingPlane
from reluexact.kinds.cutting_plane.claim import CuttingRound as CuttingRound
from reluexact.kinds.cutting_plane.find import cutting_plane as cutting_plane
from reluexact.kinds.descent_path.claim import DescentPath as DescentPath
from reluexact.kinds.descent_path.deprecated import way_down as way_down
from reluexact.kinds.descent_path.find import descent_path as descent_path
from reluexact.kinds.descent_path.find import no_spurious_valley_width as no_spurious_valley_width
from reluexact.kinds.files import load as load
from reluexact.kinds.files import save as save
from reluexact.kinds.html import html as html
from reluexact.kinds.interpolation.claim import Interpolation as Interpolation
from reluexact.kinds.interpolation.find import interpolate as interpolate
from reluexact.kinds.judgement.claim import Judgement as Judgement
from reluexact.kinds.judgement.explain import explain as explain
from reluexact.kinds.judgement.explanation import Explanation as Explanation
from reluexact.kinds.judgement.find import judge as judge
from reluexact.kinds.latex import latex as latex
from reluexact.kinds.max_penalty.find import max_penalty as max_penalty
from reluexact.kinds.membership.claim import Verdict as Verdict
from reluexact.kinds.membership.find import contains as contains
from reluexact.kinds.minimum_network.claim import MinimumNetwork as MinimumNetwork
from reluexact.kinds.minimum_network.find import minimum_network as minimum_network
from reluexact.kinds.optimal_set.band import band as band
from reluexact.kinds.optimal_set.block_form import blocks as blocks
from reluexact.kinds.optimal_set.block_form import unique as unique
from reluexact.kinds.optimal_set.claim import OptimalSet as OptimalSet
from reluexact.kinds.optimal_set.find import optimal_set as optimal_set
from reluexact.kinds.optimal_set.movement import (
    midpoint as midpoint,
)
from reluexact.kinds.optimal_set.movement import (
    network as network,
)
from reluexact.kinds.optimal_set.movement import (
    path_networks as path_networks,
)
from reluexact.kinds.optimal_set.movement import (
    point as point,
)
from reluexact.kinds.optimal_set.movement import (
    random_point as random_point,
)
from reluexact.kinds.optimal_set.point import Point as Point
from reluexact.kinds.optimal_set.vertex import Vertex as Vertex
from reluexact.kinds.optimum.claim import Optimum as Optimum
from reluexact.kinds.optimum.closed_form import ClosedForm as ClosedForm
from reluexact.kinds.optimum.closed_form import closed_form as closed_form
from reluexact.kinds.optimum.find import solve as solve
from reluexact.kinds.optimum.problem_claim import ProblemOptimum as ProblemOptimum
from reluexact.kinds.planted.claim import Planted as Planted
from reluexact.kinds.planted.claim import PlantedNeuron as PlantedNeuron
from reluexact.kinds.planted.find import planted as planted
from reluexact.kinds.plot import plot as plot
from reluexact.kinds.pruning.claim import ApproximatelyPruned as ApproximatelyPruned
from reluexact.kinds.pruning.claim import Pruned as Pruned
from reluexact.kinds.pruning.find import prune as prune
from reluexact.kinds.pruning.to_width import prune_to_width as prune_to_width
from reluexact.kinds.rectified_ellipsoid.claim import CoordinateNeuron as CoordinateNeuron
from reluexact.kinds.rectified_ellipsoid.claim import HullMembership as HullMembership
from reluexact.kinds.rectified_ellipsoid.claim import RectifiedEllipsoid as RectifiedEllipsoid
from reluexact.kinds.rectified_ellipsoid.claim import SupportValue as SupportValue
from reluexact.kinds.rectified_ellipsoid.find import coordinate_neuron as coordinate_neuron
from reluexact.kinds.rectified_ellipsoid.find import gauge as gauge
from reluexact.kinds.rectified_ellipsoid.find import in_hull as in_hull
from reluexact.kinds.rectified_ellipsoid.find import rectified_ellipsoid as rectified_ellipsoid
from reluexact.kinds.rectified_ellipsoid.find import support_function as support_function
from reluexact.kinds.refine import refine as refine
from reluexact.kinds.selection.claim import Selection as Selection
from reluexact.kinds.selection.find import extreme as extreme
from reluexact.kinds.selection.find import least_loss as least_loss
from reluexact.kinds.selection.find import least_norm as least_norm
from reluexact.kinds.sensitivity.claim import Sensitivity as Sensitivity
from reluexact.kinds.sensitivity.find import sensitivity as sensitivity
from reluexact.kinds.solution_path.at import least_norm_on_path as least_norm_on_path
from reluexact.kinds.solution_path.at import optimum_on_path as optimum_on_path
from reluexact.kinds.solution_path.at import slope_on_path as slope_on_path
from reluexact.kinds.solution_path.claim import Breakpoint as Breakpoint
from reluexact.kinds.solution_path.claim import SolutionPath as SolutionPath
from reluexact.kinds.solution_path.find import solution_path as solution_path
from reluexact.kinds.solution_path.formula import value_formula as value_formula
from reluexact.kinds.sparsest_spline.claim import SparsestSpline as SparsestSpline
from reluexact.kinds.sparsest_spline.find import sparsest_spline as sparsest_spline
from reluexact.kinds.spike_free.claim import AllOnes as AllOnes
from reluexact.kinds.spike_free.claim import SpikeFree as SpikeFree
from reluexact.kinds.spike_free.find import all_ones as all_ones
from reluexact.kinds.spike_free.find import is_spike_free as is_spike_free
from reluexact.kinds.stationary_graph.claim import StationaryGraph as StationaryGraph
from reluexact.kinds.stationary_graph.find import stationary_graph as stationary_graph
from reluexact.kinds.stationary_graph.graphml import save_graphml as save_graphml
from reluexact.kinds.stationary_graph.graphml import to_networkx as to_networkx
from reluexact.kinds.theorem.claim import Theorem as Theorem
from reluexact.kinds.theorem.find import theorem as theorem
from reluexact.kinds.width_optimum.claim import WidthCurve as WidthCurve
from reluexact.kinds.width_optimum.claim import WidthOptimum as WidthOptimum
from reluexact.kinds.width_optimum.find import solve_width as solve_width
from reluexact.kinds.width_optimum.find import width_curve as width_curve
from reluexact.model.biased_network import BiasedNetwork as BiasedNetwork
from reluexact.model.dataset import Dataset as Dataset
from reluexact.model.logistic import logistic as logistic
from reluexact.model.losses import (
    PiecewiseQuadratic as PiecewiseQuadratic,
)
from reluexact.model.losses import (
    absolute as absolute,
)
from reluexact.model.losses import (
    epsilon_insensitive as epsilon_insensitive,
)
from reluexact.model.losses import (
    hinge as hinge,
)
from reluexact.model.losses import (
    huber as huber,
)
from reluexact.model.losses import (
    quantile as quantile,
)
from reluexact.model.losses import (
    squared as squared,
)
from reluexact.model.losses import (
    squared_hinge as squared_hinge,
)
from reluexact.model.network import Network as Network
from reluexact.model.problem import Problem as Problem
from reluexact.model.row_weights import without_weights as without_weights
from reluexact.model.symmetries import (
    balanced as balanced,
)
from reluexact.model.symmetries import (
    canonical as canonical,
)
from reluexact.model.symmetries import (
    equivalent as equivalent,
)
from reluexact.model.symmetries import (
    merged as merged,
)
from reluexact.model.symmetries import (
    permuted as permuted,
)
from reluexact.model.symmetries import (
    split as split,
)
from reluexact.numbers.real import Real as Real
from reluexact.reports.claim import Report as Report
from reluexact.reports.make import report as report
from reluexact.tex.numbers import real_expression as real_expression
from reluexact.trained.claim import Trained as Trained
from reluexact.trained.keras import from_keras as from_keras
from reluexact.trained.onnx import from_onnx as from_onnx
from reluexact.trained.safetensors import from_safetensors as from_safetensors
from reluexact.trained.scnn import from_scnn as from_scnn
from reluexact.trained.sklearn import from_sklearn as from_sklearn
from reluexact.trained.torch import from_torch as from_torch
from reluexact.version import __version__ as __version__
