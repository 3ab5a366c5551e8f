(** * Optima exist, and strong duality

    In words: the program over any columns (any sub-sampled program) has an optimal point; the network problem has an optimal
    network, with at most [n] neurons and independent contributions; a dual feasible [theta] exists whose value an optimal
    network attains, and only one; the walk of [Walk.v] is complete without assumptions on a solver. So no theorem of this
    theory is about nothing. Sources: Pilanci and Ergen 2020 (strong duality). *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness OptimalSet Program Equivalence StrongDuality ProgramDual
  Minimal BoxMinimum Continuity Walk.
Import ListNotations.
Open Scope R_scope.

(** ** Points of the program as vectors *)

(** The point whose parts stand one behind the other in [v]. *)
Fixpoint decode (d : nat) (cols : list column) (v : vector) : list block :=
  match cols with
  | [] => []
  | c :: cols' => Block c (firstn d v) :: decode d cols' (skipn d v)
  end.

Definition encode (p : list block) : vector := flat_map part p.

Lemma decode_encode : forall d X cols p, feasible d X cols p ->
  decode d cols (encode p) = p /\ length (encode p) = (length cols * d)%nat.
Proof.
  intros d X cols p [M F]. subst cols. induction F as [|[c v] p [L _] F [E N]]; [split; reflexivity|]. simpl in L.
  unfold encode in *. simpl. split.
  - rewrite firstn_app, skipn_app, L, Nat.sub_diag, skipn_O, firstn_O, app_nil_r. rewrite <- L, firstn_all, skipn_all. simpl.
    rewrite L, E. reflexivity.
  - rewrite app_length, N, L. reflexivity.
Qed.

(** The constraints of the closed cones. *)
Fixpoint cell_constraints (X : list vector) (gs : list bool) : list (vector -> R) :=
  match X, gs with
  | x :: X', g :: gs' => (fun w => (if g then 1 else -1) * dot x w) :: cell_constraints X' gs'
  | _, _ => []
  end.

Fixpoint point_constraints (d : nat) (X : list vector) (cols : list column) : list (vector -> R) :=
  match cols with
  | [] => []
  | c :: cols' => map (fun g v => g (firstn d v)) (cell_constraints X (gates c)) ++ map (fun g v => g (skipn d v))
    (point_constraints d X cols')
  end.

Lemma cell_constraints_spec : forall X gs w, length gs = length X ->
  (Forall (fun g => 0 <= g w) (cell_constraints X gs) <-> in_cell X gs w).
Proof.
  induction X as [|x X IH]; intros [|g gs] w L; simpl in L; try discriminate; [split; constructor|]. injection L as L. simpl.
  split.
  - intros H. inversion H; subst. constructor; [destruct g; lra|apply IH; assumption].
  - intros H. inversion H; subst. constructor; [destruct g; lra|apply IH; assumption].
Qed.

Lemma point_constraints_spec : forall d X cols v, Forall (fun c => length (gates c) = length X) cols ->
  length v = (length cols * d)%nat ->
  (Forall (fun g => 0 <= g v) (point_constraints d X cols) <-> feasible d X cols (decode d cols v)).
Proof.
  intros d X cols v G. revert v. induction G as [|c cols G _ IH]; intros v L; simpl in *; [repeat split; constructor|].
  rewrite Forall_app, !Forall_map. assert (L' : length (skipn d v) = (length cols * d)%nat) by (rewrite skipn_length; lia).
  specialize (IH _ L'). rewrite (cell_constraints_spec X (gates c) (firstn d v) G), IH. unfold feasible. simpl. split.
  - intros [K [M F]]. split; [congruence|]. constructor; [simpl; split; [rewrite firstn_length; lia|assumption]|assumption].
  - intros [M F]. inversion F as [|? ? [_ K] F']; subst. split; [assumption|]. split; [congruence|assumption].
Qed.

Lemma point_constraints_continuous : forall d X cols, Forall continuous (point_constraints d X cols).
Proof.
  intros d X. assert (C : forall gs, Forall continuous (cell_constraints X gs)).
  { induction X as [|x X IH]; intros [|g gs]; simpl; constructor; auto. apply continuous_scale, continuous_dot. }
  induction cols as [|c cols IH]; simpl; [constructor|]. apply Forall_app. split; apply Forall_map; eapply Forall_impl.
  2: apply C. 3: exact IH.
  - intros g Hg. apply (continuous_compose g (firstn d)); [assumption|apply continuous_map_firstn].
  - intros g Hg. apply (continuous_compose g (skipn d)); [assumption|apply continuous_map_skipn].
Qed.

Lemma decode_continuous : forall d X cols,
  continuous_map (fun v => program_fit X (decode d cols v)) /\ continuous (fun v => total_norm (decode d cols v)).
Proof.
  intros d X. induction cols as [|c cols [IF IN]].
  - split; [exact (continuous_map_constant _)|exact (continuous_constant _)].
  - split; simpl.
    + apply (continuous_map_add (fun v => block_fit X (Block c (firstn d v)))).
      * unfold block_fit. simpl. apply (continuous_map_scale (sign c) (fun v => gated X (gates c) (firstn d v))).
        apply (continuous_map_compose (gated X (gates c))); [apply continuous_map_gated|apply continuous_map_firstn].
      * apply (continuous_map_compose (fun v => program_fit X (decode d cols v)) (skipn d));
          [assumption|apply continuous_map_skipn].
    + unfold total_norm in *. simpl.
      apply (continuous_plus (fun v => norm (firstn d v)) (fun v => total (map (fun k => norm (part k)) (decode d cols (skipn d
        v))))).
      * apply (continuous_compose norm (firstn d)); [apply continuous_norm|apply continuous_map_firstn].
      * apply (continuous_compose (fun v => total (map (fun k => norm (part k)) (decode d cols v))) (skipn d));
          [assumption|apply continuous_map_skipn].
Qed.

Lemma vsub_as_add : forall u v, vsub u v = vadd (vscale (-1) v) u.
Proof.
  assert (N : forall v, vsub [] v = vscale (-1) v).
  { induction v as [|c v IH]; simpl; [reflexivity|]. rewrite IH. f_equal. ring. }
  induction u as [|a u IH]; intros v; [rewrite N; unfold vscale; destruct v; reflexivity|].
  destruct v as [|c v]; simpl; [reflexivity|]. f_equal; [ring|]. apply IH.
Qed.

Lemma objective_continuous : forall d P cols, continuous (fun v => program_objective P (decode d cols v)).
Proof.
  intros d P cols. destruct (decode_continuous d (inputs P) cols) as [F N]. unfold program_objective. cbv zeta.
  apply (continuous_plus (fun v => / 2 * dot (vsub (program_fit (inputs P) (decode d cols v)) (targets P))
                                            (vsub (program_fit (inputs P) (decode d cols v)) (targets P)))
                         (fun v => penalty P * total_norm (decode d cols v))); apply continuous_scale; [|assumption].
  apply (continuous_compose (fun w => dot (vsub w (targets P)) (vsub w (targets P)))); [|assumption].
  apply (continuous_compose (fun w => dot w w) (fun w => vsub w (targets P))); [apply continuous_square|].
  intros v eps E. destruct (continuous_map_add (fun _ => vscale (-1) (targets P)) (fun w => w)) with (v := v) (eps := eps) as
    (dl & D & H); auto.
  - apply continuous_map_constant.
  - intros w e He. exists e. auto.
  - exists dl. split; [assumption|]. intros u I. rewrite !vsub_as_add. apply H. assumption.
Qed.

Lemma total_norm_nonnegative : forall p, 0 <= total_norm p.
Proof. intros. apply total_map_nonneg. intros. apply norm_nonneg. Qed.

Lemma entry_le_norm : forall v a, In a v -> Rabs a <= norm v.
Proof.
  intros v a I. apply square_le; [apply norm_nonneg|]. rewrite norm_square, Rabs_square.
  induction v as [|c v IH]; [contradiction|]. simpl. pose proof (dot_self_nonneg v). destruct I as [->|I]; [nra|].
  specialize (IH I). nra.
Qed.

Lemma encode_in_box : forall p r, total_norm p <= r -> forall z, length z = length (encode p) -> Forall (fun a => a = 0) z ->
  in_box z r (encode p).
Proof.
  intros p r T. assert (H : Forall (fun a => Rabs a <= r) (encode p)).
  { apply Forall_forall. intros a I. apply in_flat_map in I. destruct I as (k & Ik & Ia).
    apply Rle_trans with (1 := entry_le_norm _ _ Ia).
    apply Rle_trans with (2 := T). clear - Ik. unfold total_norm. induction p as [|k' p IH]; [contradiction|]. simpl.
    pose proof (total_norm_nonnegative p) as N. unfold total_norm in N. pose proof (norm_nonneg (part k')).
    destruct Ik as [->|Ik]; [lra|]. specialize (IH Ik). lra. }
  induction H as [|a v Ha _ IH]; intros [|c z] L Z; simpl in L; try discriminate; constructor; inversion Z; subst.
  - rewrite Rminus_0_r. assumption.
  - apply IH; [congruence|assumption].
Qed.

(** Every sub-sampled program has an optimal point. *)
Theorem program_optimum_exists : forall d P cols, well_formed d P ->
  Forall (fun c => length (gates c) = length (inputs P)) cols ->
  exists p, program_optimal d P cols p.
Proof.
  intros d P cols (_ & _ & B) G. destruct (zero_point_spec d (inputs P) cols G) as (F0 & _ & N0).
  set (p0 := zero_point d cols) in *. set (V0 := program_objective P p0).
  assert (PN : forall p, 0 <= program_objective P p).
  { intros p. unfold program_objective. cbv zeta. pose proof (total_norm_nonnegative p).
    match goal with |- context [dot ?e ?e] => pose proof (dot_self_nonneg e) end.
    assert (0 <= penalty P * total_norm p) by (apply Rmult_le_pos; lra). lra. }
  assert (TN : forall p, program_objective P p <= V0 -> total_norm p <= V0 / penalty P).
  { intros p H. unfold program_objective in H. cbv zeta in H. apply Rmult_le_reg_l with (penalty P); [assumption|].
    replace (penalty P * (V0 / penalty P)) with V0 by (field; lra).
    match type of H with context [dot ?e ?e] => pose proof (dot_self_nonneg e) end. lra. }
  pose proof (PN p0) as HV. fold V0 in HV. set (r := V0 / penalty P) in *.
  assert (R0 : 0 <= r) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; assumption]).
  set (z := repeat 0 (length cols * d)).
  assert (Z : Forall (fun a => a = 0) z) by (apply Forall_forall; intros a I; apply repeat_spec in I; assumption).
  assert (InBox : forall p, feasible d (inputs P) cols p -> program_objective P p <= V0 -> in_box z r (encode p)).
  { intros p F H. apply encode_in_box; [apply TN; assumption| |assumption]. unfold z. rewrite repeat_length. symmetry.
    apply (decode_encode d (inputs P)). assumption. }
  assert (Adm : forall p, feasible d (inputs P) cols p -> admissible (point_constraints d (inputs P) cols) (encode p)).
  { intros p F. destruct (decode_encode d (inputs P) cols p F) as [E L]. apply point_constraints_spec; [assumption|assumption|].
    rewrite E. assumption. }
  set (f := fun v => program_objective P (decode d cols v)). assert (Cap : 0 <= V0 + 1) by lra.
  destruct (box_minimum f (point_constraints d (inputs P) cols) (fun v => PN (decode d cols v)) (objective_continuous d P cols)
              (point_constraints_continuous d (inputs P) cols) (V0 + 1) Cap z r R0) as (l & Il & Al & M).
  - match goal with |- ?b < _ => assert (b <= V0); [|lra] end.
    apply Rle_trans with (program_objective P (decode d cols (encode p0))).
    + apply (proj2 (best_bound_below f _ _ _ _ z r) (encode p0)); [apply InBox; [assumption|unfold V0; lra]|apply Adm;
        assumption].
    + destruct (decode_encode d (inputs P) cols p0 F0) as [E _]. rewrite E. unfold V0. lra.
  - exists (decode d cols l). split.
    + apply point_constraints_spec; [assumption| |assumption]. rewrite (in_box_length _ _ _ Il). apply repeat_length.
    + assert (M' : forall p, feasible d (inputs P) cols p -> program_objective P p <= V0 ->
        program_objective P (decode d cols l) <= program_objective P p).
      { intros p F H. specialize (M (encode p) (InBox p F H) (Adm p F)). unfold f in M.
        destruct (decode_encode d (inputs P) cols p F) as [E _]. rewrite E in M. assumption. }
      intros p F. destruct (Rle_or_lt (program_objective P p) V0) as [H|H]; [apply M'; assumption|].
      specialize (M' p0 F0 (Rle_refl _)). fold V0 in M'. lra.
Qed.

(** The network problem has an optimal network: a support-minimal one with at most [n] neurons. *)
Theorem optimal_network_exists : forall d P, well_formed d P ->
  exists net, support_minimal d P net /\ (length net <= length (inputs P))%nat.
Proof.
  intros d P W. pose proof (all_patterns_cover d (inputs P)) as C.
  destruct (program_optimum_exists d P _ W (proj1 C)) as (p & O).
  destruct (optimal_point_to_network d P _ p W C O) as (On & _).
  destruct (support_minimal_exists d P _ W On) as (net & M & L & _). exists net. auto.
Qed.

(** Strong duality: a dual point whose value an optimal network attains. *)
Theorem strong_duality : forall d P, well_formed d P ->
  exists theta net, dual_point d P theta /\ optimal d P net /\ objective P net = dual_value P theta.
Proof.
  intros d P W. destruct (optimal_network_exists d P W) as (net & [O _] & _). exists (residual P net), net.
  destruct (optimal_residual_dual d P net W O). auto.
Qed.

(** The dual optimum is unique: it is the residual of every optimal network. *)
Theorem dual_optimum_unique : forall d P theta, well_formed d P -> dual_point d P theta ->
  (forall theta', dual_point d P theta' -> dual_value P theta' <= dual_value P theta) ->
  attained d P theta /\ forall net, optimal d P net -> residual P net = theta.
Proof.
  intros d P theta W F H. assert (A : attained d P theta).
  { destruct (strong_duality d P W) as (theta' & net & F' & O & E). exists net. split; [apply O|].
    specialize (H _ F'). pose proof (dual_value_le d P theta net W F (proj1 O)). lra. }
  split; [assumption|]. intros net O. apply (optimal_networks d P theta W F A net). assumption.
Qed.

(** The walk that may find any optimum of a sub-sampled program is complete, without assumptions. *)
Theorem walk_complete_any : forall d P cols, well_formed d P -> Forall (fun c => length (gates c) = length (inputs P)) cols ->
  exists p s, stored d P (program_optimal d P) p /\ program_optimal d P cols s /\ incl (map place p) cols /\
              program_fit (inputs P) p = program_fit (inputs P) s /\ program_objective P p = program_objective P s.
Proof.
  intros d P cols W G. destruct (program_optimum_exists d P cols W G) as (s & O).
  destruct (walk_complete d P W (program_optimal d P)) with (cols := cols) (s := s) as (p & S & I & F & V); auto.
  - intros c G'. apply program_optimum_exists; assumption.
  - exists p, s. auto.
Qed.
