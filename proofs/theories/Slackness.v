(** * Complementary slackness

    In words: a network attains the value of a dual feasible point [theta] exactly when its residual is [theta], every neuron is
    balanced and every neuron is tight; so each neuron is either null or a positive amount of a unit direction in which the dual
    constraint holds with equality. Sources: Mishkin and Pilanci 2023 (KKT conditions of the constrained group lasso, Corollary
    4.1), Kim, Mishkin and Pilanci 2025 (optimal polytope). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics.
Import ListNotations.
Open Scope R_scope.

(** A sign and a unit vector for which the dual constraint is tight: [s * theta . (Xu)+ = penalty]. *)
Definition optimal_direction (d : nat) (P : problem) (theta : vector) (s : R) (u : vector) : Prop :=
  (s = 1 \/ s = -1) /\ length u = d /\ norm u = 1 /\ s * dot theta (features (inputs P) u) = penalty P.

(** The neuron is a unit optimal direction: its outer weight is the sign. *)
Definition optimal_neuron (d : nat) (P : problem) (theta : vector) (k : neuron) : Prop :=
  optimal_direction d P theta (outer k) (hidden k).

(** The neuron is null, or a positive amount of an optimal direction. *)
Definition amount_of_optimal (d : nat) (P : problem) (theta : vector) (k : neuron) : Prop :=
  null_neuron k \/ exists c unit, 0 < c /\ optimal_neuron d P theta unit /\ k = rescale_neuron c unit.

Lemma total_zero : forall (A : Type) (f : A -> R) l, (forall x, In x l -> 0 <= f x) -> total (map f l) = 0 ->
  forall x, In x l -> f x = 0.
Proof.
  induction l as [|a l IH]; intros H E x Hx; simpl in *; [contradiction|].
  pose proof (H a (or_introl eq_refl)). pose proof (total_map_nonneg f l (fun z Hz => H z (or_intror Hz))).
  destruct Hx as [Hx|Hx]; [subst; lra|]. apply IH; auto. lra.
Qed.

Lemma length_residual : forall d P net, well_formed d P -> length (residual P net) = length (inputs P).
Proof. intros d P net (_ & L & _). unfold residual. rewrite length_sub; [assumption|]. rewrite length_fit. assumption. Qed.

(** A network that attains the dual value: its residual is [theta], and each neuron is balanced and tight. *)
Theorem complementary_slackness : forall d P theta net,
  well_formed d P -> dual_point d P theta -> accepts d net -> objective P net = dual_value P theta ->
  residual P net = theta /\ Forall balanced net /\ Forall (tight P theta) net.
Proof.
  intros d P theta net W F A E. assert (B : 0 < penalty P) by apply W.
  unfold accepts in A. rewrite Forall_forall in A. pose proof (duality_identity P theta net) as I.
  pose proof (dot_self_nonneg (vsub (residual P net) theta)) as Q.
  assert (N : forall k, In k net -> 0 <= neuron_gap P theta k) by (intros; apply (neuron_gap_nonneg d); auto).
  pose proof (total_map_nonneg _ _ N) as T.
  assert (Z : forall k, In k net -> neuron_gap P theta k = 0) by (apply total_zero; [assumption|lra]).
  assert (S : forall k, In k net -> balanced k /\ tight P theta k).
  { intros k Hk. specialize (Z k Hk). rewrite neuron_gap_split in Z. pose proof (tight_bound d P theta k F (A k Hk)).
    pose proof (Rle_0_sqr (norm (hidden k) - Rabs (outer k))) as S. unfold Rsqr in S.
    assert (0 <= penalty P / 2 * ((norm (hidden k) - Rabs (outer k)) * (norm (hidden k) - Rabs (outer k))))
      by (apply Rmult_le_pos; lra).
    unfold balanced, tight. split; [|lra]. apply Rminus_diag_uniq, Rsqr_0_uniq. unfold Rsqr.
    apply Rmult_eq_reg_l with (penalty P / 2); lra. }
  repeat split.
  - apply vector_equal; [|lra]. rewrite (length_residual d) by assumption. symmetry. apply F.
  - apply Forall_forall. intros k Hk. apply S. assumption.
  - apply Forall_forall. intros k Hk. apply S. assumption.
Qed.

(** The converse; feasibility of [theta] is not needed. *)
Theorem slackness_sufficient : forall P theta net,
  residual P net = theta -> Forall balanced net -> Forall (tight P theta) net -> objective P net = dual_value P theta.
Proof.
  intros P theta net E B T. pose proof (duality_identity P theta net) as I. rewrite E, dot_vsub_same in I.
  rewrite total_map_zero in I; [lra|]. rewrite Forall_forall in B, T. intros k Hk.
  rewrite neuron_gap_split, (T k Hk), (B k Hk). ring.
Qed.

(** A balanced and tight neuron is null or a positive amount of an optimal direction. *)
Lemma balanced_tight_amount : forall d P theta k, length (hidden k) = d -> balanced k -> tight P theta k ->
  amount_of_optimal d P theta k.
Proof.
  intros d P theta [w a] L B T. unfold balanced, tight in *. simpl in *.
  destruct (Req_dec a 0) as [Z|Z].
  - left. split; simpl; [rewrite B, Z; apply Rabs_R0|assumption].
  - right. assert (0 < Rabs a) as H by (apply Rabs_pos_lt; assumption).
    exists (Rabs a * Rabs a), (Neuron (vscale (/ Rabs a) w) (a / Rabs a)).
    assert (0 < / Rabs a) by (apply Rinv_0_lt_compat; assumption).
    split; [nra|]. split.
    + unfold optimal_neuron, optimal_direction. simpl. repeat split.
      * destruct (Rcase_abs a) as [N|N]; [right; rewrite (Rabs_left a) by assumption|left; rewrite Rabs_right by assumption];
          field; assumption.
      * rewrite length_scale. assumption.
      * rewrite norm_scale by lra. rewrite B. field. lra.
      * rewrite features_scale, dot_scale_r by lra.
        replace (a / Rabs a * (/ Rabs a * dot theta (features (inputs P) w)))
          with ((a * dot theta (features (inputs P) w)) * (/ Rabs a * / Rabs a)) by (unfold Rdiv; ring).
        rewrite T, B. field. lra.
    + unfold rescale_neuron. simpl. rewrite sqrt_square by lra. f_equal; [|field; lra].
      unfold vscale. rewrite map_map. symmetry. rewrite <- (map_id w) at 2. apply map_ext. intros. field. lra.
Qed.

(** Every neuron of a network that attains the dual value is null or a positive amount of an optimal direction. *)
Theorem slackness_directions : forall d P theta net,
  well_formed d P -> dual_point d P theta -> accepts d net -> objective P net = dual_value P theta ->
  Forall (amount_of_optimal d P theta) net.
Proof.
  intros d P theta net W F A E. destruct (complementary_slackness d P theta net W F A E) as (_ & B & T).
  unfold accepts in A. rewrite Forall_forall in *. intros k Hk. apply balanced_tight_amount; auto.
Qed.

(** Amounts of optimal directions are balanced and tight. *)
Lemma optimal_neuron_rescaled : forall d P theta c k, 0 <= c -> optimal_neuron d P theta k ->
  balanced (rescale_neuron c k) /\ tight P theta (rescale_neuron c k).
Proof.
  intros d P theta c [u s] C (S & L & N & T). simpl in *.
  assert (A : Rabs s = 1) by (destruct S as [S|S]; rewrite S; [apply Rabs_R1|rewrite Rabs_left; lra]).
  pose proof (sqrt_pos c). unfold balanced, tight. simpl.
  rewrite features_scale, dot_scale_r, norm_scale, Rabs_mult, (Rabs_pos_eq (sqrt c)), N, A by assumption.
  split; [ring|]. rewrite <- T. ring.
Qed.

Lemma null_neuron_tight : forall P theta k, null_neuron k -> balanced k /\ tight P theta k.
Proof. intros P theta k [N O]. unfold balanced, tight. rewrite N, O, Rabs_R0. split; ring. Qed.

Lemma amount_balanced_tight : forall d P theta k, amount_of_optimal d P theta k -> balanced k /\ tight P theta k.
Proof.
  intros d P theta k [H|(c & unit & C & U & ->)]; [apply null_neuron_tight; assumption|].
  apply (optimal_neuron_rescaled d); [lra|assumption].
Qed.

(** The characterisation in one line: the dual value is attained exactly by the right residual and amounts of optimal
    directions. *)
Theorem attains_dual_value : forall d P theta net, well_formed d P -> dual_point d P theta -> accepts d net ->
  (objective P net = dual_value P theta <-> residual P net = theta /\ Forall (amount_of_optimal d P theta) net).
Proof.
  intros d P theta net W F A. split.
  - intros E. split; [apply (complementary_slackness d P theta net W F A E)|apply slackness_directions; assumption].
  - intros [E H]. rewrite Forall_forall in H.
    apply slackness_sufficient; [assumption| |]; apply Forall_forall; intros k Hk; apply (amount_balanced_tight d P theta k);
      auto.
Qed.

(** The amount of every optimum: [penalty * (squared weights) / 2 = theta . fit]; the sum of the amounts is the same for all
    optima. *)
Theorem optimal_weight_identity : forall d P theta net,
  well_formed d P -> dual_point d P theta -> accepts d net -> objective P net = dual_value P theta ->
  penalty P / 2 * squared_weights net = dot theta (fit (inputs P) net).
Proof.
  intros d P theta net W F A E. destruct (complementary_slackness d P theta net W F A E) as (_ & B & T).
  rewrite dot_fit. unfold squared_weights. rewrite <- total_map_scale. apply total_map_ext. intros k Hk.
  rewrite Forall_forall in B, T. rewrite (T k Hk), <- norm_square, <- (Rabs_square (outer k)), (B k Hk). field.
Qed.
