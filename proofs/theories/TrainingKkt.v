(** * Strong duality with any convex loss: the KKT conditions

    In words: where the KKT conditions hold, the dual value equals the cost, so network and linear part are optimal against every
    width; where a dual point attains the cost, they hold; and at an optimum they hold when the losses are convex and
    differentiable at its outputs. With [theta] of one point that satisfies them, the optima are exactly what satisfies them with
    this [theta]: all optima use only neurons that are tight there, and an output is optimal exactly if [- theta_i] is a
    subgradient there. Sources: Pilanci and Ergen 2020 (general convex losses), Mishkin and Pilanci 2023 (KKT conditions). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness Training.
Import ListNotations.
Open Scope R_scope.

(** ** The conditions *)

Definition subgradient (f : R -> R) (x s : R) : Prop := forall t, f x + s * (t - x) <= f t.

Definition weighted_loss (s : sample) (t : R) : R := row_weight s * loss s t.

(** For each row [- theta_i] is a subgradient of the weighted loss at the output. *)
Definition losses_fit (T : training) (theta : vector) (net : network) (g : vector) : Prop :=
  Forall2 (fun s t => subgradient (weighted_loss s) (prediction net g s) (- t)) (samples T) theta.

(** Penalised hidden weights and the outer weight have the same norm, and the dual constraint is tight for the neuron. *)
Definition unit_balanced (T : training) (k : neuron) : Prop := norm (pulled T k) = Rabs (outer k).
Definition unit_tight (T : training) (theta : vector) (k : neuron) : Prop :=
  outer k * dot theta (features (map seen (samples T)) (hidden k)) = decay T * (Rabs (outer k) * norm (pulled T k)).

(** [r_k g_k = G_k . theta] *)
Fixpoint ridges_fit (rs a g : vector) : Prop :=
  match rs, g with
  | r :: rs', e :: g' => r * e = hd 0 a /\ ridges_fit rs' (tl a) g'
  | _, _ => True
  end.

Record kkt (d : nat) (T : training) (theta : vector) (net : network) (g : vector) : Prop := Kkt {
  kkt_feasible : hidden_feasible d T theta;
  kkt_losses : losses_fit T theta net g;
  kkt_balanced : Forall (unit_balanced T) net;
  kkt_tight : Forall (unit_tight T theta) net;
  kkt_ridges : ridges_fit (ridges T) (pull T theta) g }.

(** ** Sufficient *)

Lemma ridges_fit_vanish : forall rs a g, length g = length rs -> ridges_fit rs a g -> free_vanish rs a.
Proof.
  induction rs as [|r rs IH]; intros [|x a] [|e g] L F; try discriminate; try exact I. destruct F as [F0 F]. simpl in *.
  split; [intros ->; lra|]. apply (IH a g); [injection L; auto|assumption].
Qed.

Lemma ridges_fit_gap : forall rs a g, ridges_fit rs a g -> length g = length rs -> ridge_gap rs a g = 0.
Proof.
  assert (Z : forall rs g, ridges_fit rs [] g -> dot rs (map (fun e => e * e) g) = 0).
  { induction rs as [|r rs IH]; intros [|e g] F; try reflexivity. destruct F as [F0 F]. simpl in *.
    rewrite (IH g F). replace (r * (e * e)) with ((r * e) * e) by ring. rewrite F0. ring. }
  induction rs as [|r rs IH]; intros [|x a] [|e g] F L; try discriminate; cbn [ridge_gap]; try (rewrite (Z _ _ F); ring);
    try (simpl; ring).
  destruct F as [F0 F]. simpl in F0, F. rewrite (IH a g F) by (injection L; auto). rewrite ridge_part by (intros ->; lra).
  destruct (Req_EM_T r 0); [ring|]. rewrite F0. unfold Rdiv. ring.
Qed.

(** The dual point of an output: the conjugates at [- theta] where it is a subgradient. *)
Definition own_duals (net : network) (g : vector) (S : list sample) (theta : vector) : duals :=
  map (fun p => (snd p, - snd p * prediction net g (fst p) - weighted_loss (fst p) (prediction net g (fst p)))) (combine S theta).

Lemma own_duals_sound : forall net g S theta,
  Forall2 (fun s t => subgradient (weighted_loss s) (prediction net g s) (- t)) S theta ->
  map fst (own_duals net g S theta) = theta /\ Forall2 conjugate_at_most S (own_duals net g S theta) /\
  total2 (sample_gap net g) S (own_duals net g S theta) = 0.
Proof.
  intros net g S theta H. unfold own_duals. induction H as [|s t S theta Hs H (E & F & G)]; [repeat split; constructor|].
  cbn [combine map fst snd total2]. rewrite E, G. split; [reflexivity|]. split.
  - constructor; [|exact F]. intros x. cbn [fst snd]. specialize (Hs x). unfold weighted_loss in *. lra.
  - unfold sample_gap, weighted_loss. cbn [fst snd]. ring.
Qed.

Lemma fitting_unit_gap : forall T theta k, unit_balanced T k -> unit_tight T theta k -> unit_gap T theta k = 0.
Proof. intros T theta k B E. rewrite unit_gap_split, E, B. ring. Qed.

(** Where the KKT conditions hold, a dual point has the value of the cost. *)
Theorem training_kkt_attains : forall d T theta net g, well_posed d T -> takes d T net g -> kkt d T theta net g ->
  exists D, map fst D = theta /\ feasible d T theta /\ Forall2 conjugate_at_most (samples T) D /\ cost T net g = dual_cost T D.
Proof.
  intros d T theta net g W A [F L B H R0]. destruct (own_duals_sound net g _ _ L) as (E & C & G).
  exists (own_duals net g (samples T) theta). split; [assumption|]. destruct A as [A Lg].
  split; [split; [assumption|]; apply (ridges_fit_vanish _ _ g); assumption|]. split; [assumption|].
  pose proof (cost_identity d T _ net g W (same_length _ _ _ _ _ C) (conj A Lg)) as I.
  rewrite E, G, (ridges_fit_gap _ _ _ R0 Lg), total_map_zero in I; [lra|].
  intros k Hk. rewrite Forall_forall in B, H. apply fitting_unit_gap; auto.
Qed.

(** A network with a linear part that satisfies them is optimal, against every width. *)
Theorem training_kkt_optimal : forall d T theta net g, well_posed d T -> takes d T net g -> kkt d T theta net g ->
  best_within 0 d T net g.
Proof.
  intros d T theta net g W A K. split; [assumption|]. intros net' g' A'.
  destruct (training_kkt_attains d T theta net g W A K) as (D & E & F & C & V). rewrite V, Rplus_0_r.
  apply (training_weak_duality d); try assumption. rewrite E. assumption.
Qed.

(** ** Necessary, where a dual point attains the cost *)

Lemma product_zero : forall a x, 0 < a -> a * (x * x) = 0 -> x = 0.
Proof. intros a x H E. apply Rsqr_0_uniq. unfold Rsqr. apply Rmult_eq_reg_l with a; lra. Qed.

Lemma unit_gap_fits : forall d T theta k, 0 < decay T -> hidden_feasible d T theta -> length (hidden k) = d ->
  unit_gap T theta k = 0 -> unit_balanced T k /\ unit_tight T theta k.
Proof.
  intros d T theta k B F L E. rewrite unit_gap_split in E. destruct (unit_parts_nonneg d T theta k B F L) as [H1 H2].
  unfold unit_balanced, unit_tight. split; [|lra].
  apply Rminus_diag_uniq, (product_zero (decay T / 2)); lra.
Qed.

Lemma ridge_gap_fits : forall rs a g, Forall (fun r => 0 <= r) rs -> free_vanish rs a -> ridge_gap rs a g = 0 ->
  length g = length rs -> ridges_fit rs a g.
Proof.
  assert (P : forall r e, 0 <= r -> r * (e * e) = 0 -> r * e = 0).
  { intros r e R0 E. replace (r * (e * e)) with (r * e * e) in E by ring. apply Rmult_integral in E as [E| ->]; [assumption|ring]. }
  assert (Z : forall rs g, Forall (fun r => 0 <= r) rs -> dot rs (map (fun e => e * e) g) = 0 -> ridges_fit rs [] g).
  { induction rs as [|r rs IH]; intros [|e g] R0 E; try exact I. inversion R0; subst. simpl in *.
    pose proof (squares_nonneg rs g ltac:(assumption)). pose proof (Rmult_le_pos r (e * e) ltac:(assumption) (Rle_0_sqr e)).
    split; [apply P; [assumption|lra]|apply IH; [assumption|lra]]. }
  induction rs as [|r rs IH]; intros [|x a] [|e g] R0 F E L; try discriminate; try exact I; cbn [ridge_gap] in E;
    [apply Z; [assumption|lra]|].
  inversion R0; subst. destruct F as [F0 F]. rewrite ridge_part in E by assumption. cbn [ridges_fit hd tl].
  pose proof (ridge_gap_nonneg rs a g ltac:(assumption) F). pose proof (ridge_part_nonneg r (r * e - x) ltac:(assumption)) as N.
  split; [|apply IH; try assumption; [lra|injection L; auto]].
  destruct (Req_EM_T r 0) as [->|R1]; [rewrite (F0 eq_refl); ring|].
  apply Rminus_diag_uniq, (product_zero (/ (2 * r))); [apply Rinv_0_lt_compat; lra|]. unfold Rdiv in E. lra.
Qed.

Lemma sample_gaps_fit : forall net g S D, Forall2 conjugate_at_most S D -> total2 (sample_gap net g) S D = 0 ->
  Forall2 (fun s t => subgradient (weighted_loss s) (prediction net g s) (- t)) S (map fst D).
Proof.
  intros net g S D H. induction H as [|s p S D Hs H IH]; intros E; cbn [total2 map] in *; constructor.
  - pose proof (sample_gaps_nonneg net g S D H). pose proof (sample_gap_nonneg net g s p Hs). intros x. specialize (Hs x).
    assert (Z : sample_gap net g s p = 0) by lra. unfold sample_gap in Z. unfold weighted_loss. lra.
  - apply IH. pose proof (sample_gaps_nonneg net g S D H). pose proof (sample_gap_nonneg net g s p Hs). lra.
Qed.

Theorem training_slackness : forall d T D net g, well_posed d T -> takes d T net g -> feasible d T (map fst D) ->
  Forall2 conjugate_at_most (samples T) D -> cost T net g = dual_cost T D -> kkt d T (map fst D) net g.
Proof.
  intros d T D net g W A [F0 F1] C E. pose proof (cost_identity d T D net g W (same_length _ _ _ _ _ C) A) as I.
  destruct W as (_ & B & R0). destruct A as [A Lg]. unfold accepts in A. rewrite Forall_forall in A.
  pose proof (sample_gaps_nonneg net g _ _ C). pose proof (ridge_gap_nonneg _ _ g R0 F1).
  assert (N : forall k, In k net -> 0 <= unit_gap T (map fst D) k) by (intros; apply (unit_gap_nonneg d); auto).
  pose proof (total_map_nonneg _ _ N).
  assert (Z : forall k, In k net -> unit_gap T (map fst D) k = 0) by (apply total_zero; [assumption|lra]).
  assert (S : forall k, In k net -> unit_balanced T k /\ unit_tight T (map fst D) k) by (intros; apply (unit_gap_fits d); auto).
  split; [assumption|apply sample_gaps_fit; [assumption|lra]| | |apply ridge_gap_fits; try assumption; lra];
    apply Forall_forall; intros k Hk; apply (S k Hk).
Qed.

(** All optima from one: with its [theta], the optima are exactly what satisfies the conditions. *)
Theorem training_optima_from_one : forall d T theta net0 g0, well_posed d T -> takes d T net0 g0 -> kkt d T theta net0 g0 ->
  forall net g, takes d T net g -> (best_within 0 d T net g <-> kkt d T theta net g).
Proof.
  intros d T theta net0 g0 W A0 K0 net g A. split; [|apply training_kkt_optimal; assumption].
  intros [_ O]. destruct (training_kkt_attains d T theta net0 g0 W A0 K0) as (D & E & F & C & V). rewrite <- E in F |- *.
  apply training_slackness; try assumption. apply Rle_antisym; [rewrite <- V, <- (Rplus_0_r (cost T net0 g0)); auto|].
  apply (training_weak_duality d); assumption.
Qed.

(** ** Necessary, where the losses are convex and differentiable at the outputs *)

(** On the side [sign] of 0 the function is nowhere below its value at 0. *)
Lemma derivative_side : forall f l sign, sign = 1 \/ sign = -1 -> derivable_pt_lim f 0 l ->
  (forall t, 0 <= t <= 1 -> f 0 <= f (sign * t)) -> 0 <= sign * l.
Proof.
  intros f l sign S H M. destruct (Rle_or_lt 0 (sign * l)) as [L|L]; [assumption|exfalso].
  destruct (H (- (sign * l)) ltac:(lra)) as [delta Hd]. pose proof (cond_pos delta) as P.
  set (t := Rmin (delta / 2) 1). assert (T0 : 0 < t) by (apply Rmin_pos; lra).
  pose proof (Rmin_l (delta / 2) 1) as T1. pose proof (Rmin_r (delta / 2) 1) as T2. fold t in T1, T2.
  assert (A : Rabs (sign * t) = t) by (destruct S as [-> | ->]; [rewrite Rabs_right|rewrite Rabs_left]; lra).
  specialize (Hd (sign * t) ltac:(destruct S as [-> | ->]; lra) ltac:(rewrite A; lra)). rewrite Rplus_0_l in Hd.
  specialize (M t ltac:(lra)). apply Rabs_def2 in Hd as [H1 H2].
  assert (Q : sign * ((f (sign * t) - f 0) / (sign * t)) = (f (sign * t) - f 0) / t) by (destruct S as [-> | ->]; field; lra).
  assert (0 <= (f (sign * t) - f 0) / t) by (apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat; assumption]).
  destruct S as [-> | ->]; lra.
Qed.

Lemma derivative_along : forall f x l q, derivable_pt_lim f x l -> derivable_pt_lim (fun t => f (x + t * q)) 0 (l * q).
Proof.
  intros f x l q H. apply (derivable_pt_lim_comp (fun t => x + t * q) f 0 q l).
  - assert (D : derivable_pt_lim (fct_cte x + id * fct_cte q)%F 0 (0 + (1 * fct_cte q 0 + id 0 * 0))).
    { apply derivable_pt_lim_plus; [apply derivable_pt_lim_const|].
      apply derivable_pt_lim_mult; [apply derivable_pt_lim_id|apply derivable_pt_lim_const]. }
    replace (0 + (1 * fct_cte q 0 + id 0 * 0)) with q in D by (unfold fct_cte, id; ring). exact D.
  - replace (x + 0 * q) with x by ring. assumption.
Qed.

Lemma derivative_linear : forall a c, derivable_pt_lim (fun t => a + t * c) 0 c.
Proof. intros a c. pose proof (derivative_along id a 1 c (derivable_pt_lim_id a)) as D. rewrite Rmult_1_l in D. exact D. Qed.

Lemma convex_subgradient : forall f x l, convex f -> derivable_pt_lim f x l -> subgradient f x l.
Proof.
  intros f x l C H t.
  pose proof (derivative_along f x l (t - x) H) as D.
  pose proof (derivable_pt_lim_minus _ _ 0 _ _ (derivative_linear (f x) (f t - f x)) D) as M.
  apply (derivative_side _ _ 1) in M; [lra|left; reflexivity|]. intros c Hc. specialize (C x t c Hc). unfold minus_fct.
  replace (x + 0 * (t - x)) with x by ring. rewrite Rmult_1_l. lra.
Qed.

Definition slopes_of (net : network) (g : vector) (S : list sample) (theta : vector) : Prop :=
  Forall2 (fun s t => derivable_pt_lim (weighted_loss s) (prediction net g s) (- t)) S theta.

(** All losses together, when the outputs move along [q]. *)
Lemma losses_derivative : forall net g S theta (q : sample -> R), slopes_of net g S theta ->
  derivable_pt_lim (fun t => total (map (fun s => weighted_loss s (prediction net g s + t * q s)) S)) 0 (- dot theta (map q S)).
Proof.
  intros net g S theta q H. induction H as [|s t S theta Hs H IH].
  - simpl. rewrite Ropp_0. apply derivable_pt_lim_const.
  - cbn [map total dot]. replace (- (t * q s + dot theta (map q S))) with ((- t) * q s + - dot theta (map q S)) by ring.
    apply (derivable_pt_lim_plus _ _ 0 _ _ (derivative_along _ _ _ (q s) Hs) IH).
Qed.

Lemma choose_all : forall (A B : Type) (f : A -> B -> Prop) l, Forall (fun a => exists b, f a b) l -> exists m, Forall2 f l m.
Proof.
  intros A B f l H. induction H as [|a l [b Hb] H [m Hm]]; [exists []; constructor|]. exists (b :: m). constructor; assumption.
Qed.

Section Optimum.
Variables (d : nat) (T : training) (theta : vector) (net : network) (g : vector).
Hypothesis posed : well_posed d T.
Hypothesis best : best_within 0 d T net g.
Hypothesis slopes : slopes_of net g (samples T) theta.

Definition weight_of (l : network) : R := total (map (fun k => dot (pulled T k) (pulled T k) + outer k * outer k) l).

(** A change of network and linear part that moves the outputs along [q] and changes the penalties by [c] per step. *)
Lemma no_descent : forall sign (q : sample -> R) c e (net' : R -> network) (g' : R -> vector), sign = 1 \/ sign = -1 ->
  (forall t, 0 <= t <= 1 -> takes d T (net' t) (g' t) /\
     (forall s, In s (samples T) -> prediction (net' t) (g' t) s = prediction net g s + sign * t * q s) /\
     decay T / 2 * weight_of (net' t) + / 2 * dot (ridges T) (map (fun a => a * a) (g' t))
     = decay T / 2 * weight_of net + / 2 * dot (ridges T) (map (fun a => a * a) g) + sign * t * c + t * t * e) ->
  0 <= sign * (c - dot theta (map q (samples T))).
Proof.
  intros sign q c e net' g' Hs H. pose proof (losses_derivative net g _ _ q slopes) as D.
  pose proof (derivable_pt_lim_plus _ _ 0 _ _ D (derivative_linear 0 c)) as M.
  pose proof (derivable_pt_lim_plus _ _ 0 _ _ M (derivable_pt_lim_mult id (fun t => 0 + t * e) 0 1 e (derivable_pt_lim_id 0) (derivative_linear 0 e))) as N.
  apply (derivative_side _ _ sign) in N; [unfold id in N; lra|assumption|]. intros t Ht. destruct (H t Ht) as (A & P & E).
  destruct best as [_ O]. specialize (O _ _ A). unfold cost in O. fold (weight_of net) in O. fold (weight_of (net' t)) in O.
  unfold plus_fct, mult_fct, id.
  assert (S2 : sign * t * (sign * t * e) = t * t * e) by (destruct Hs as [-> | ->]; ring).
  rewrite (total_map_ext (fun s => weighted_loss s (prediction net g s + 0 * q s)) (fun s => row_weight s * loss s (prediction net g s)))
    by (intros; rewrite Rmult_0_l, Rplus_0_r; reflexivity).
  rewrite (total_map_ext (fun s => weighted_loss s (prediction net g s + sign * t * q s)) (fun s => row_weight s * loss s (prediction (net' t) (g' t) s)))
    by (intros s Hin; rewrite (P s Hin); reflexivity).
  lra.
Qed.

Lemma pulled_rescale : forall t k, 0 <= t ->
  dot (pulled T (rescale_neuron t k)) (pulled T (rescale_neuron t k)) + outer (rescale_neuron t k) * outer (rescale_neuron t k)
  = t * (dot (pulled T k) (pulled T k) + outer k * outer k).
Proof.
  intros t k Ht. unfold pulled. cbn [rescale_neuron hidden outer]. unfold vscale. rewrite skipn_map.
  fold (vscale (sqrt t) (skipn (free_weights T) (hidden k))). rewrite dot_scale_l, dot_scale_r.
  rewrite <- (sqrt_sqrt t) at 5 by assumption. ring.
Qed.

Lemma takes_now : takes d T net g.
Proof. apply best. Qed.

(** One more neuron. *)
Lemma added_neuron : forall u K sign, sign = 1 \/ sign = -1 -> length u = d -> 0 < K ->
  sign * dot theta (features (map seen (samples T)) u)
  <= decay T / 2 * (K * dot (skipn (free_weights T) u) (skipn (free_weights T) u) + / K).
Proof.
  intros u K sign Hs Lu HK. set (k := Neuron (vscale (sqrt K) u) (sign * / sqrt K)).
  assert (HQ : 0 < sqrt K) by (apply sqrt_lt_R0; assumption). assert (Hq : sqrt K * sqrt K = K) by (apply sqrt_sqrt; lra).
  assert (N : dot (pulled T k) (pulled T k) + outer k * outer k
    = K * dot (skipn (free_weights T) u) (skipn (free_weights T) u) + / K).
  { unfold pulled, k. cbn [hidden outer]. unfold vscale. rewrite skipn_map. fold (vscale (sqrt K) (skipn (free_weights T) u)).
    rewrite dot_scale_l, dot_scale_r, <- Rmult_assoc, Hq. f_equal.
    replace (/ K) with (/ (sqrt K * sqrt K)) by (rewrite Hq; reflexivity). destruct Hs as [-> | ->]; field; lra. }
  pose proof (no_descent 1 (fun s => sign * relu (dot (seen s) u))
    (decay T / 2 * (K * dot (skipn (free_weights T) u) (skipn (free_weights T) u) + / K)) 0
    (fun t => rescale_neuron t k :: net) (fun _ => g) (or_introl eq_refl)) as H.
  assert (E : dot theta (map (fun s => sign * relu (dot (seen s) u)) (samples T)) = sign * dot theta (features (map seen (samples T)) u)).
  { unfold features. rewrite map_map. rewrite <- dot_scale_r. unfold vscale. rewrite map_map. reflexivity. }
  rewrite E in H. assert (G : forall a c, 0 <= 1 * (a - c) -> c <= a) by (intros; lra). apply G, H. clear G H E.
  intros t [Ht _]. destruct takes_now as [A Lg]. split; [split; [|assumption]|split].
  - constructor; [|assumption]. cbn [rescale_neuron hidden k]. unfold k. cbn [hidden]. rewrite !length_scale. assumption.
  - intros s _. unfold prediction. rewrite output_cons, rescale_contribution by assumption. unfold k. cbn [hidden outer].
    rewrite dot_scale_r, relu_scale by lra. field. lra.
  - unfold weight_of. cbn [map total]. rewrite pulled_rescale, N by assumption. ring.
Qed.

Lemma optimum_feasible : hidden_feasible d T theta.
Proof.
  intros u Lu. set (pu := skipn (free_weights T) u). pose proof (norm_nonneg pu) as HN. destruct posed as (_ & B & _).
  assert (S : forall sign, sign = 1 \/ sign = -1 -> sign * dot theta (features (map seen (samples T)) u) <= decay T * norm pu).
  { intros sign Hs. set (F := sign * dot theta (features (map seen (samples T)) u)).
    assert (H : forall K, 0 < K -> F <= decay T / 2 * (K * (norm pu * norm pu) + / K)).
    { intros K HK. rewrite norm_square. apply added_neuron; assumption. }
    destruct (Rle_lt_or_eq_dec _ _ HN) as [P|P].
    - specialize (H (/ norm pu) (Rinv_0_lt_compat _ P)).
      replace (decay T / 2 * (/ norm pu * (norm pu * norm pu) + / / norm pu)) with (decay T * norm pu) in H by (field; lra). assumption.
    - rewrite <- P in *. rewrite Rmult_0_r. destruct (Rle_or_lt F 0) as [|L]; [assumption|exfalso].
      assert (HK : 0 < decay T / F) by (apply Rdiv_lt_0_compat; lra). specialize (H _ HK).
      replace (decay T / 2 * (decay T / F * (0 * 0) + / (decay T / F))) with (F / 2) in H by (field; lra). lra. }
  pose proof (S 1 (or_introl eq_refl)). pose proof (S (-1) (or_intror eq_refl)). apply Rabs_le. lra.
Qed.

(** All neurons stronger or weaker. *)
Lemma output_rescaled : forall t l x, 0 <= t -> output (map (rescale_neuron t) l) x = t * output l x.
Proof.
  intros t l x Ht. induction l as [|k l IH]; [unfold output; simpl; ring|].
  cbn [map]. rewrite !output_cons, rescale_contribution, IH by assumption. ring.
Qed.

Lemma weight_rescaled : forall t l, 0 <= t -> weight_of (map (rescale_neuron t) l) = t * weight_of l.
Proof.
  intros t l Ht. unfold weight_of. induction l as [|k l IH]; cbn [map total]; [ring|]. rewrite pulled_rescale, IH by assumption. ring.
Qed.

Lemma optimum_amounts : decay T / 2 * weight_of net = dot theta (fit (map seen (samples T)) net).
Proof.
  assert (S : forall sign, sign = 1 \/ sign = -1 ->
    0 <= sign * (decay T / 2 * weight_of net - dot theta (map (fun s => output net (seen s)) (samples T)))).
  { intros sign Hs. apply (no_descent sign (fun s => output net (seen s)) _ 0 (fun t => map (rescale_neuron (1 + sign * t)) net) (fun _ => g) Hs).
    intros t Ht. assert (P : 0 <= 1 + sign * t) by (destruct Hs as [-> | ->]; lra). destruct takes_now as [A Lg].
    split; [split; [|assumption]|split].
    - apply Forall_map. apply Forall_impl with (2 := A). intros k Hk. cbn [rescale_neuron hidden]. rewrite length_scale. assumption.
    - intros s _. unfold prediction. rewrite output_rescaled by assumption. ring.
    - rewrite weight_rescaled by assumption. ring. }
  pose proof (S 1 (or_introl eq_refl)). pose proof (S (-1) (or_intror eq_refl)).
  unfold fit. rewrite map_map. lra.
Qed.

(** Another linear part. *)
Fixpoint products (u v : vector) : vector :=
  match u, v with
  | a :: u', c :: v' => a * c :: products u' v'
  | _, _ => []
  end.

Lemma squares_moved : forall rs t u h, length h = length u ->
  dot rs (map (fun a => a * a) (vadd u (vscale t h)))
  = dot rs (map (fun a => a * a) u) + 2 * t * dot (products rs u) h + t * t * dot rs (map (fun a => a * a) h).
Proof.
  induction rs as [|r rs IH]; intros t [|a u] [|c h] L; try discriminate; simpl; try ring.
  change (map (fun a0 => t * a0) h) with (vscale t h). rewrite IH by (injection L; auto). ring.
Qed.

Lemma length_products : forall u v, length v = length u -> length (products u v) = length u.
Proof. induction u as [|a u IH]; intros [|c v] L; try discriminate; simpl; auto. Qed.

Lemma length_sub_le : forall u v, (length v <= length u)%nat -> length (vsub u v) = length u.
Proof.
  induction u as [|a u IH]; intros [|c v] L; try reflexivity; [inversion L|]. simpl. f_equal. apply IH, le_S_n, L.
Qed.

Lemma products_fit : forall rs a v, length v = length rs -> (length a <= length rs)%nat ->
  dot (vsub (products rs v) a) (vsub (products rs v) a) = 0 -> ridges_fit rs a v.
Proof.
  induction rs as [|r rs IH]; intros a [|e v] L M H; try discriminate; [exact I|]. destruct a as [|x a]; simpl in *.
  - pose proof (dot_self_nonneg (products rs v)). pose proof (Rle_0_sqr (r * e)) as Q. unfold Rsqr in Q.
    split; [apply Rsqr_0_uniq; unfold Rsqr; lra|]. apply IH; [injection L; auto|apply PeanoNat.Nat.le_0_l|].
    destruct (products rs v); simpl in *; lra.
  - pose proof (dot_self_nonneg (vsub (products rs v) a)). pose proof (Rle_0_sqr (r * e - x)) as Q. unfold Rsqr in Q.
    split; [apply Rminus_diag_uniq, Rsqr_0_uniq; unfold Rsqr; lra|].
    apply IH; [injection L; auto|apply le_S_n; assumption|lra].
Qed.

Lemma optimum_ridges : ridges_fit (ridges T) (pull T theta) g.
Proof.
  destruct takes_now as [A Lg]. destruct posed as (F & _ & _).
  assert (Lp : (length (pull T theta) <= length (ridges T))%nat).
  { apply length_mix, Forall_map. apply Forall_impl with (2 := F). tauto. }
  apply products_fit; try assumption. set (h := vsub (products (ridges T) g) (pull T theta)).
  assert (Lh : length h = length g).
  { unfold h. rewrite length_sub_le; rewrite length_products by assumption; [symmetry; assumption|assumption]. }
  assert (S : forall sign, sign = 1 \/ sign = -1 ->
    0 <= sign * (dot (products (ridges T) g) h - dot theta (map (fun s => dot (passed s) h) (samples T)))).
  { intros sign Hs.
    apply (no_descent sign (fun s => dot (passed s) h) _ (/ 2 * dot (ridges T) (map (fun a => a * a) h)) (fun _ => net)
      (fun t => vadd g (vscale (sign * t) h)) Hs).
    intros t Ht. split; [split; [assumption|]|split].
    - rewrite length_add; [assumption|]. rewrite length_scale. symmetry. assumption.
    - intros s _. unfold prediction. rewrite dot_add_r, dot_scale_r. ring.
    - rewrite squares_moved by assumption. destruct Hs as [-> | ->]; field. }
  pose proof (S 1 (or_introl eq_refl)). pose proof (S (-1) (or_intror eq_refl)).
  assert (E : dot (pull T theta) h = dot theta (map (fun s => dot (passed s) h) (samples T))).
  { unfold pull. rewrite dot_mix, map_map. reflexivity. }
  unfold h at 1. rewrite dot_sub_l. fold h. lra.
Qed.

Lemma optimum_kkt : Forall (fun s => convex (loss s)) (samples T) -> kkt d T theta net g.
Proof.
  intros C. destruct posed as (F & B & _). destruct takes_now as [A Lg]. unfold accepts in A. rewrite Forall_forall in A.
  pose proof optimum_feasible as H. pose proof optimum_amounts as W.
  assert (E : total (map (unit_gap T theta) net) = decay T / 2 * weight_of net - dot theta (fit (map seen (samples T)) net)).
  { rewrite dot_fit. unfold weight_of, unit_gap. clear. induction net as [|k l IH]; simpl; [ring|]. rewrite IH. ring. }
  assert (N : forall k, In k net -> 0 <= unit_gap T theta k) by (intros; apply (unit_gap_nonneg d); auto).
  assert (Z : forall k, In k net -> unit_gap T theta k = 0) by (apply total_zero; [assumption|lra]).
  assert (S : forall k, In k net -> unit_balanced T k /\ unit_tight T theta k) by (intros; apply (unit_gap_fits d); auto).
  split; [assumption| | | |exact optimum_ridges]; try (apply Forall_forall; intros k Hk; apply (S k Hk)).
  clear - F C slopes. unfold losses_fit, slopes_of in *. induction slopes as [|s t S theta Hs H IH]; constructor.
  - inversion C as [|? ? Cs ?]; subst. inversion F as [|? ? (_ & _ & P) ?]; subst. apply convex_subgradient; [|assumption].
    intros x y c Hc. unfold weighted_loss. specialize (Cs x y c Hc). nra.
  - inversion C; subst. inversion F; subst. apply IH; assumption.
Qed.
End Optimum.

(** Strong duality at an optimum, and the test of global optimality, for convex losses with a derivative at its outputs. *)
Theorem training_optimal_kkt : forall d T net g, well_posed d T -> Forall (fun s => convex (loss s)) (samples T) ->
  Forall (fun s => exists l, derivable_pt_lim (loss s) (prediction net g s) l) (samples T) ->
  takes d T net g -> (best_within 0 d T net g <-> exists theta, kkt d T theta net g).
Proof.
  intros d T net g W C H A. split; [|intros [theta K]; apply (training_kkt_optimal d T theta); assumption]. intros O.
  destruct (choose_all _ _ (fun s t => derivable_pt_lim (weighted_loss s) (prediction net g s) (- t)) (samples T)) as [theta S].
  - apply Forall_impl with (2 := H). intros s [l Hl]. exists (- (row_weight s * l)). rewrite Ropp_involutive.
    apply derivable_pt_lim_scal. assumption.
  - exists theta. apply optimum_kkt; assumption.
Qed.
