(** * The running example: minimal is not fewest, and the step must be signed

    In words: for X = [[2,0,0,0],[-1,1,1,1]], y = (1,1), penalty 1 (the rational form of the example of Kim and Pilanci) three
    unit directions A, B, C are optimal; amounts (a,b,c) are optimal exactly when a + 2b = a + 2c = 1/2. The network of A alone
    and the network of B and C are both support-minimal, so a support-minimal network need not have the fewest neurons. The
    pruning step with the factor 1 - beta / |beta_max|, without the sign, removes nothing here. Source: Kim, Mishkin and Pilanci
    2025 (the example); Mishkin and Pilanci 2023 (Algorithm 1). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness OptimalSet StrongDuality Kernel Pruning Minimal.
Import ListNotations.
Open Scope R_scope.

Definition toy : problem := Problem [[2; 0; 0; 0]; [-1; 1; 1; 1]] [1; 1] 1.
Definition direction_A : neuron := Neuron [/ 2; / 2; / 2; / 2] 1.
Definition direction_B : neuron := Neuron [1; 0; 0; 0] 1.
Definition direction_C : neuron := Neuron [- / 2; / 2; / 2; / 2] 1.
Definition directions : network := [direction_A; direction_B; direction_C].
Definition toy_theta : vector := [/ 2; / 2].

Lemma norm_one : forall u, dot u u = 1 -> norm u = 1.
Proof. intros u H. unfold norm. rewrite H. apply sqrt_1. Qed.

Lemma toy_well_formed : well_formed 4 toy.
Proof. repeat split; simpl; repeat constructor; lra. Qed.

(** [theta = (1/2, 1/2)] is dual feasible. *)
Lemma toy_dual_point : dual_point 4 toy toy_theta.
Proof.
  split; [reflexivity|]. intros u L. destruct u as [|p [|q [|r [|s [|? ?]]]]]; try discriminate. clear L.
  pose proof (cauchy_schwarz [/ 2; / 2; / 2; / 2] [p; q; r; s]) as CA.
  pose proof (cauchy_schwarz [1; 0; 0; 0] [p; q; r; s]) as CB.
  pose proof (cauchy_schwarz [- / 2; / 2; / 2; / 2] [p; q; r; s]) as CC. pose proof (norm_nonneg [p; q; r; s]) as N.
  assert (NA : norm [/ 2; / 2; / 2; / 2] = 1) by (apply norm_one; simpl; lra).
  assert (NB : norm [1; 0; 0; 0] = 1) by (apply norm_one; simpl; lra).
  assert (NC : norm [- / 2; / 2; / 2; / 2] = 1) by (apply norm_one; simpl; lra).
  rewrite NA in CA. rewrite NB in CB. rewrite NC in CC. set (n := norm _) in *. unfold features. simpl in *.
  destruct (relu_cases (2 * p + (0 * q + (0 * r + (0 * s + 0))))) as [[H1 E1]|[H1 E1]];
    destruct (relu_cases (-1 * p + (1 * q + (1 * r + (1 * s + 0))))) as [[H2 E2]|[H2 E2]]; rewrite E1, E2; apply Rabs_le; lra.
Qed.

(** The three directions are optimal. *)
Lemma toy_directions : Forall (optimal_neuron 4 toy toy_theta) directions.
Proof.
  repeat constructor; unfold optimal_neuron, optimal_direction; simpl; try lra;
    try (apply norm_one; simpl; lra); unfold features; simpl.
  - rewrite !relu_pos by lra. lra.
  - rewrite relu_pos, relu_neg by lra. lra.
  - rewrite relu_neg, relu_pos by lra. lra.
Qed.

Lemma toy_fit : forall a b c, nonnegative [a; b; c] ->
  fit (inputs toy) (rescale [a; b; c] directions) = [a + 2 * b; a + 2 * c].
Proof.
  intros a b c N. set (net := rescale [a; b; c] directions).
  change (fit (inputs toy) net) with [output net [2; 0; 0; 0]; output net [-1; 1; 1; 1]]. unfold net.
  rewrite !output_rescale by assumption. unfold contributions. simpl.
  rewrite (relu_pos (2 * / 2 + _)), (relu_pos (-1 * / 2 + _)), (relu_pos (2 * 1 + _)), (relu_neg (-1 * 1 + _)),
    (relu_neg (2 * - / 2 + _)),
    (relu_pos (-1 * - / 2 + _)) by lra.
  f_equal; [lra|]. f_equal. lra.
Qed.

Lemma toy_residual : forall a b c, nonnegative [a; b; c] ->
  (residual toy (rescale [a; b; c] directions) = toy_theta <-> a + 2 * b = / 2 /\ a + 2 * c = / 2).
Proof.
  intros a b c N. unfold residual. rewrite toy_fit by assumption. unfold toy_theta. simpl. split.
  - intros H. injection H. intros. lra.
  - intros [H1 H2]. rewrite H1, H2. f_equal; [lra|]. f_equal. lra.
Qed.

Lemma null_rescaled : forall k, null_neuron (rescale_neuron 0 k).
Proof. intros [w a]. unfold null_neuron, rescale_neuron. cbn [hidden outer]. rewrite sqrt_0, norm_scale by lra. split; ring. Qed.

(** The optimal amounts of the three directions: a segment. *)
Theorem toy_optimal_amounts : forall a b c, nonnegative [a; b; c] ->
  (optimal 4 toy (rescale [a; b; c] directions) <-> a + 2 * b = / 2 /\ a + 2 * c = / 2).
Proof.
  intros a b c N. rewrite <- toy_residual by assumption.
  apply (optimal_amounts 4 toy toy_theta directions [a; b; c] toy_well_formed toy_dual_point); [|apply toy_directions|assumption].
  assert (N0 : nonnegative [/ 2; 0; 0]) by (repeat constructor; lra).
  exists (rescale [/ 2; 0; 0] directions). split; [repeat constructor|].
  apply (attains_dual_value 4 toy toy_theta _ toy_well_formed toy_dual_point); [repeat constructor|].
  split; [apply toy_residual; [assumption|lra]|].
  pose proof toy_directions as D. inversion D as [|? ? DA D']; subst. inversion D' as [|? ? DB D'']; subst.
  inversion D'' as [|? ? DC _]; subst.
  constructor; [|constructor; [|constructor; [|constructor]]].
  - right. exists (/ 2), direction_A. split; [lra|]. split; [assumption|reflexivity].
  - left. apply null_rescaled.
  - left. apply null_rescaled.
Qed.

(** The one neuron A, and the two neurons B and C. *)
Definition network_A : network := pruned [/ 2; 0; 0] directions.
Definition network_BC : network := pruned [0; / 4; / 4] directions.

Lemma toy_pruned_optimal : forall a b c, nonnegative [a; b; c] -> a + 2 * b = / 2 -> a + 2 * c = / 2 ->
  optimal 4 toy (pruned [a; b; c] directions).
Proof.
  intros a b c N H1 H2. destruct (proj2 (toy_optimal_amounts a b c N) (conj H1 H2)) as [_ O]. split.
  - apply accepts_pruned. repeat constructor.
  - intros other Ho. rewrite (proj2 (pruned_same toy [a; b; c] directions)). apply O. assumption.
Qed.

Lemma network_A_is : network_A = [rescale_neuron (/ 2) direction_A].
Proof. unfold network_A. simpl. repeat (destruct Req_EM_T; try lra). reflexivity. Qed.

Lemma network_BC_is : network_BC = [rescale_neuron (/ 4) direction_B; rescale_neuron (/ 4) direction_C].
Proof. unfold network_BC. simpl. repeat (destruct Req_EM_T; try lra). reflexivity. Qed.

Lemma contributions_cons : forall t k net x, 0 <= t ->
  contributions (rescale_neuron t k :: net) x = t * (outer k * relu (dot x (hidden k))) :: contributions net x.
Proof. intros t k net x T. unfold contributions. simpl map. f_equal. apply (rescale_contribution t k x T). Qed.

(** Both are support-minimal; they have one and two neurons. *)
Theorem toy_minimal_not_fewest :
  support_minimal 4 toy network_A /\ length network_A = 1%nat /\
  support_minimal 4 toy network_BC /\ length network_BC = 2%nat.
Proof.
  assert (OA : optimal 4 toy network_A) by (apply toy_pruned_optimal; [repeat constructor|..]; lra).
  assert (OBC : optimal 4 toy network_BC) by (apply toy_pruned_optimal; [repeat constructor|..]; lra).
  split; [|split; [rewrite network_A_is; reflexivity|split; [|rewrite network_BC_is; reflexivity]]].
  - apply (minimal_iff_independent 4 toy _ toy_well_formed OA). rewrite network_A_is. intros beta L H.
    destruct beta as [|p [|? ?]]; try discriminate. inversion H as [|x X H1 _]; subst.
    rewrite contributions_cons in H1 by lra. simpl in H1. rewrite relu_pos in H1 by lra. repeat constructor. lra.
  - apply (minimal_iff_independent 4 toy _ toy_well_formed OBC). rewrite network_BC_is. intros beta L H.
    destruct beta as [|p [|q [|? ?]]]; try discriminate. inversion H as [|x X H1 H']; subst. inversion H' as [|x X H2 _]; subst.
    rewrite !contributions_cons in H1, H2 by lra. simpl in H1, H2.
    rewrite (relu_pos (2 * 1 + _)), (relu_neg (2 * - / 2 + _)) in H1 by lra.
    rewrite (relu_neg (-1 * 1 + _)), (relu_pos (-1 * - / 2 + _)) in H2 by lra. repeat constructor; lra.
Qed.

(** From equal amounts 1/6 and the dependence (-2, 1, 1) the unsigned factors remove nothing; the signed factors remove A. *)
Definition equal_amounts : network := rescale [/ 6; / 6; / 6] directions.

Theorem toy_unsigned_step :
  optimal 4 toy equal_amounts /\ dependence (inputs toy) equal_amounts [-2; 1; 1] /\ greatest [-2; 1; 1] (-2) /\
  ~ In 0 (map (fun b => 1 - b / Rabs (-2)) [-2; 1; 1]) /\ signed_step [-2; 1; 1] (-2) = [0; 3 / 2; 3 / 2].
Proof.
  assert (N : nonnegative [/ 6; / 6; / 6]) by (repeat constructor; lra).
  assert (A2 : Rabs (-2) = 2) by (rewrite Rabs_left; lra). assert (A1 : Rabs 1 = 1) by apply Rabs_R1.
  split; [apply toy_optimal_amounts; [assumption|lra]|]. split; [|split; [|split]].
  - split; [reflexivity|]. split; [left; lra|]. unfold equal_amounts. simpl inputs. simpl rescale.
    repeat constructor; rewrite !contributions_cons by lra; simpl.
    + rewrite (relu_pos (2 * / 2 + _)), (relu_pos (2 * 1 + _)), (relu_neg (2 * - / 2 + _)) by lra. lra.
    + rewrite (relu_pos (-1 * / 2 + _)), (relu_neg (-1 * 1 + _)), (relu_pos (-1 * - / 2 + _)) by lra. lra.
  - split; [left; reflexivity|]. split; [lra|]. repeat constructor; rewrite ?A2, ?A1; lra.
  - rewrite A2. simpl. intros [H|[H|[H|[]]]]; lra.
  - unfold signed_step. simpl. f_equal; [lra|]. f_equal; [lra|]. f_equal. lra.
Qed.
