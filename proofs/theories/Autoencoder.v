(** * Neurons as autoencoders

    The hidden weights of length 1 that fire in one row alone, as far as they can,
      come from a projection onto the cone of the other
    rows (with a free bias: onto their convex hull).
    Source: Ergen and Pilanci 2021 (Convex Geometry and Duality; extreme points). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics Rows.
Import ListNotations.
Open Scope R_scope.

(** [x] minus a combination of [others], and its unit vector. *)
Definition remainder (x l : vector) (others : list vector) : vector := vsub x (combination l others).
Definition unit_vector (r : vector) : vector := vscale (/ norm r) r.

Lemma dot_nonneg : forall l f, Forall (fun t => 0 <= t) l -> Forall (fun t => t <= 0) f -> dot l f <= 0.
Proof.
  intros l f L. revert f. induction L as [|t l T L IH]; intros f F; simpl; [lra|].
  destruct F as [|s f S F]; [lra|]. specialize (IH f F). nra.
Qed.

Lemma norm_unit_vector : forall r, norm r <> 0 -> norm (unit_vector r) = 1.
Proof.
  intros r N. pose proof (norm_nonneg r). assert (0 < / norm r) by (apply Rinv_0_lt_compat; lra).
  unfold unit_vector. rewrite norm_scale by lra. field. assumption.
Qed.

Lemma image_nonpositive : forall others u, Forall (fun z => dot z u <= 0) others -> Forall (fun t => t <= 0) (image others u).
Proof. intros. unfold image. rewrite Forall_map. assumption. Qed.

(** The optimality conditions of the projection: multipliers [l >= 0], no row of [others] makes an acute angle with the remainder,
    and those that are used are orthogonal to it. *)
Definition projects (x l : vector) (others : list vector) : Prop :=
  let r := remainder x l others in
  Forall (fun t => 0 <= t) l /\ Forall (fun z => dot z r <= 0) others /\ dot l (image others r) = 0.

(** They say that the remainder is the shortest. *)
Theorem projects_nearest : forall x l others l', projects x l others -> Forall (fun t => 0 <= t) l' ->
  norm (remainder x l others) <= norm (remainder x l' others).
Proof.
  intros x l others l' (L & F & S) L'. set (r := remainder x l others) in *.
  pose proof (dot_nonneg l' _ L' (image_nonpositive _ _ F)) as D.
  pose proof (cauchy_schwarz (remainder x l' others) r) as C. unfold remainder in C at 1. rewrite dot_sub_l, dot_combination in C.
  assert (E : dot x r = dot r r) by (unfold r at 2, remainder; rewrite dot_sub_l, dot_combination; fold r; lra).
  rewrite E, <- norm_square in C. pose proof (norm_nonneg r). pose proof (norm_nonneg (remainder x l' others)).
  destruct (Rle_dec (norm r) (norm (remainder x l' others))); [assumption|]. nra.
Qed.

(** The neuron that fires in the row [x] alone: no one of length 1 fires more there, and the unit vector of the remainder does. *)
Theorem autoencoder_optimal : forall x l others, projects x l others ->
  let r := remainder x l others in
  (forall u, norm u <= 1 -> Forall (fun z => dot z u <= 0) others -> dot x u <= norm r) /\
  (norm r <> 0 -> norm (unit_vector r) = 1 /\ Forall (fun z => dot z (unit_vector r) <= 0) others /\ dot x (unit_vector r) =
    norm r).
Proof.
  intros x l others (L & F & S) r. split.
  - intros u U O. pose proof (dot_nonneg l _ L (image_nonpositive _ _ O)) as D. rewrite <- dot_combination in D.
    assert (E : dot r u = dot x u - dot (combination l others) u) by apply dot_sub_l.
    pose proof (cauchy_schwarz r u). pose proof (norm_nonneg r). pose proof (norm_nonneg u). nra.
  - intros N. pose proof (norm_nonneg r). assert (P : 0 < / norm r) by (apply Rinv_0_lt_compat; lra). repeat split.
    + apply norm_unit_vector. assumption.
    + revert F. apply Forall_impl. intros z Z. unfold unit_vector. rewrite dot_scale_r. fold r in Z. nra.
    + unfold unit_vector. rewrite dot_scale_r. assert (E : dot x r = norm r * norm r).
      { rewrite norm_square. unfold r at 2, remainder. rewrite dot_sub_l, dot_combination. fold r in S |- *. lra. }
      rewrite E. field. assumption.
Qed.

(** The same with a free bias: the multipliers sum to 1, and the bias lets the nearest of the other rows be silent. *)
Definition projects_on_hull (x l : vector) (others : list vector) (top : R) : Prop :=
  let r := remainder x l others in
  length l = length others /\ Forall (fun t => 0 <= t) l /\ total l = 1 /\ Forall (fun z => dot z r <= top) others /\
  dot l (image others r) = top.

Lemma dot_shifted : forall l others u t, length l = length others ->
  dot l (map (fun z => dot z u + t) others) = dot l (image others u) + t * total l.
Proof.
  induction l as [|s l IH]; intros [|z others] u t L; simpl in *; try discriminate; [ring|].
  rewrite IH by congruence. unfold image. ring.
Qed.

Theorem autoencoder_bias_optimal : forall x l others top, projects_on_hull x l others top ->
  let r := remainder x l others in
  (forall u t, norm u <= 1 -> Forall (fun z => dot z u + t <= 0) others -> dot x u + t <= norm r) /\
  (norm r <> 0 -> let t := - top / norm r in
   norm (unit_vector r) = 1 /\ Forall (fun z => dot z (unit_vector r) + t <= 0) others /\ dot x (unit_vector r) + t = norm r).
Proof.
  intros x l others top (Len & L & T & F & S) r. split.
  - intros u t U O. assert (D : dot l (map (fun z => dot z u + t) others) <= 0).
    { apply dot_nonneg; [assumption|]. rewrite Forall_map. assumption. }
    rewrite dot_shifted, T, <- dot_combination in D by assumption.
    assert (E : dot r u = dot x u - dot (combination l others) u) by apply dot_sub_l.
    pose proof (cauchy_schwarz r u). pose proof (norm_nonneg r). pose proof (norm_nonneg u). nra.
  - intros N t. pose proof (norm_nonneg r). assert (P : 0 < / norm r) by (apply Rinv_0_lt_compat; lra).
    assert (I : / norm r * norm r = 1) by (field; assumption). repeat split.
    + apply norm_unit_vector. assumption.
    + revert F. apply Forall_impl. intros z Z. fold r in Z. unfold unit_vector, t, Rdiv. rewrite dot_scale_r. nra.
    + unfold unit_vector, t, Rdiv. rewrite dot_scale_r. assert (E : dot x r = norm r * norm r + top).
      { rewrite norm_square. unfold r at 2, remainder. rewrite dot_sub_l, dot_combination. fold r in S |- *. lra. }
      rewrite E. field. assumption.
Qed.
