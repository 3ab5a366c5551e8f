(** * Minimal networks and the width that is enough

    In words: an optimal network is minimal in its support (no optimal network uses a part of its neurons only, with whatever
    amounts) exactly when the contributions of its neurons are independent; if an optimum exists, a minimal one with at most [n]
    neurons exists; and every network, optimal or not, can be replaced by one of at most [n] neurons that is no worse, so width
    [n] loses nothing against any width. Minimal does not mean fewest. Sources: Mishkin and Pilanci 2023 (Proposition 3.6),
    Wang, Lacotte and Pilanci 2022 ([m* <= n]). *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics PaperBasics Convexity Kernel Pruning.
Import ListNotations.
Open Scope R_scope.

(** Optimal, and no longer optimal for any amounts of which one is zero. *)
Definition support_minimal (d : nat) (P : problem) (net : network) : Prop :=
  optimal d P net /\
  forall ts, length ts = length net -> nonnegative ts -> In 0 ts -> ~ optimal d P (rescale ts net).

Lemma all_zero_difference : forall u v, length u = length v -> all_zero (vsub u v) -> u = v.
Proof.
  induction u as [|a u IH]; intros [|c v] L H; simpl in *; try discriminate; [reflexivity|]. inversion H; subst.
  f_equal; [lra|]. apply IH; [congruence|assumption].
Qed.

(** Minimal in the support exactly when the contributions are independent. *)
Theorem minimal_iff_independent : forall d P net, well_formed d P -> optimal d P net ->
  (support_minimal d P net <-> independent (inputs P) net).
Proof.
  intros d P net W O. split.
  - intros [_ M]. destruct (dependent_or_independent (inputs P) net) as [(beta & D)|[I _]]; [exfalso|assumption].
    destruct (greatest_exists beta) as (b & G); [apply D|].
    destruct (signed_step_optimal d P net beta b W O D G) as (N & Z & _ & _ & O').
    apply (M (signed_step beta b)); auto.
    + unfold signed_step. rewrite map_length. apply D.
    + split; [apply accepts_rescale, O|]. intros other Ho.
      destruct (pruned_same P (signed_step beta b) net) as [_ E]. rewrite <- E. apply O'. assumption.
  - intros I. split; [assumption|]. intros ts L N Z O'.
    destruct (optimal_fit_unique d P _ _ W O' O) as [F _].
    assert (D : all_zero (vsub ts (ones net))).
    { apply I; [rewrite length_sub; [assumption|unfold ones; rewrite map_length; assumption]|]. apply Forall_forall. intros x Hx.
      pose proof (ext_in_map F x Hx) as E. rewrite output_rescale in E by assumption.
      rewrite dot_sub_l, E. unfold contributions. rewrite dot_ones. unfold output. ring. }
    apply all_zero_difference in D; [|unfold ones; rewrite map_length; assumption].
    rewrite D in Z. unfold ones in Z. apply in_map_iff in Z. destruct Z as (k & Z & _). lra.
Qed.

(** If there is an optimal network, there is a minimal one, of at most [n] neurons, made of positive multiples of its neurons. *)
Theorem support_minimal_exists : forall d P net, well_formed d P -> optimal d P net ->
  exists net', support_minimal d P net' /\ (length net' <= length (inputs P))%nat /\
               forall k', In k' net' -> exists t k, 0 < t /\ In k net /\ k' = rescale_neuron t k.
Proof.
  intros d P net W O. destruct (optimal_independent_exists d P net W O) as (net' & O' & I & L & _ & S).
  exists net'. repeat split; try apply O'; auto. apply (minimal_iff_independent d P net' W O'). assumption.
Qed.

(** ** Width [n] is enough, also without an optimum *)

Lemma greatest_positive : forall beta, Exists (fun b => 0 < b) beta ->
  exists m, In m beta /\ 0 < m /\ Forall (fun b => b <= m) beta.
Proof.
  induction beta as [|b beta IH]; intros H; [inversion H|].
  assert (C : Forall (fun c => c <= 0) beta \/ Exists (fun c => 0 < c) beta).
  { clear. induction beta as [|c beta IH]; [left; constructor|]. destruct (Rle_or_lt c 0); [|right; left; assumption].
    destruct IH; [left; constructor; assumption|right; right; assumption]. }
  destruct C as [C|C].
  - assert (B : 0 < b).
    { inversion H; subst; [assumption|]. exfalso.
      match goal with E : Exists _ beta |- _ => apply Exists_exists in E; destruct E as (c & I & E) end.
      rewrite Forall_forall in C. specialize (C c I). lra. }
    exists b. repeat split; [left; reflexivity|assumption|]. constructor; [lra|]. eapply Forall_impl; [|exact C]. intros.
    simpl in *. lra.
  - destruct (IH C) as (m & I & Z & F). destruct (Rle_or_lt b m) as [D|D].
    + exists m. repeat split; [right; assumption|assumption|constructor; assumption].
    + exists b. repeat split; [left; reflexivity|lra|]. constructor; [lra|]. eapply Forall_impl; [|exact F]. intros. simpl in *.
      lra.
Qed.

(** A non-zero vector has a positive entry, or the opposite vector has; the products with non-negative weights decide the sign. *)
Lemma choose_direction : forall beta (w : vector), nonzero beta -> nonnegative w -> length beta = length w ->
  exists s, (s = 1 \/ s = -1) /\ Exists (fun b => 0 < b) (vscale s beta) /\ 0 <= dot (vscale s beta) w.
Proof.
  intros beta w N W L.
  assert (C : forall u : vector, length u = length w -> Exists (fun b => 0 < b) u \/ dot u w <= 0).
  { intros u. revert w W L. clear. intros w W _. revert u.
    induction W as [|c w Hc _ IH]; intros [|a u] L; simpl in *; try discriminate.
    - right. lra.
    - destruct (Rle_or_lt a 0); [|left; left; assumption]. destruct (IH u) as [E|E]; [congruence|left; right; assumption|].
      right. nra. }
  assert (S : forall v : vector, nonzero v -> Exists (fun b => 0 < b) v \/ Exists (fun b => 0 < b) (vscale (-1) v)).
  { clear. intros v H. induction H as [a v E|a v _ [IH|IH]]; [|left; right; assumption|right; right; assumption].
    destruct (Rlt_or_le 0 a); [left; left; assumption|right; left; lra]. }
  assert (O : vscale 1 beta = beta) by (unfold vscale; rewrite <- (map_id beta) at 2; apply map_ext; intros; ring).
  assert (D : dot (vscale (-1) beta) w = - dot beta w) by (rewrite dot_scale_l; ring).
  destruct (Rle_or_lt 0 (dot beta w)) as [G|G].
  - destruct (C beta L) as [E|E].
    + exists 1. rewrite O. repeat split; auto.
    + destruct (S beta N) as [E'|E']; [exists 1; rewrite O; repeat split; auto|exists (-1); repeat split; auto; lra].
  - exists (-1). repeat split; auto; [|lra].
    destruct (C (vscale (-1) beta)) as [E|E]; [rewrite length_scale; assumption|assumption|lra].
Qed.

Lemma nonnegative_weights : forall net, nonnegative (weights net).
Proof.
  intros. apply Forall_map, Forall_forall. intros k _. pose proof (dot_self_nonneg (hidden k)). nra.
Qed.

(** Every network can be replaced by one of at most [n] neurons, with the same fit, that is no worse. *)
Theorem width_n_is_enough : forall d P net, well_formed d P -> accepts d net ->
  exists net', accepts d net' /\ (length net' <= length (inputs P))%nat /\
               fit (inputs P) net' = fit (inputs P) net /\ objective P net' <= objective P net.
Proof.
  intros d P net W. assert (B : 0 < penalty P) by apply W. remember (length net) as m eqn:M. revert net M.
  induction m as [m IH] using lt_wf_ind. intros net M A.
  destruct (dependent_or_independent (inputs P) net) as [(beta & L & N & D)|(_ & L)].
  - destruct (choose_direction beta (weights net) N (nonnegative_weights net)) as (s & Hs & E & C).
    { unfold weights. rewrite map_length. assumption. }
    set (gamma := vscale s beta) in *.
    assert (D' : dependence (inputs P) net gamma).
    { repeat split.
      - unfold gamma. rewrite length_scale. assumption.
      - eapply Exists_impl; [|exact E]. intros. simpl in *. lra.
      - eapply Forall_impl; [|exact D]. intros x Hx. simpl in Hx. unfold gamma. rewrite dot_scale_l, Hx. ring. }
    destruct (greatest_positive gamma E) as (b & I & Hb & F).
    assert (Hi : 0 < / b) by (apply Rinv_0_lt_compat; assumption).
    set (ts := map (fun c => 1 - / b * c) gamma).
    assert (Nt : nonnegative ts).
    { apply Forall_map. eapply Forall_impl; [|exact F]. intros c Hc. simpl in *.
      assert (/ b * c <= / b * b) by (apply Rmult_le_compat_l; lra). rewrite Rinv_l in *; lra. }
    assert (Z : In 0 ts) by (apply in_map_iff; exists b; split; [field; lra|assumption]).
    destruct (step_spec P net gamma (/ b) D' Nt) as [SF SV]. fold ts in SF, SV.
    destruct (pruned_same P ts net) as [PF PV].
    assert (S : (length (pruned ts net) < length net)%nat).
    { apply pruned_shorter; [|assumption]. unfold ts. rewrite map_length. apply D'. }
    destruct (IH _ ltac:(rewrite M; exact S) _ eq_refl (accepts_pruned d ts net A)) as (net' & A1 & A2 & A3 & A4).
    exists net'. repeat split; auto; [congruence|].
    assert (0 <= / b * (penalty P / 2 * dot gamma (weights net))).
    { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; lra. }
    lra.
  - exists net. repeat split; auto. lra.
Qed.
