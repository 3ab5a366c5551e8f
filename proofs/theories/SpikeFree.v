(** * Spike-free data

    Where the positive part of every [Xu] is itself some [Xz] with [|z| <= |u|],
      training needs the pattern of ones alone: two linear
    maps that are non-negative on the data. Without the condition that restriction is an upper bound.
    Source: Ergen and Pilanci 2021 (Convex Geometry and Duality). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics Rows.
Import ListNotations.
Open Scope R_scope.

Definition spike_free (d : nat) (X : list vector) : Prop :=
  forall u, length u = d -> exists z, length z = d /\ norm z <= norm u /\ image X z = features X u.

(** A pair of linear maps that are non-negative on the data, and its objective. *)
Definition linear_pair (d : nat) (X : list vector) (w v : vector) : Prop :=
  length w = d /\ length v = d /\ Forall (fun t => 0 <= t) (image X w) /\ Forall (fun t => 0 <= t) (image X v).
Definition pair_objective (P : problem) (w v : vector) : R :=
  let error := vsub (vsub (image (inputs P) w) (image (inputs P) v)) (targets P) in
  / 2 * dot error error + penalty P * (norm w + norm v).

(** A map [w] as one neuron of sign [s]. *)
Definition linear_neuron (s : R) (w : vector) : neuron :=
  if Req_EM_T (norm w) 0 then Neuron w 0 else Neuron (vscale (/ sqrt (norm w)) w) (s * sqrt (norm w)).

Lemma linear_neuron_fit : forall x s w, 0 <= dot x w ->
  outer (linear_neuron s w) * relu (dot x (hidden (linear_neuron s w))) = s * dot x w.
Proof.
  intros x s w H. unfold linear_neuron. destruct (Req_EM_T (norm w) 0) as [Z|N]; simpl.
  - rewrite (norm_zero_dot w x Z). ring.
  - pose proof (norm_nonneg w). assert (S : 0 < sqrt (norm w)) by (apply sqrt_lt_R0; lra).
    assert (0 < / sqrt (norm w)) by (apply Rinv_0_lt_compat; assumption).
    rewrite dot_scale_r, relu_pos by nra. field. lra.
Qed.

Lemma linear_neuron_weights : forall s w, s * s = 1 ->
  dot (hidden (linear_neuron s w)) (hidden (linear_neuron s w)) + outer (linear_neuron s w) * outer (linear_neuron s w) =
    2 * norm w.
Proof.
  intros s w U. unfold linear_neuron. destruct (Req_EM_T (norm w) 0) as [Z|N]; simpl.
  - rewrite <- norm_square, Z. ring.
  - pose proof (norm_nonneg w). assert (S : 0 < sqrt (norm w)) by (apply sqrt_lt_R0; lra).
    pose proof (sqrt_sqrt (norm w)) as Q. rewrite dot_scale_l, dot_scale_r, <- norm_square.
    replace (s * sqrt (norm w) * (s * sqrt (norm w))) with (s * s * (sqrt (norm w) * sqrt (norm w))) by ring.
    rewrite U, Q by assumption. set (r := sqrt (norm w)) in *. rewrite <- (Q H). field. lra.
Qed.

(** Every such pair is a network of two neurons with the same objective: the restriction is an upper bound. *)
Theorem pair_to_network : forall d P w v, linear_pair d (inputs P) w v ->
  let net := [linear_neuron 1 w; linear_neuron (-1) v] in
  accepts d net /\ fit (inputs P) net = vsub (image (inputs P) w) (image (inputs P) v) /\ objective P net = pair_objective P w v.
Proof.
  intros d P w v (LW & LV & FW & FV) net.
  assert (F : fit (inputs P) net = vsub (image (inputs P) w) (image (inputs P) v)).
  { unfold net. clear LW LV net. unfold image in FW, FV. rewrite Forall_map in FW, FV. revert FW FV. generalize (inputs P).
    induction l as [|x X IH]; intros FW FV; simpl; [reflexivity|]. inversion FW; inversion FV; subst. rewrite IH by assumption.
    f_equal.
    unfold output. simpl. rewrite !linear_neuron_fit by assumption. ring. }
  split; [|split; [assumption|]].
  - unfold net, accepts, linear_neuron. repeat constructor; destruct (Req_EM_T _ _); simpl; rewrite ?length_scale; assumption.
  - unfold objective, pair_objective. rewrite F. unfold squared_weights, net. simpl map. simpl total.
    rewrite !linear_neuron_weights by ring. field.
Qed.

(** The neurons of sign [s], each as the linear map that the condition gives. *)
Lemma spike_free_part : forall d X net, spike_free d X -> accepts d net ->
  exists w v, length w = d /\ length v = d /\ Forall (fun t => 0 <= t) (image X w) /\ Forall (fun t => 0 <= t) (image X v) /\
    vsub (image X w) (image X v) = fit X net /\ norm w + norm v <= / 2 * squared_weights net.
Proof.
  intros d X net H A. assert (Z : forall x : vector, dot x (repeat 0 d) = 0).
  { clear. induction d as [|d IH]; intros [|a x]; simpl; try ring. rewrite IH. ring. }
  induction A as [|[u a] net L A IH].
  - exists (repeat 0 d), (repeat 0 d). rewrite repeat_length. unfold image. repeat split.
    + rewrite Forall_map. apply Forall_forall. intros x _. rewrite Z. lra.
    + rewrite Forall_map. apply Forall_forall. intros x _. rewrite Z. lra.
    + clear H. induction X as [|x X IH]; simpl; [reflexivity|]. rewrite IH, Z. f_equal. unfold output. simpl. ring.
    + unfold squared_weights, norm. rewrite Z. rewrite sqrt_0. simpl. lra.
  - destruct IH as (w & v & LW & LV & FW & FV & E & B). destruct (H u L) as (z & LZ & NZ & FZ). simpl in L.
    assert (P : forall c g, 0 <= c -> Forall (fun t => 0 <= t) (image X g) ->
      Forall (fun t => 0 <= t) (image X (vadd (vscale c z) g))).
    { intros c g C G. assert (F : Forall (fun t => 0 <= t) (image X z)).
      { rewrite FZ, features_image. apply positive_nonneg. }
      unfold image in *. rewrite !Forall_map in *. rewrite Forall_forall in *. intros x Hx. specialize (G x Hx).
      specialize (F x Hx). simpl in *.
      rewrite dot_add_r, dot_scale_r. nra. }
    assert (N : forall g, norm (vadd (vscale (Rabs a) z) g) <= / 2 * (dot u u + a * a) + norm g).
    { intros g. apply Rle_trans with (1 := norm_triangle _ _). rewrite norm_scale by apply Rabs_pos. rewrite <- norm_square.
      pose proof (norm_nonneg z). pose proof (norm_nonneg u). pose proof (Rabs_square a). pose proof (Rabs_pos a).
      pose proof (Rle_0_sqr (Rabs a - norm u)) as S. unfold Rsqr in S. nra. }
    assert (Q : squared_weights (Neuron u a :: net) = dot u u + a * a + squared_weights net) by reflexivity.
    assert (Len : forall g, length g = d -> length (vadd (vscale (Rabs a) z) g) = d).
    { intros g G. rewrite length_add; rewrite length_scale; congruence. }
    destruct (Rle_dec 0 a) as [S|S].
    + exists (vadd (vscale (Rabs a) z) w), v. repeat split; auto using Rabs_pos.
      * rewrite Rabs_pos_eq by assumption. clear - E FZ. revert E FZ. unfold image, features, fit.
        induction X as [|x X IH]; simpl; intros E FZ; [reflexivity|]. injection E as E1 E2. injection FZ as F1 F2.
        rewrite IH by assumption. f_equal. rewrite output_cons, dot_add_r, dot_scale_r, <- E1, F1. simpl. ring.
      * specialize (N w). rewrite Q. lra.
    + exists w, (vadd (vscale (Rabs a) z) v). repeat split; auto using Rabs_pos.
      * rewrite Rabs_left by lra. clear - E FZ. revert E FZ. unfold image, features, fit.
        induction X as [|x X IH]; simpl; intros E FZ; [reflexivity|]. injection E as E1 E2. injection FZ as F1 F2.
        rewrite IH by assumption. f_equal. rewrite output_cons, dot_add_r, dot_scale_r, <- E1, F1. simpl. ring.
      * specialize (N v). rewrite Q. lra.
Qed.

(** On spike-free data no network of any width is better than all pairs. *)
Theorem spike_free_reduction : forall d P net, well_formed d P -> spike_free d (inputs P) -> accepts d net ->
  exists w v, linear_pair d (inputs P) w v /\ pair_objective P w v <= objective P net.
Proof.
  intros d P net (_ & _ & B) H A. destruct (spike_free_part d (inputs P) net H A) as (w & v & LW & LV & FW & FV & E & N).
  exists w, v. split; [repeat split; assumption|]. unfold pair_objective, objective. rewrite E.
  assert (penalty P * (norm w + norm v) <= penalty P * (/ 2 * squared_weights net)) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Theorem spike_free_lower_bounds : forall d P q, well_formed d P -> spike_free d (inputs P) ->
  lower_bound d P q <-> (forall w v, linear_pair d (inputs P) w v -> q <= pair_objective P w v).
Proof.
  intros d P q W H. split.
  - intros L w v F. destruct (pair_to_network d P w v F) as (A & _ & E). rewrite <- E. apply L. assumption.
  - intros L net A. destruct (spike_free_reduction d P net W H A) as (w & v & F & E). apply Rle_trans with (2 := E). apply L.
    assumption.
Qed.

(** ** Sufficient conditions *)

Theorem orthonormal_spike_free : forall d X, Forall (fun x => length x = d) X -> X <> [] -> orthonormal X -> spike_free d X.
Proof.
  intros d X R E O u L. assert (Len : length (features X u) = length X) by apply length_features.
  exists (combination (features X u) X). repeat split.
  - apply length_combination; [assumption| |assumption]. intros Z. rewrite Z in Len. destruct X; [congruence|discriminate].
  - apply square_le; [apply norm_nonneg|]. rewrite !norm_square, combination_square by assumption. rewrite features_image.
    apply Rle_trans with (1 := positive_square (image X u)). apply bessel. assumption.
  - apply image_combination; assumption.
Qed.

(** Rows that are non-negative multiples of one vector. *)
Theorem rank_one_spike_free : forall d a cs, length a = d -> Forall (fun c => 0 <= c) cs ->
  spike_free d (map (fun c => vscale c a) cs).
Proof.
  intros d a cs L C u LU. destruct (Req_dec (norm a) 0) as [Z|N].
  - exists (vscale 0 u). rewrite length_scale. split; [assumption|]. split.
    + rewrite norm_scale by lra. pose proof (norm_nonneg u). lra.
    + unfold image, features. rewrite !map_map. apply map_ext. intros c. rewrite !dot_scale_l, dot_scale_r, (dot_comm a u).
      rewrite (norm_zero_dot a u Z). replace (c * 0) with 0 by ring. rewrite relu_pos by lra. ring.
  - pose proof (norm_nonneg a). assert (P : 0 < / (norm a * norm a)) by (apply Rinv_0_lt_compat; nra).
    pose proof (relu_nonneg (dot a u)) as U. set (t := relu (dot a u) * / (norm a * norm a)).
    exists (vscale t a). rewrite length_scale. split; [assumption|]. split.
    + assert (T : 0 <= t) by (unfold t; nra). rewrite norm_scale by assumption.
      assert (B : relu (dot a u) <= norm a * norm u).
      { pose proof (cauchy_schwarz a u). pose proof (norm_nonneg u).
      destruct (relu_cases (dot a u)) as [[_ E]|[_ E]]; rewrite E; [assumption|nra]. }
      apply Rmult_le_reg_l with (norm a); [lra|].
      replace (norm a * (t * norm a)) with (relu (dot a u)) by (unfold t; field; assumption).
      assumption.
    + unfold image, features. rewrite !map_map. apply map_ext_in. intros c Hc. rewrite Forall_forall in C. specialize (C c Hc).
      rewrite !dot_scale_l, dot_scale_r, relu_scale, <- norm_square by assumption. unfold t. field. assumption.
Qed.

(** The rows [1] and [-1] are not spike-free. *)
Theorem opposite_rows_not_spike_free : ~ spike_free 1 [[1]; [-1]].
Proof.
  intros H. destruct (H [1] eq_refl) as (z & _ & _ & E). unfold image, features in E. simpl in E.
  destruct z as [|t z]; simpl in E; injection E as E1 E2.
  - rewrite relu_pos in E1 by lra. lra.
  - rewrite relu_pos in E1 by lra. rewrite relu_neg in E2 by lra. lra.
Qed.
