(** * Continuous functions of vectors

    In words: sums, multiples, inner products, norms and the gated maps are continuous at every point. Used by [Existence.v]. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics Program BoxMinimum.
Import ListNotations.
Open Scope R_scope.

(** Continuity at every point of a map from vectors to vectors. *)
Definition continuous_map (T : vector -> vector) : Prop :=
  forall v eps, 0 < eps -> exists delta, 0 < delta /\ forall u, in_box v delta u -> in_box (T v) eps (T u).

Lemma continuous_constant : forall c, continuous (fun _ => c).
Proof. intros c v eps E. exists 1. split; [lra|]. intros u _. replace (c - c) with 0 by ring. rewrite Rabs_R0. lra. Qed.

Lemma continuous_plus : forall f g, continuous f -> continuous g -> continuous (fun v => f v + g v).
Proof.
  intros f g F G v eps E. destruct (F v (eps / 2)) as (d1 & D1 & H1); [lra|]. destruct (G v (eps / 2)) as (d2 & D2 & H2); [lra|].
  exists (Rmin d1 d2). split; [apply Rmin_glb_lt; assumption|]. intros u I.
  specialize (H1 u (in_box_weaken _ _ _ _ (Rmin_l _ _) I)). specialize (H2 u (in_box_weaken _ _ _ _ (Rmin_r _ _) I)).
  rewrite Rabs_le_iff in *. lra.
Qed.

Lemma continuous_scale : forall c f, continuous f -> continuous (fun v => c * f v).
Proof.
  intros c f F v eps E. pose proof (Rabs_pos c). assert (0 < Rabs c + 1) by lra.
  destruct (F v (eps / (Rabs c + 1))) as (d & D & H'); [apply Rdiv_lt_0_compat; lra|]. exists d. split; [assumption|]. intros u I.
  specialize (H' u I). replace (c * f u - c * f v) with (c * (f u - f v)) by ring. rewrite Rabs_mult.
  apply Rle_trans with ((Rabs c + 1) * (eps / (Rabs c + 1))); [|right; field; lra].
  apply Rmult_le_compat; try apply Rabs_pos; lra.
Qed.

Lemma continuous_sqrt : forall f, continuous f -> (forall v, 0 <= f v) -> continuous (fun v => sqrt (f v)).
Proof.
  intros f F N. assert (S : forall a b eps, 0 <= a -> 0 <= b -> 0 < eps -> a <= b + eps * eps -> sqrt a <= sqrt b + eps).
  { intros a b eps A B E H. pose proof (sqrt_pos a). pose proof (sqrt_pos b). apply square_le; [lra|].
    rewrite sqrt_sqrt by assumption. pose proof (sqrt_sqrt b B). nra. }
  intros v eps E. destruct (F v (eps * eps)) as (d & D & H); [nra|]. exists d. split; [assumption|]. intros u I.
  specialize (H u I).
  rewrite Rabs_le_iff in *. pose proof (S (f u) (f v) eps (N u) (N v) E ltac:(lra)).
  pose proof (S (f v) (f u) eps (N v) (N u) E ltac:(lra)). lra.
Qed.

Lemma continuous_compose : forall f T, continuous f -> continuous_map T -> continuous (fun v => f (T v)).
Proof.
  intros f T F C v eps E. destruct (F (T v) eps E) as (d & D & H). destruct (C v d D) as (d' & D' & H'). exists d'. auto.
Qed.

Lemma continuous_map_compose : forall S T, continuous_map S -> continuous_map T -> continuous_map (fun v => S (T v)).
Proof.
  intros S T F C v eps E. destruct (F (T v) eps E) as (d & D & H). destruct (C v d D) as (d' & D' & H'). exists d'. auto.
Qed.

Lemma continuous_dot : forall x, continuous (fun v => dot x v).
Proof.
  intros x. assert (K : forall v r u, 0 <= r -> in_box v r u -> Rabs (dot x u - dot x v) <= r * total (map Rabs x)).
  { induction x as [|a x IH]; intros v r u R I; simpl; [rewrite Rminus_0_r, Rabs_R0; lra|].
    assert (N : 0 <= total (map Rabs x)) by (apply total_map_nonneg; intros; apply Rabs_pos). pose proof (Rabs_pos a).
    inversion I as [|b c v' u' H' I']; subst; [rewrite Rminus_0_r, Rabs_R0; nra|].
    specialize (IH _ _ _ R I'). replace (a * c + dot x u' - (a * b + dot x v')) with (a * (c - b) + (dot x u' - dot x v'))
      by ring.
    apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_mult. pose proof (Rmult_le_compat_l _ _ _ H H'). lra. }
  intros v eps E. assert (N : 0 <= total (map Rabs x)) by (apply total_map_nonneg; intros; apply Rabs_pos).
  exists (eps / (total (map Rabs x) + 1)). split; [apply Rdiv_lt_0_compat; lra|]. intros u I.
  apply Rle_trans with (eps / (total (map Rabs x) + 1) * total (map Rabs x)); [apply K; [left; apply Rdiv_lt_0_compat;
    lra|assumption]|].
  apply Rle_trans with (eps / (total (map Rabs x) + 1) * (total (map Rabs x) + 1)); [|right; field; lra].
  apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat|]; lra.
Qed.

Lemma continuous_square : continuous (fun v => dot v v).
Proof.
  set (K := fun v : vector => total (map (fun a => 2 * Rabs a + 1) v)).
  assert (KN : forall v, 0 <= K v) by (intros; apply total_map_nonneg; intros a _; pose proof (Rabs_pos a); lra).
  assert (H : forall v r u, 0 <= r <= 1 -> in_box v r u -> Rabs (dot u u - dot v v) <= r * K v).
  { intros v r u R I. induction I as [|a b v u H _ IH]; unfold K; simpl; [rewrite Rminus_0_r, Rabs_R0; lra|]. fold (K v).
    replace (b * b + dot u u - (a * a + dot v v)) with ((b - a) * (b + a) + (dot u u - dot v v)) by ring.
    apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_mult.
    assert (Rabs (b + a) <= 2 * Rabs a + 1).
    { replace (b + a) with (2 * a + (b - a)) by ring. apply Rle_trans with (1 := Rabs_triang _ _).
      rewrite Rabs_mult, (Rabs_pos_eq 2) by lra. lra. }
    pose proof (Rmult_le_compat _ _ _ _ (Rabs_pos (b - a)) (Rabs_pos (b + a)) H H0). lra. }
  intros v eps E. specialize (KN v). exists (Rmin 1 (eps / (K v + 1))).
  assert (Q : 0 < eps / (K v + 1)) by (apply Rdiv_lt_0_compat; lra). split; [apply Rmin_glb_lt; lra|]. intros u I.
  pose proof (Rmin_l 1 (eps / (K v + 1))). pose proof (Rmin_r 1 (eps / (K v + 1))).
  assert (0 < Rmin 1 (eps / (K v + 1))) by (apply Rmin_glb_lt; lra).
  apply Rle_trans with (1 := H v (Rmin 1 (eps / (K v + 1))) u ltac:(lra) I).
  apply Rle_trans with (eps / (K v + 1) * (K v + 1)); [apply Rmult_le_compat; lra|right; field; lra].
Qed.

Lemma continuous_norm : continuous norm.
Proof. apply continuous_sqrt; [apply continuous_square|apply dot_self_nonneg]. Qed.

Lemma continuous_map_firstn : forall n, continuous_map (firstn n).
Proof.
  intros n v eps E. exists eps. split; [assumption|]. intros u I. revert n.
  induction I; intros [|n]; simpl; try constructor; auto; apply IHI.
Qed.

Lemma continuous_map_skipn : forall n, continuous_map (skipn n).
Proof.
  intros n v eps E. exists eps. split; [assumption|]. intros u I. revert n.
  induction I; intros [|n]; simpl; try constructor; auto; apply IHI.
Qed.

Lemma continuous_map_constant : forall c, continuous_map (fun _ => c).
Proof.
  intros c v eps E. exists 1. split; [lra|]. intros _ _. induction c; constructor; auto.
  replace (a - a) with 0 by ring. rewrite Rabs_R0. lra.
Qed.

Lemma in_box_add : forall u v u' v' r, 0 <= r -> in_box u r u' -> in_box v r v' -> in_box (vadd u v) (2 * r) (vadd u' v').
Proof.
  intros u v u' v' r R U. revert v v'. induction U as [|a b u u' H U IH]; intros v v' V.
  - simpl. apply (in_box_weaken v r); [lra|assumption].
  - inversion V as [|c e v0 v0' H' V']; subst; simpl.
    + constructor; [lra|]. apply (in_box_weaken u r); [lra|assumption].
    + constructor; [rewrite Rabs_le_iff in *; lra|apply IH; assumption].
Qed.

Lemma continuous_map_add : forall S T, continuous_map S -> continuous_map T -> continuous_map (fun v => vadd (S v) (T v)).
Proof.
  intros S T F G v eps E. destruct (F v (eps / 2)) as (d1 & D1 & H1); [lra|]. destruct (G v (eps / 2)) as (d2 & D2 & H2); [lra|].
  exists (Rmin d1 d2). split; [apply Rmin_glb_lt; assumption|]. intros u I. replace eps with (2 * (eps / 2)) by field.
  apply in_box_add; [lra|apply H1|apply H2]; eapply in_box_weaken; try exact I; [apply Rmin_l|apply Rmin_r].
Qed.

Lemma continuous_map_cons : forall f T, continuous f -> continuous_map T -> continuous_map (fun v => f v :: T v).
Proof.
  intros f T F G v eps E. destruct (F v eps E) as (d1 & D1 & H1). destruct (G v eps E) as (d2 & D2 & H2).
  exists (Rmin d1 d2). split; [apply Rmin_glb_lt; assumption|]. intros u I.
  constructor; [apply H1|apply H2]; eapply in_box_weaken; try exact I; [apply Rmin_l|apply Rmin_r].
Qed.

Lemma continuous_map_scale : forall c T, continuous_map T -> continuous_map (fun v => vscale c (T v)).
Proof.
  intros c T F v eps E. pose proof (Rabs_pos c).
  destruct (F v (eps / (Rabs c + 1))) as (d & D & H'); [apply Rdiv_lt_0_compat; lra|].
  exists d. split; [assumption|]. intros u I. specialize (H' u I). clear I.
  induction H' as [|a b w w' K _ IH]; simpl; constructor; [|exact IH].
  replace (c * b - c * a) with (c * (b - a)) by ring. rewrite Rabs_mult.
  apply Rle_trans with ((Rabs c + 1) * (eps / (Rabs c + 1))); [|right; field; lra].
  apply Rmult_le_compat; try apply Rabs_pos; lra.
Qed.

Lemma continuous_map_gated : forall X gs, continuous_map (gated X gs).
Proof.
  induction X as [|x X IH]; intros [|g gs]; simpl; try apply continuous_map_constant.
  apply continuous_map_cons; [destruct g; [apply continuous_dot|apply continuous_constant]|apply IH].
Qed.
