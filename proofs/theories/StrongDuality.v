(** * Strong duality, from an optimum

    In words: the residual of an optimal network is dual feasible and has exactly the value of the network. So a network is
    optimal, against every width, if and only if its residual is dual feasible and all its neurons are balanced and tight (the
    KKT test), and the assumption "attained" of [OptimalSet.v] holds whenever there is an optimum. Sources: Mishkin and Pilanci
    2023 (KKT conditions), Wang, Lacotte and Pilanci 2022 (the test of global optimality). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness OptimalSet Convexity Program.
Import ListNotations.
Open Scope R_scope.

(** ** Quadratic functions with a minimum at zero *)

Lemma one_sided_minimum : forall g q, 0 <= q -> (forall t, 0 <= t <= 1 -> 0 <= t * g + t * t * q) -> 0 <= g.
Proof.
  intros g q Q H. destruct (Rle_or_lt 0 g) as [G|G]; [assumption|]. exfalso.
  set (t := - g / (1 - g + q)). assert (D : 0 < 1 - g + q) by lra.
  assert (E : t * (1 - g + q) = - g) by (unfold t; field; lra).
  assert (T : 0 < t) by (unfold t; apply Rdiv_lt_0_compat; lra).
  assert (T1 : t <= 1) by nra. specialize (H t ltac:(lra)).
  assert (0 <= g + t * q) by (apply Rmult_le_reg_l with t; [assumption|]; lra). nra.
Qed.

Lemma two_sided_minimum : forall g q, 0 <= q -> (forall t, -1 <= t <= 1 -> 0 <= t * g + t * t * q) -> g = 0.
Proof.
  intros g q Q H. apply Rle_antisym.
  - assert (0 <= - g); [|lra]. apply (one_sided_minimum (- g) q Q). intros t T. specialize (H (- t) ltac:(lra)). lra.
  - apply (one_sided_minimum g q Q). intros t T. apply H. lra.
Qed.

(** ** Variations of a network *)

(** All amounts multiplied by [t]. *)
Lemma objective_scaled : forall P net t, 0 <= t ->
  objective P (rescale (vscale t (ones net)) net) =
  objective P net + (t - 1) * (penalty P / 2 * squared_weights net - dot (residual P net) (fit (inputs P) net))
  + (t - 1) * (t - 1) * (/ 2 * dot (fit (inputs P) net) (fit (inputs P) net)).
Proof.
  intros P net t T.
  assert (N : nonnegative (vscale t (ones net))) by (apply nonnegative_scale, nonnegative_ones; assumption).
  assert (F : fit (inputs P) (rescale (vscale t (ones net)) net) = vscale t (fit (inputs P) net)).
  { unfold fit, vscale at 2. rewrite map_map. apply map_ext. intros x. rewrite output_rescale, dot_scale_l by assumption.
    unfold contributions. rewrite dot_ones. reflexivity. }
  unfold objective, residual. rewrite F, squared_weights_rescale, dot_scale_l by assumption.
  unfold weights. rewrite dot_ones. fold (squared_weights net).
  rewrite !dot_sub_self, dot_sub_l, !dot_scale_l, dot_scale_r, (dot_comm (targets P) (fit _ _)). field.
Qed.

(** One more neuron, in the direction [u] with the sign of [c] and the amount [t]. *)
Lemma objective_extended : forall P net c u t, 0 <= t ->
  objective P (rescale_neuron t (neuron_of_block (Block c u)) :: net) =
  objective P net + t * (penalty P * norm u - sign c * dot (residual P net) (features (inputs P) u))
  + t * t * (/ 2 * dot (features (inputs P) u) (features (inputs P) u)).
Proof.
  intros P net c u t T. set (k := neuron_of_block (Block c u)).
  assert (F : fit (inputs P) (rescale_neuron t k :: net) =
              vadd (vscale (t * sign c) (features (inputs P) u)) (fit (inputs P) net)).
  { unfold k. induction (inputs P) as [|x X IH]; [reflexivity|]. simpl. f_equal; [|exact IH].
    rewrite output_cons, (rescale_contribution t), neuron_of_block_contribution by assumption. simpl. ring. }
  assert (S : squared_weights (rescale_neuron t k :: net) = 2 * t * norm u + squared_weights net).
  { unfold squared_weights. simpl map. simpl total. f_equal.
    pose proof (rescale_weight t k T) as E. unfold k in *. rewrite neuron_of_block_weight in E. simpl in *. rewrite E. ring. }
  unfold objective, residual. rewrite F, S. rewrite !dot_sub_self, dot_sub_l, !dot_add_l, !dot_add_r, !dot_scale_l, !dot_scale_r.
  rewrite (dot_comm (targets P) (features _ _)), (dot_comm (fit (inputs P) net) (features _ _)).
  replace (t * sign c * (t * sign c * dot (features (inputs P) u) (features (inputs P) u)))
    with (sign c * sign c * (t * t * dot (features (inputs P) u) (features (inputs P) u))) by ring.
  rewrite sign_square. field.
Qed.

(** ** The theorems *)

Lemma length_neuron_of_block : forall c u t, length (hidden (rescale_neuron t (neuron_of_block (Block c u)))) = length u.
Proof. intros. simpl. rewrite !length_scale. reflexivity. Qed.

(** The residual of an optimal network is dual feasible and has the value of the network. *)
Theorem optimal_residual_dual : forall d P net, well_formed d P -> optimal d P net ->
  dual_point d P (residual P net) /\ objective P net = dual_value P (residual P net).
Proof.
  intros d P net W [A O]. set (f := fit (inputs P) net). split; [split; [apply (length_residual d); assumption|]|].
  - intros u L.
    assert (B : forall c, sign c * dot (residual P net) (features (inputs P) u) <= penalty P * norm u).
    { intros c. pose proof (dot_self_nonneg (features (inputs P) u)).
      assert (0 <= penalty P * norm u - sign c * dot (residual P net) (features (inputs P) u)); [|lra].
      apply (one_sided_minimum _ (/ 2 * dot (features (inputs P) u) (features (inputs P) u))); [lra|]. intros t T.
      assert (A' : accepts d (rescale_neuron t (neuron_of_block (Block c u)) :: net)).
      { constructor; [rewrite length_neuron_of_block|]; assumption. }
      specialize (O _ A'). rewrite objective_extended in O by lra. lra. }
    pose proof (B (Column [] true)) as B1. pose proof (B (Column [] false)) as B2. unfold sign in B1, B2. simpl in B1, B2.
    apply Rabs_le. lra.
  - assert (G : penalty P / 2 * squared_weights net - dot (residual P net) f = 0).
    { pose proof (dot_self_nonneg f). apply (two_sided_minimum _ (/ 2 * dot f f)); [lra|]. intros t T.
      specialize (O _ (accepts_rescale d (vscale (1 + t) (ones net)) net A)). rewrite objective_scaled in O by lra. fold f in O.
      replace (1 + t - 1) with t in O by ring. lra. }
    unfold residual in G. rewrite dot_sub_l in G. fold f in G. unfold objective, dual_value, residual. fold f. cbv zeta.
    rewrite !dot_sub_self, dot_sub_r, (dot_comm f (targets P)). lra.
Qed.

(** An optimum attains the dual value: the assumption of [OptimalSet.v]. *)
Corollary optimal_attained : forall d P net, well_formed d P -> optimal d P net -> attained d P (residual P net).
Proof. intros d P net W O. exists net. split; [apply O|apply (optimal_residual_dual d P net W O)]. Qed.

(** The test of global optimality against every width. *)
Theorem optimal_iff_kkt : forall d P net, well_formed d P -> accepts d net ->
  (optimal d P net <->
   dual_point d P (residual P net) /\ Forall balanced net /\ Forall (tight P (residual P net)) net).
Proof.
  intros d P net W A. split.
  - intros O. destruct (optimal_residual_dual d P net W O) as [F E]. split; [assumption|].
    apply (complementary_slackness d P _ net W F A E).
  - intros (F & B & T). split; [assumption|]. intros other Ho.
    rewrite (slackness_sufficient P (residual P net) net eq_refl B T). apply (dual_value_le d); assumption.
Qed.

(** All optima from one: with [theta] the residual of one optimum, a network is optimal exactly when it has the same residual
    and each neuron is null or a positive amount of an optimal direction. *)
Theorem optimal_networks_from_one : forall d P net0, well_formed d P -> optimal d P net0 ->
  forall net, optimal d P net <->
  accepts d net /\ residual P net = residual P net0 /\ Forall (amount_of_optimal d P (residual P net0)) net.
Proof.
  intros d P net0 W O net. apply optimal_networks; [assumption| |apply optimal_attained; assumption].
  apply (optimal_residual_dual d P net0 W O).
Qed.
