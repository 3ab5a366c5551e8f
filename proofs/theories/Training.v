(** * Weak duality with any loss, row weights, free hidden weights and a linear part

    Notation of [Spec.v]: the samples have the weights [o_i] and the losses [l_i]; [theta] has one entry for each of them. If
    [|theta . (X u)+| <= b |u|] for all [u] (the norm leaves out the free weights), [G_k . theta = 0] for each free weight [k] of
    the linear part, and [c_i] is at least the conjugate of [o_i l_i] at [- theta_i], then every cost is at least
    [- sum c_i - sum (G_k . theta)^2 / (2 r_k)]. The problem of [problem] is the case of squares, and has the same claims. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality.
Import ListNotations.
Open Scope R_scope.

(** ** The first problem as a case of the second *)

Definition squared (y t : R) : R := / 2 * ((t - y) * (t - y)).

Definition training_of (P : problem) : training :=
  Training (map (fun p => Sample (fst p) [] 1 (squared (snd p))) (combine (inputs P) (targets P))) 0 (penalty P) [].

Lemma squared_losses : forall X y net g, length y = length X ->
  total (map (fun s => row_weight s * loss s (prediction net g s)) (map (fun p => Sample (fst p) [] 1 (squared (snd p))) (combine X y)))
  = / 2 * dot (vsub (fit X net) y) (vsub (fit X net) y).
Proof.
  intros X y net g. revert y. induction X as [|x X IH]; intros [|t y] L; try discriminate; simpl; [ring|].
  injection L as L. rewrite (IH y L). unfold prediction, squared. cbn [seen passed]. rewrite dot_nil_l. unfold fit. ring.
Qed.

Theorem cost_of_problem : forall d P net g, well_formed d P -> cost (training_of P) net g = objective P net.
Proof.
  intros d P net g (_ & L & _). unfold cost, objective, training_of. cbn [samples decay ridges].
  rewrite squared_losses by assumption. unfold pulled, squared_weights. cbn [free_weights skipn]. rewrite dot_nil_l. cbv zeta. ring.
Qed.

Theorem well_posed_problem : forall d P, well_formed d P -> well_posed d (training_of P).
Proof.
  intros d P (F & _ & B). split; [|split; [assumption|constructor]]. cbn [samples training_of ridges].
  apply Forall_map, Forall_forall. intros [x y] H. apply in_combine_l in H. cbn [seen passed row_weight fst]. rewrite Forall_forall in F.
  split; [auto|]. split; [reflexivity|lra].
Qed.

Lemma takes_problem : forall d P net, accepts d net <-> takes d (training_of P) net [].
Proof. intros. unfold takes. split; [|tauto]. auto. Qed.

Theorem cost_bound_problem : forall d P q, well_formed d P -> (lower_bound d P q <-> cost_bound d (training_of P) q).
Proof.
  intros d P q W. split.
  - intros H net g [A _]. rewrite (cost_of_problem d) by assumption. auto.
  - intros H net A. rewrite <- (cost_of_problem d P net [] W). apply H. apply takes_problem. assumption.
Qed.

Theorem best_within_problem : forall epsilon d P net, well_formed d P ->
  (optimal_within epsilon d P net <-> best_within epsilon d (training_of P) net []).
Proof.
  intros epsilon d P net W. unfold optimal_within, best_within. rewrite <- takes_problem. apply and_iff_compat_l. split.
  - intros H net' g' [A _]. rewrite !(cost_of_problem d) by assumption. auto.
  - intros H other A. specialize (H other [] (proj1 (takes_problem d P other) A)). rewrite !(cost_of_problem d) in H by assumption. auto.
Qed.

(** ** The dual problem *)

(** A dual point: for each sample [theta_i], and a number that is at least the conjugate of [o_i l_i] at [- theta_i]. *)
Definition duals := list (R * R).
Definition conjugate_at_most (s : sample) (p : R * R) : Prop := forall t, - fst p * t - row_weight s * loss s t <= snd p.

(** [sum theta_i v_i]. *)
Fixpoint mix (theta : vector) (V : list vector) : vector :=
  match theta, V with
  | t :: theta', v :: V' => vadd (vscale t v) (mix theta' V')
  | _, _ => []
  end.

(** The numbers [G_k . theta]. *)
Definition pull (T : training) (theta : vector) : vector := mix theta (map passed (samples T)).

Fixpoint free_vanish (rs a : vector) : Prop :=
  match rs, a with
  | r :: rs', x :: a' => (r = 0 -> x = 0) /\ free_vanish rs' a'
  | _, _ => True
  end.

(** The sum of [a_k^2 / (2 r_k)]. *)
Fixpoint ridge_charge (rs a : vector) : R :=
  match rs, a with
  | r :: rs', x :: a' => (if Req_EM_T r 0 then 0 else x * x / (2 * r)) + ridge_charge rs' a'
  | _, _ => 0
  end.

Definition hidden_feasible (d : nat) (T : training) (theta : vector) : Prop :=
  forall u, length u = d -> Rabs (dot theta (features (map seen (samples T)) u)) <= decay T * norm (skipn (free_weights T) u).

Definition feasible (d : nat) (T : training) (theta : vector) : Prop :=
  hidden_feasible d T theta /\ free_vanish (ridges T) (pull T theta).

Definition dual_cost (T : training) (D : duals) : R :=
  - total (map snd D) - ridge_charge (ridges T) (pull T (map fst D)).

(** ** What each part adds to the difference of cost and dual cost *)

Definition sample_gap (net : network) (g : vector) (s : sample) (p : R * R) : R :=
  row_weight s * loss s (prediction net g s) + fst p * prediction net g s + snd p.

Definition unit_gap (T : training) (theta : vector) (k : neuron) : R :=
  decay T / 2 * (dot (pulled T k) (pulled T k) + outer k * outer k) - outer k * dot theta (features (map seen (samples T)) (hidden k)).

Fixpoint ridge_gap (rs a g : vector) : R :=
  match rs, a, g with
  | r :: rs', x :: a', e :: g' => / 2 * (r * (e * e)) - x * e + (if Req_EM_T r 0 then 0 else x * x / (2 * r)) + ridge_gap rs' a' g'
  | _, _, _ => / 2 * dot rs (map (fun e => e * e) g)
  end.

Fixpoint total2 {A B : Type} (f : A -> B -> R) (l : list A) (m : list B) : R :=
  match l, m with
  | a :: l', b :: m' => f a b + total2 f l' m'
  | _, _ => 0
  end.

Lemma dot_mix : forall theta V g, dot (mix theta V) g = dot theta (map (fun v => dot v g) V).
Proof.
  induction theta as [|t theta IH]; intros [|v V] g; try reflexivity. simpl. rewrite dot_add_l, dot_scale_l, IH. ring.
Qed.

Lemma length_mix : forall theta V K, Forall (fun v => length v = K) V -> (length (mix theta V) <= K)%nat.
Proof.
  assert (E : forall u v K, length u = K -> (length v <= K)%nat -> length (vadd u v) = K).
  { induction u as [|a u IH]; intros [|c v] K L M; simpl in *; subst; try reflexivity; [inversion M|].
    f_equal. apply IH; [reflexivity|]. apply le_S_n. assumption. }
  induction theta as [|t theta IH]; intros [|v V] K H; simpl; try apply PeanoNat.Nat.le_0_l. inversion H; subst.
  rewrite (E _ _ (length v)); [apply le_n|apply length_scale|]. apply IH. assumption.
Qed.

Lemma dot_predictions : forall net g S theta,
  dot theta (map (prediction net g) S) = dot theta (fit (map seen S) net) + dot (mix theta (map passed S)) g.
Proof.
  intros net g. induction S as [|s S IH]; intros [|t theta]; simpl; try ring.
  rewrite IH, dot_add_l, dot_scale_l. unfold prediction, fit. ring.
Qed.

Lemma sample_gaps : forall net g S D, length D = length S ->
  total2 (sample_gap net g) S D =
  total (map (fun s => row_weight s * loss s (prediction net g s)) S) + dot (map fst D) (map (prediction net g) S) + total (map snd D).
Proof.
  intros net g. induction S as [|s S IH]; intros [|p D] L; try discriminate; simpl; [ring|].
  rewrite IH by (injection L; auto). unfold sample_gap. ring.
Qed.

Lemma ridge_gaps : forall rs a g, length g = length rs -> (length a <= length rs)%nat ->
  ridge_gap rs a g = / 2 * dot rs (map (fun e => e * e) g) - dot a g + ridge_charge rs a.
Proof.
  induction rs as [|r rs IH]; intros [|x a] [|e g] L M; try discriminate; simpl in *; try ring; try (inversion M; fail).
  rewrite IH by (auto with arith). ring.
Qed.

Lemma same_length : forall (A B : Type) (f : A -> B -> Prop) l m, Forall2 f l m -> length m = length l.
Proof. intros A B f l m H. induction H; simpl; congruence. Qed.

(** The identity of duality. *)
Theorem cost_identity : forall d T D net g, well_posed d T -> length D = length (samples T) -> takes d T net g ->
  cost T net g - dual_cost T D =
  total2 (sample_gap net g) (samples T) D + total (map (unit_gap T (map fst D)) net) + ridge_gap (ridges T) (pull T (map fst D)) g.
Proof.
  intros d T D net g (F & _) L [_ Lg]. rewrite sample_gaps, dot_predictions by assumption. unfold pull. rewrite ridge_gaps; [|assumption|].
  - assert (E : total (map (unit_gap T (map fst D)) net) =
      decay T / 2 * total (map (fun k => dot (pulled T k) (pulled T k) + outer k * outer k) net) - dot (map fst D) (fit (map seen (samples T)) net)).
    { rewrite dot_fit. induction net as [|k net IH]; simpl; [ring|]. rewrite IH. unfold unit_gap. ring. }
    rewrite E. unfold cost, dual_cost, pull. ring.
  - apply length_mix. apply Forall_map, Forall_impl with (2 := F). tauto.
Qed.

(** ** No part is negative *)

Lemma sample_gap_nonneg : forall net g s p, conjugate_at_most s p -> 0 <= sample_gap net g s p.
Proof. intros net g s p H. specialize (H (prediction net g s)). unfold sample_gap. lra. Qed.

Lemma unit_gap_split : forall T theta k,
  unit_gap T theta k =
  decay T / 2 * ((norm (pulled T k) - Rabs (outer k)) * (norm (pulled T k) - Rabs (outer k)))
  + (decay T * (Rabs (outer k) * norm (pulled T k)) - outer k * dot theta (features (map seen (samples T)) (hidden k))).
Proof.
  intros. unfold unit_gap. rewrite <- norm_square.
  assert (H : Rabs (outer k) * Rabs (outer k) = outer k * outer k) by (rewrite <- Rabs_mult; apply Rabs_pos_eq; nra).
  rewrite <- H. field.
Qed.

Lemma unit_parts_nonneg : forall d T theta k, 0 < decay T -> hidden_feasible d T theta -> length (hidden k) = d ->
  0 <= decay T * (Rabs (outer k) * norm (pulled T k)) - outer k * dot theta (features (map seen (samples T)) (hidden k)) /\
  0 <= decay T / 2 * ((norm (pulled T k) - Rabs (outer k)) * (norm (pulled T k) - Rabs (outer k))).
Proof.
  intros d T theta k B H L. specialize (H _ L). fold (pulled T k) in H. pose proof (Rabs_pos (outer k)) as P. split.
  - apply Rmult_le_compat_l with (1 := P) in H. rewrite <- Rabs_mult in H.
    pose proof (Rle_abs (outer k * dot theta (features (map seen (samples T)) (hidden k)))). lra.
  - apply Rmult_le_pos; [lra|]. apply Rle_0_sqr.
Qed.

Lemma unit_gap_nonneg : forall d T theta k, 0 < decay T -> hidden_feasible d T theta -> length (hidden k) = d ->
  0 <= unit_gap T theta k.
Proof. intros d T theta k B H L. rewrite unit_gap_split. pose proof (unit_parts_nonneg d T theta k B H L). lra. Qed.

(** One weight of the linear part: a square. *)
Lemma ridge_part : forall r x e, (r = 0 -> x = 0) ->
  / 2 * (r * (e * e)) - x * e + (if Req_EM_T r 0 then 0 else x * x / (2 * r)) =
  if Req_EM_T r 0 then 0 else (r * e - x) * (r * e - x) / (2 * r).
Proof. intros r x e H. destruct (Req_EM_T r 0) as [E|E]; [rewrite (H E), E; ring|field; assumption]. Qed.

Lemma ridge_part_nonneg : forall r z, 0 <= r -> 0 <= if Req_EM_T r 0 then 0 else z * z / (2 * r).
Proof.
  intros r z H. destruct (Req_EM_T r 0) as [E|E]; [lra|]. apply Rmult_le_pos; [apply Rle_0_sqr|].
  apply Rlt_le, Rinv_0_lt_compat. lra.
Qed.

Lemma squares_nonneg : forall rs g, Forall (fun r => 0 <= r) rs -> 0 <= dot rs (map (fun e => e * e) g).
Proof.
  induction rs as [|r rs IH]; intros [|e g] H; simpl; try lra. inversion H; subst.
  apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [assumption|apply Rle_0_sqr]|auto].
Qed.

Lemma ridge_gap_nonneg : forall rs a g, Forall (fun r => 0 <= r) rs -> free_vanish rs a -> 0 <= ridge_gap rs a g.
Proof.
  induction rs as [|r rs IH]; intros [|x a] [|e g] H F; cbn [ridge_gap];
    try (apply Rmult_le_pos; [lra|]; apply squares_nonneg; assumption).
  destruct F as [F0 F]. inversion H; subst. rewrite ridge_part by assumption.
  pose proof (ridge_part_nonneg r (r * e - x)). pose proof (IH a g ltac:(assumption) F). lra.
Qed.

Lemma sample_gaps_nonneg : forall net g S D, Forall2 conjugate_at_most S D -> 0 <= total2 (sample_gap net g) S D.
Proof.
  intros net g S D H. induction H as [|s p S D Hs H IH]; simpl; [lra|]. pose proof (sample_gap_nonneg net g s p Hs). lra.
Qed.

Theorem training_weak_duality : forall d T D net g, well_posed d T -> feasible d T (map fst D) ->
  Forall2 conjugate_at_most (samples T) D -> takes d T net g -> dual_cost T D <= cost T net g.
Proof.
  intros d T D net g W [F0 F1] C A. assert (L : length D = length (samples T)) by apply (same_length _ _ _ _ _ C).
  pose proof (cost_identity d T D net g W L A) as I. destruct W as (_ & B & R0). destruct A as [A _].
  pose proof (sample_gaps_nonneg net g _ _ C). pose proof (ridge_gap_nonneg _ _ g R0 F1).
  assert (0 <= total (map (unit_gap T (map fst D)) net)); [|lra].
  apply total_map_nonneg. intros k Hk. apply (unit_gap_nonneg d); auto. unfold accepts in A. rewrite Forall_forall in A. auto.
Qed.
