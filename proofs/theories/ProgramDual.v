(** * Duality for the program over any columns

    In words: a point of the program over some columns (a sub-sampled program) that is optimal satisfies the KKT conditions with
    [theta = y - fit]; if no column of a larger list is violated ([sign * theta . (Xu)+ > b |u|] for some [u] of its closed
    cone), it is optimal for the larger list; adding a violated column lowers the value strictly. Sources: Mishkin and Pilanci
    2023 (KKT conditions). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness Program Equivalence StrongDuality.
Import ListNotations.
Open Scope R_scope.

(** ** Adding to one block *)

(** The fit of a point after [u] is added to one of its blocks. *)
Lemma program_fit_add : forall X p1 p2 c v u,
  program_fit X (p1 ++ Block c (vadd v u) :: p2) = vadd (block_fit X (Block c u)) (program_fit X (p1 ++ Block c v :: p2)).
Proof.
  intros. induction p1 as [|k p1 IH]; simpl.
  - unfold block_fit. simpl. rewrite gated_add, vscale_add, (vadd_comm (vscale _ (gated _ _ v))), vadd_assoc. reflexivity.
  - rewrite IH, !vadd_assoc, (vadd_comm (block_fit X k)). reflexivity.
Qed.

Lemma total_norm_add : forall p1 p2 c v u,
  total_norm (p1 ++ Block c (vadd v u) :: p2) <= norm u + total_norm (p1 ++ Block c v :: p2).
Proof.
  intros. unfold total_norm. rewrite !map_app, !total_app. simpl. pose proof (norm_triangle v u). lra.
Qed.

Lemma feasible_add : forall d X cols p1 p2 c v u, feasible d X cols (p1 ++ Block c v :: p2) ->
  length u = d -> in_cell X (gates c) u -> feasible d X cols (p1 ++ Block c (vadd v u) :: p2).
Proof.
  intros d X cols p1 p2 c v u [M F] L K. apply Forall_app in F. destruct F as [F1 F2]. inversion F2 as [|? ? [Lv Kv] F3]; subst.
  split; [rewrite !map_app; reflexivity|]. apply Forall_app. split; [assumption|]. constructor; [|assumption]. simpl in *. split.
  - rewrite length_add; congruence.
  - apply in_cell_add; assumption.
Qed.

(** ** The KKT conditions *)

Definition program_residual (P : problem) (p : list block) : vector := vsub (targets P) (program_fit (inputs P) p).

(** The dual constraint of one column: [sign * theta . (Xu)+ <= b |u|] on its closed cone. *)
Definition column_feasible (d : nat) (P : problem) (theta : vector) (c : column) : Prop :=
  forall u, length u = d -> in_cell (inputs P) (gates c) u ->
  sign c * dot theta (features (inputs P) u) <= penalty P * norm u.

(** The column is violated at the point [p] (some unit direction of its closed cone has a product above [b]). *)
Definition violated (d : nat) (P : problem) (p : list block) (c : column) : Prop :=
  ~ column_feasible d P (program_residual P p) c.

Lemma dot_program_fit : forall theta X p, dot theta (program_fit X p) = total (map (fun k => dot theta (block_fit X k)) p).
Proof.
  intros theta X p. induction p as [|k p IH]; simpl.
  - revert theta. induction X as [|x X IH]; intros [|t theta]; simpl; try reflexivity. rewrite IH. ring.
  - rewrite dot_add_r, IH. reflexivity.
Qed.

(** The gap between a point and a dual point. *)
Lemma program_identity : forall P theta p,
  program_objective P p - dual_value P theta =
  / 2 * dot (vsub (program_residual P p) theta) (vsub (program_residual P p) theta)
  + total (map (fun k => penalty P * norm (part k) - dot theta (block_fit (inputs P) k)) p).
Proof.
  intros P theta p.
  assert (E : total (map (fun k => penalty P * norm (part k) - dot theta (block_fit (inputs P) k)) p)
              = penalty P * total_norm p - dot theta (program_fit (inputs P) p)).
  { rewrite dot_program_fit. unfold total_norm. induction p as [|k p IH]; simpl; [ring|]. rewrite IH. ring. }
  rewrite E. unfold program_objective, dual_value, program_residual. cbv zeta. rewrite !dot_sub_self, !dot_sub_l.
  rewrite (dot_comm (targets P) (program_fit _ _)), (dot_comm theta (program_fit _ _)). field.
Qed.

Lemma length_program_fit : forall d X cols p, feasible d X cols p -> length (program_fit X p) = length X.
Proof.
  intros d X cols p F. rewrite <- (fit_network_of_point d X cols p F). apply length_fit.
Qed.

Lemma dot_block_fit : forall d X theta k, length (part k) = d /\ in_cell X (gates (place k)) (part k) ->
  dot theta (block_fit X k) = sign (place k) * dot theta (features X (part k)).
Proof. intros d X theta k [_ K]. unfold block_fit. rewrite dot_scale_r, (gated_in_cell _ _ _ K). reflexivity. Qed.

(** All parts multiplied by [t]. *)
Definition scaled (t : R) (p : list block) : list block := map (fun k => Block (place k) (vscale t (part k))) p.

Lemma scaled_spec : forall d P cols p t, 0 <= t -> feasible d (inputs P) cols p ->
  feasible d (inputs P) cols (scaled t p) /\
  program_objective P (scaled t p) = program_objective P p
  + (t - 1) * (penalty P * total_norm p - dot (program_residual P p) (program_fit (inputs P) p))
  + (t - 1) * (t - 1) * (/ 2 * dot (program_fit (inputs P) p) (program_fit (inputs P) p)).
Proof.
  intros d P cols p t T [M F]. split.
  - split; [unfold scaled; rewrite map_map; assumption|]. apply Forall_map. eapply Forall_impl; [|exact F]. intros k [L K].
    simpl. split.
    + rewrite length_scale. assumption.
    + apply in_cell_scale; assumption.
  - assert (E : program_fit (inputs P) (scaled t p) = vscale t (program_fit (inputs P) p)).
    { clear. induction p as [|k p IH]; simpl.
      - unfold vscale. rewrite map_map. apply map_ext. intros. ring.
      - rewrite IH, vscale_add. f_equal. unfold block_fit. simpl. rewrite gated_scale, !vscale_scale. f_equal. ring. }
    assert (N : total_norm (scaled t p) = t * total_norm p).
    { unfold total_norm, scaled. rewrite map_map. simpl. rewrite <- total_map_scale. apply total_map_ext. intros.
      apply norm_scale. assumption. }
    unfold program_objective, program_residual. cbv zeta. rewrite E, N.
    rewrite !dot_sub_self, dot_sub_l, !dot_scale_l, dot_scale_r, (dot_comm (targets P) (program_fit _ _)). field.
Qed.

(** The value when [t u] is added to the fit of a column, at the price of [t |u|]. *)
Lemma objective_added : forall P p q c u t, 0 <= t -> in_cell (inputs P) (gates c) u ->
  program_fit (inputs P) q = vadd (block_fit (inputs P) (Block c (vscale t u))) (program_fit (inputs P) p) ->
  total_norm q <= norm (vscale t u) + total_norm p -> 0 < penalty P ->
  program_objective P q <= program_objective P p
  + t * (penalty P * norm u - sign c * dot (program_residual P p) (features (inputs P) u))
  + t * t * (/ 2 * dot (features (inputs P) u) (features (inputs P) u)).
Proof.
  intros P p q c u t T K E N B. unfold program_objective, program_residual. cbv zeta. rewrite E.
  unfold block_fit. simpl place. simpl part. rewrite gated_scale, (gated_in_cell _ _ _ K), vscale_scale.
  rewrite norm_scale in N by assumption.
  rewrite !dot_sub_self, dot_sub_l, !dot_add_l, !dot_add_r, !dot_scale_l, !dot_scale_r.
  rewrite (dot_comm (targets P) (features _ _)), (dot_comm (program_fit (inputs P) p) (features _ _)).
  replace (sign c * t * (sign c * t * dot (features (inputs P) u) (features (inputs P) u)))
    with (sign c * sign c * (t * t * dot (features (inputs P) u) (features (inputs P) u))) by ring.
  rewrite sign_square. pose proof (Rmult_le_compat_l _ _ _ (Rlt_le _ _ B) N). lra.
Qed.

(** An optimum: [b * (total norm) = theta . fit], and all its columns are dual feasible. *)
Theorem program_optimal_kkt : forall d P cols p, 0 < penalty P -> program_optimal d P cols p ->
  penalty P * total_norm p = dot (program_residual P p) (program_fit (inputs P) p) /\
  forall c, In c cols -> column_feasible d P (program_residual P p) c.
Proof.
  intros d P cols p B [F O]. split.
  - apply Rminus_diag_uniq. set (f := program_fit (inputs P) p). pose proof (dot_self_nonneg f).
    apply (two_sided_minimum _ (/ 2 * dot f f)); [lra|]. intros t T.
    destruct (scaled_spec d P cols p (1 + t) ltac:(lra) F) as [F' E]. specialize (O _ F'). rewrite E in O. fold f in O.
    replace (1 + t - 1) with t in O by ring. lra.
  - intros c I u L K. destruct F as [M F]. rewrite <- M in I. apply in_map_iff in I. destruct I as ([c' v] & E & I).
    simpl in E. subst c'. apply in_split in I. destruct I as (p1 & p2 & ->). pose proof (dot_self_nonneg (features (inputs P) u)).
    set (p := p1 ++ Block c v :: p2) in *.
    assert (0 <= penalty P * norm u - sign c * dot (program_residual P p) (features (inputs P) u)); [|lra].
    apply (one_sided_minimum _ (/ 2 * dot (features (inputs P) u) (features (inputs P) u))); [lra|]. intros t T.
    assert (F' : feasible d (inputs P) cols (p1 ++ Block c (vadd v (vscale t u)) :: p2)).
    { apply feasible_add; [split; assumption|rewrite length_scale; assumption|apply in_cell_scale; [lra|assumption]]. }
    specialize (O _ F').
    pose proof (objective_added P p (p1 ++ Block c (vadd v (vscale t u)) :: p2) c u t ltac:(lra) K
                  (program_fit_add _ _ _ _ _ _) (total_norm_add _ _ _ _ _) B). lra.
Qed.

(** The first KKT condition alone gives the dual value. *)
Lemma kkt_dual_value : forall P p, penalty P * total_norm p = dot (program_residual P p) (program_fit (inputs P) p) ->
  program_objective P p = dual_value P (program_residual P p).
Proof.
  intros P p E. pose proof (program_identity P (program_residual P p) p) as I. rewrite dot_vsub_same in I.
  rewrite dot_program_fit in E. unfold total_norm in E. rewrite <- total_map_scale in E.
  assert (Z : forall theta l, total (map (fun k => penalty P * norm (part k) - dot theta (block_fit (inputs P) k)) l) =
              total (map (fun k => penalty P * norm (part k)) l) - total (map (fun k => dot theta (block_fit (inputs P) k)) l)).
  { intros theta l. induction l as [|k l IH]; simpl; [ring|]. rewrite IH. ring. }
  rewrite Z in I. lra.
Qed.

Lemma optimal_dual_value : forall d P cols p, 0 < penalty P -> program_optimal d P cols p ->
  program_objective P p = dual_value P (program_residual P p).
Proof. intros d P cols p B O. apply kkt_dual_value, (program_optimal_kkt d P cols p B O). Qed.

(** The blocks of a feasible point, against a [theta] that is feasible for its columns. *)
Lemma blocks_nonnegative : forall d P theta cols s, (forall c, In c cols -> column_feasible d P theta c) ->
  feasible d (inputs P) cols s ->
  0 <= total (map (fun k => penalty P * norm (part k) - dot theta (block_fit (inputs P) k)) s).
Proof.
  intros d P theta cols s H [M F]. apply total_map_nonneg. intros k Hk. rewrite Forall_forall in F. specialize (F k Hk).
  rewrite (dot_block_fit d _ _ _ F). destruct F as [L K].
  assert (Hc : In (place k) cols) by (rewrite <- M; apply in_map; assumption). specialize (H _ Hc _ L K). lra.
Qed.

(** The KKT conditions are sufficient. *)
Theorem program_kkt_sufficient : forall d P cols p, feasible d (inputs P) cols p ->
  penalty P * total_norm p = dot (program_residual P p) (program_fit (inputs P) p) ->
  (forall c, In c cols -> column_feasible d P (program_residual P p) c) -> program_optimal d P cols p.
Proof.
  intros d P cols p F E H. split; [assumption|]. intros s Fs. rewrite (kkt_dual_value P p E).
  pose proof (program_identity P (program_residual P p) s) as I. pose proof (blocks_nonnegative d P _ cols s H Fs).
  pose proof (dot_self_nonneg (vsub (program_residual P s) (program_residual P p))). lra.
Qed.

(** If no column of [cols'] is violated at the optimum [p] of some other columns, no point over [cols'] is better than [p], and
    the points over [cols'] of the same value have the same fit. *)
Theorem no_violated_column : forall d P cols cols' p, well_formed d P -> program_optimal d P cols p ->
  (forall c, In c cols' -> column_feasible d P (program_residual P p) c) ->
  forall s, feasible d (inputs P) cols' s ->
  program_objective P p <= program_objective P s /\
  (program_objective P s = program_objective P p -> program_fit (inputs P) s = program_fit (inputs P) p).
Proof.
  intros d P cols cols' p (_ & Ly & B) O H s Fs. rewrite (optimal_dual_value d P cols p B O).
  pose proof (program_identity P (program_residual P p) s) as I.
  pose proof (dot_self_nonneg (vsub (program_residual P s) (program_residual P p))) as Q.
  pose proof (blocks_nonnegative d P _ cols' s H Fs) as N.
  split; [lra|]. intros E.
  assert (Z : dot (vsub (program_residual P s) (program_residual P p)) (vsub (program_residual P s) (program_residual P p)) =
    0) by lra.
  destruct O as [Fp _]. pose proof (length_program_fit _ _ _ _ Fs). pose proof (length_program_fit _ _ _ _ Fp).
  apply vector_equal; [congruence|]. rewrite <- Z. unfold program_residual. rewrite !dot_sub_self, !dot_sub_l, !dot_sub_r.
  rewrite (dot_comm (targets P) (program_fit (inputs P) s)), (dot_comm (targets P) (program_fit (inputs P) p)).
  ring.
Qed.

Lemma descent : forall g q, g < 0 -> 0 <= q -> exists t, 0 < t <= 1 /\ t * g + t * t * q < 0.
Proof.
  intros g q G Q. set (t := - g / (1 - g + q)). assert (D : 0 < 1 - g + q) by lra.
  assert (E : t * (1 - g + q) = - g) by (unfold t; field; lra).
  assert (T : 0 < t) by (unfold t; apply Rdiv_lt_0_compat; lra). exists t. split; [nra|].
  assert (g + t * q < 0) by nra. nra.
Qed.

(** Adding a violated column lowers the value strictly: if no point over the larger list is better, the column is dual feasible.
    *)
Theorem violated_column_lowers : forall d P cols p c, 0 < penalty P -> feasible d (inputs P) cols p ->
  (forall q, feasible d (inputs P) (c :: cols) q -> program_objective P p <= program_objective P q) ->
  column_feasible d P (program_residual P p) c.
Proof.
  intros d P cols p c B [M F] H u L K. apply Rnot_lt_le. intros V. pose proof (dot_self_nonneg (features (inputs P) u)).
  destruct (descent (penalty P * norm u - sign c * dot (program_residual P p) (features (inputs P) u))
                    (/ 2 * dot (features (inputs P) u) (features (inputs P) u))) as (t & T & D); [lra|lra|].
  assert (F' : feasible d (inputs P) (c :: cols) (Block c (vscale t u) :: p)).
  { split; [simpl; congruence|]. constructor; [|assumption]. simpl. rewrite length_scale. split; [assumption|].
    apply in_cell_scale; [lra|assumption]. }
  specialize (H _ F').
  pose proof (objective_added P p (Block c (vscale t u) :: p) c u t ltac:(lra) K eq_refl) as A.
  unfold total_norm in A at 1. simpl in A. specialize (A ltac:(unfold total_norm; lra) B). lra.
Qed.
