(** * What is claimed, and nothing else

    Two-layer ReLU networks of any width over the real numbers and the objective of their training. Everything that the other
    files prove is about the definitions of this page. A vector is a list of reals; lists of different lengths are read as if the
    shorter one went on with zeros, and [well_formed] and [accepts] say that this never happens. *)

From Coq Require Import Reals List.
Import ListNotations.
Open Scope R_scope.

Definition vector := list R.

(** The inner product [u.v]. *)
Fixpoint dot (u v : vector) : R :=
  match u, v with
  | a :: u', c :: v' => a * c + dot u' v'
  | _, _ => 0
  end.

(** The difference [u - v]. *)
Fixpoint vsub (u v : vector) : vector :=
  match u, v with
  | a :: u', c :: v' => (a - c) :: vsub u' v'
  | [], c :: v' => - c :: vsub [] v'
  | _, [] => u
  end.

(** The sum of a list of numbers. *)
Fixpoint total (l : list R) : R :=
  match l with
  | a :: l' => a + total l'
  | [] => 0
  end.

(** The Euclidean norm and the ReLU function. *)
Definition norm (u : vector) : R := sqrt (dot u u).
Definition relu (t : R) : R := Rmax 0 t.

(** A neuron has hidden weights and one output weight; a network is a list of neurons. Its length is its width. *)
Record neuron := Neuron { hidden : vector; outer : R }.
Definition network := list neuron.

(** The output of a network at the input [x]: the sum of [outer * relu (x . hidden)]. *)
Definition output (net : network) (x : vector) : R :=
  total (map (fun k => outer k * relu (dot x (hidden k))) net).

(** The outputs at all inputs. *)
Definition fit (X : list vector) (net : network) : vector := map (output net) X.

(** The sum of all squared weights. *)
Definition squared_weights (net : network) : R :=
  total (map (fun k => dot (hidden k) (hidden k) + outer k * outer k) net).

(** A training problem: the rows of the data matrix, one target for each, and the penalty. *)
Record problem := Problem { inputs : list vector; targets : vector; penalty : R }.

(** The objective: half the squared error plus half the penalty times the squared weights. *)
Definition objective (P : problem) (net : network) : R :=
  let error := vsub (fit (inputs P) net) (targets P) in
  / 2 * dot error error + penalty P / 2 * squared_weights net.

(** Every row has [d] entries, there is one target for each row, and the penalty is positive. *)
Definition well_formed (d : nat) (P : problem) : Prop :=
  Forall (fun x => length x = d) (inputs P) /\ length (targets P) = length (inputs P) /\ 0 < penalty P.

(** The network takes inputs of [d] entries. *)
Definition accepts (d : nat) (net : network) : Prop := Forall (fun k => length (hidden k) = d) net.

(** No network, of whatever width, has an objective below [q]. *)
Definition lower_bound (d : nat) (P : problem) (q : R) : Prop :=
  forall net : network, accepts d net -> q <= objective P net.

(** No network, of whatever width, is better than [net] by more than [epsilon]. *)
Definition optimal_within (epsilon : R) (d : nat) (P : problem) (net : network) : Prop :=
  accepts d net /\ forall other : network, accepts d other -> objective P net <= objective P other + epsilon.

(** No network, of whatever width, is better than [net]. *)
Definition optimal (d : nat) (P : problem) (net : network) : Prop :=
  accepts d net /\ forall other : network, accepts d other -> objective P net <= objective P other.

(** ** The same with any loss, row weights, free hidden weights and a linear part *)

(** A quadratic function, and one of several pieces: each but the last with the point up to which it goes. *)
Record quadratic := Quadratic { second : R; first : R; zeroth : R }.
Definition quadratic_at (p : quadratic) (t : R) : R := second p * (t * t) + first p * t + zeroth p.
Fixpoint piecewise (pieces : list (R * quadratic)) (last : quadratic) (t : R) : R :=
  match pieces with
  | (stop, p) :: pieces' => if Rle_dec t stop then quadratic_at p t else piecewise pieces' last t
  | [] => quadratic_at last t
  end.

(** A row of the data: what the neurons see, what the linear part sees, the weight, and the loss as a function of the output. *)
Record sample := Sample { seen : vector; passed : vector; row_weight : R; loss : R -> R }.

(** The first [free_weights] hidden weights of a neuron cost nothing (a hidden bias sees a 1); [decay] is the penalty of all its
    other weights, and [ridges] are the penalties of the weights of the linear part, 0 where they are free. *)
Record training := Training { samples : list sample; free_weights : nat; decay : R; ridges : vector }.

(** The output for a row, and the hidden weights that cost something. *)
Definition prediction (net : network) (g : vector) (s : sample) : R := output net (seen s) + dot (passed s) g.
Definition pulled (T : training) (k : neuron) : vector := skipn (free_weights T) (hidden k).

(** The objective: weighted losses, and half the penalties times the squared weights. *)
Definition cost (T : training) (net : network) (g : vector) : R :=
  total (map (fun s => row_weight s * loss s (prediction net g s)) (samples T))
  + decay T / 2 * total (map (fun k => dot (pulled T k) (pulled T k) + outer k * outer k) net)
  + / 2 * dot (ridges T) (map (fun a => a * a) g).

(** Neurons see [d] entries, row weights and [decay] are positive, and no ridge is negative. *)
Definition well_posed (d : nat) (T : training) : Prop :=
  Forall (fun s => length (seen s) = d /\ length (passed s) = length (ridges T) /\ 0 < row_weight s) (samples T) /\
  0 < decay T /\ Forall (fun r => 0 <= r) (ridges T).

Definition takes (d : nat) (T : training) (net : network) (g : vector) : Prop := accepts d net /\ length g = length (ridges T).

(** The claims, against every width and every linear part. *)
Definition cost_bound (d : nat) (T : training) (q : R) : Prop := forall net g, takes d T net g -> q <= cost T net g.
Definition best_within (epsilon : R) (d : nat) (T : training) (net : network) (g : vector) : Prop :=
  takes d T net g /\ forall net' g', takes d T net' g' -> cost T net g <= cost T net' g' + epsilon.
