(** * Completeness of the walk over the sub-sampled programs

    In words: start at the zero network; from a stored point [p], for each column that is violated at [p], solve the program
    over the active columns of [p] and this column, and store the active part of a solution. Every sub-sampled program (any
    columns that the walk may use) then has a stored point with its optimal value and its optimal fit, which uses columns of
    this program only. Source: our own; the points are the optima of the sub-sampled programs of Wang, Lacotte and Pilanci 2022.

    What is assumed: [solver] relates lists of columns to the optima that the walk may find. It must return optima only, and
    something for every list. It may return one optimum or all of them; but a point is stored with its active columns, so two
    optima of equal fit with different active columns are different points of the walk. Termination: the value falls strictly
    and the lists of columns without repetition are finitely many. [Existence.v] removes the assumption for the walk that takes
    any optimum. *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness Program Equivalence StrongDuality ProgramDual.
Import ListNotations.
Open Scope R_scope.

(** ** Points on a part of the columns *)

(** The blocks that are not zero. *)
Definition active (p : list block) : list block := filter (fun k => if Req_EM_T (norm (part k)) 0 then false else true) p.

Lemma gated_null : forall X gs w, norm w = 0 -> gated X gs w = vscale 0 (gated X gs w).
Proof.
  intros X gs w N. revert gs. induction X as [|x X IH]; intros [|g gs]; simpl; try reflexivity.
  change (map (fun a => 0 * a) (gated X gs w)) with (vscale 0 (gated X gs w)). rewrite <- IH, (norm_zero_dot w x N).
  f_equal. destruct g; ring.
Qed.

Lemma vadd_null : forall u v, length u = length v -> vadd (vscale 0 u) v = v.
Proof. unfold vscale. induction u as [|a u IH]; intros [|c v] L; simpl in *; try discriminate; [reflexivity|].
rewrite IH by congruence. f_equal. ring. Qed.

Lemma length_gated : forall X gs w, length gs = length X -> length (gated X gs w) = length X.
Proof. induction X as [|x X IH]; intros [|g gs] w L; simpl in *; try discriminate; auto. Qed.

Lemma in_cell_length : forall X gs w, in_cell X gs w -> length gs = length X.
Proof. intros X gs w K. induction K as [|x g X gs _ _ IH]; [reflexivity|]. simpl. rewrite IH. reflexivity. Qed.

Lemma active_same : forall d X cols p, feasible d X cols p ->
  feasible d X (map place (active p)) (active p) /\ incl (map place (active p)) cols /\
  program_fit X (active p) = program_fit X p /\ total_norm (active p) = total_norm p.
Proof.
  intros d X cols p [M F]. subst cols. induction F as [|k p [L K] F IH].
  - repeat split; [constructor|intros c []].
  - destruct IH as ([_ FA] & I & E & N).
    assert (G : length (gates (place k)) = length X) by (apply in_cell_length with (1 := K)).
    assert (Lp : length (program_fit X p) = length X) by (apply (length_program_fit d X (map place p)); split;
      [reflexivity|assumption]).
    simpl active. unfold active in *. simpl filter. destruct (Req_EM_T (norm (part k)) 0) as [Z|Z].
    + repeat split; [assumption|intros c Hc; right; apply I; assumption| |].
      * rewrite E. simpl. unfold block_fit. rewrite (gated_null X _ _ Z), vscale_scale, Rmult_0_r, vadd_null; [reflexivity|].
        rewrite length_gated; congruence.
      * unfold total_norm in *. simpl. rewrite N, Z. ring.
    + repeat split; [constructor; [split|]; assumption| | |].
      * intros c Hc. simpl in *. destruct Hc as [Hc|Hc]; [left; assumption|right; apply I; assumption].
      * simpl. rewrite E. reflexivity.
      * unfold total_norm in *. simpl. rewrite N. ring.
Qed.

Lemma active_no_repetition : forall p, NoDup (map place p) -> NoDup (map place (active p)).
Proof.
  induction p as [|k p IH]; intros N; [constructor|]. inversion N as [|? ? H N']; subst. unfold active in *. simpl.
  destruct (Req_EM_T (norm (part k)) 0); [apply IH; assumption|]. simpl. constructor; [|apply IH; assumption].
  intros I. apply H. apply in_map_iff in I. destruct I as (k' & E & I). apply filter_In in I. rewrite <- E. apply in_map, I.
Qed.

(** A point over some of the columns [cols] is as good as a point over [cols]. *)
Lemma embed : forall d P cols p, 0 < penalty P -> Forall (fun c => length (gates c) = length (inputs P)) cols ->
  feasible d (inputs P) (map place p) p -> incl (map place p) cols ->
  exists s, feasible d (inputs P) cols s /\ program_fit (inputs P) s = program_fit (inputs P) p /\
            program_objective P s <= program_objective P p.
Proof.
  intros d P cols p B G [_ F] I. set (net := map (fun k => Neuron (part k) (sign (place k))) p).
  assert (A : accepts d net) by (apply Forall_map; eapply Forall_impl; [|exact F]; intros k [L _]; exact L).
  assert (H : Forall (hosts (inputs P) cols) net).
  { apply Forall_map. rewrite Forall_forall in F. apply Forall_forall. intros k Hk. destruct (F k Hk) as [_ K].
    exists (place k). repeat split; [apply I, in_map; assumption| |assumption]. simpl. unfold sign, sign_bit.
    destruct (positive (place k)); match goal with |- context [Rle_dec 0 ?a] => destruct (Rle_dec 0 a) end; auto; lra. }
  destruct (point_of_network_spec d (inputs P) cols net G H A) as (Fs & E & T).
  exists (point_of_network d (inputs P) cols net).
  assert (E' : fit (inputs P) net = program_fit (inputs P) p).
  { unfold net. clear - F. induction F as [|k p [_ K] F IH]; [reflexivity|]. simpl map. rewrite fit_cons, IH. simpl.
    unfold block_fit. rewrite (gated_in_cell _ _ _ K). reflexivity. }
  rewrite E in *. rewrite E' in *. split; [assumption|]. split; [reflexivity|].
  unfold program_objective. rewrite E. cbv zeta. apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|].
  apply Rle_trans with (1 := T). right. unfold net, total_norm. rewrite map_map. apply total_map_ext. intros k _. simpl.
  assert (Rabs (sign (place k)) = 1) as ->; [|ring]. unfold sign.
  destruct (positive (place k)); [apply Rabs_R1|rewrite Rabs_left; lra].
Qed.

(** The active part of an optimum is an optimum over the active columns. *)
Lemma active_optimal : forall d P cols p, 0 < penalty P -> Forall (fun c => length (gates c) = length (inputs P)) cols ->
  program_optimal d P cols p ->
  program_optimal d P (map place (active p)) (active p) /\ incl (map place (active p)) cols /\
  program_fit (inputs P) (active p) = program_fit (inputs P) p /\ program_objective P (active p) = program_objective P p.
Proof.
  intros d P cols p B G [F O]. destruct (active_same d (inputs P) cols p F) as (FA & I & E & N).
  assert (V : program_objective P (active p) = program_objective P p) by (unfold program_objective; rewrite E, N; reflexivity).
  repeat split; try apply FA; auto. intros r Fr. rewrite V.
  destruct (embed d P cols r B G) as (s & Fs & _ & Vs).
  - destruct Fr as [Mr Fr]. rewrite Mr in *. split; assumption.
  - destruct Fr as [Mr _]. rewrite Mr. assumption.
  - specialize (O _ Fs). lra.
Qed.

(** ** The walk *)

Section Walk.
  Variables (d : nat) (P : problem).
  Hypothesis W : well_formed d P.

  (** Columns with one gate per row. *)
  Definition proper (cols : list column) : Prop := Forall (fun c => length (gates c) = length (inputs P)) cols.

  Variable solver : list column -> list block -> Prop.
  Hypothesis solver_sound : forall cols p, proper cols -> solver cols p -> program_optimal d P cols p.
  Hypothesis solver_total : forall cols, proper cols -> exists p, solver cols p.

  (** The points that the walk stores. *)
  Inductive stored : list block -> Prop :=
    | stored_zero : stored []
    | stored_edge : forall p c q, stored p -> length (gates c) = length (inputs P) -> violated d P p c ->
        solver (c :: map place p) q -> stored (active q).

  Lemma column_eq_dec : forall c c' : column, {c = c'} + {c <> c'}.
  Proof. decide equality; [apply Bool.bool_dec|apply list_eq_dec, Bool.bool_dec]. Defined.

  (** All lists without repetition over [cols] are among finitely many lists. *)
  Fixpoint lists_upto (n : nat) (cols : list column) : list (list column) :=
    match n with
    | O => [[]]
    | S n' => [] :: flat_map (fun c => map (cons c) (lists_upto n' cols)) cols
    end.

  Lemma lists_upto_complete : forall n cols l, (length l <= n)%nat -> incl l cols -> In l (lists_upto n cols).
  Proof.
    induction n as [|n IH]; intros cols [|c l] L I; simpl in *; try lia; auto. right. apply in_flat_map. exists c.
    split; [apply I; left; reflexivity|]. apply in_map, IH; [lia|]. intros x Hx. apply I. right. assumption.
  Qed.

  (** What holds for every stored point. *)
  Definition good (p : list block) : Prop := stored p /\ proper (map place p) /\ NoDup (map place p) /\
    program_optimal d P (map place p) p.

  Lemma good_zero : good [].
  Proof.
    split; [constructor|]. split; [constructor|]. split; [constructor|]. split; [split; constructor|].
    intros other [M _]. destruct other; [lra|discriminate].
  Qed.

  (** One step inside [cols]: either no column of [cols] is violated, or a better good point on columns of [cols] is stored. *)
  Lemma step : forall cols p, proper cols -> good p -> incl (map place p) cols ->
    (forall c, In c cols -> column_feasible d P (program_residual P p) c) \/
    exists q, good q /\ incl (map place q) cols /\ program_objective P q < program_objective P p.
  Proof.
    intros cols p G (S & Gp & Np & O) I. assert (B : 0 < penalty P) by apply W.
    assert (H : forall l, incl l cols -> (forall c, In c l -> column_feasible d P (program_residual P p) c) \/
      exists q, good q /\ incl (map place q) cols /\ program_objective P q < program_objective P p).
    { induction l as [|c l IH]; intros Il; [left; intros c []|].
      destruct IH as [H|H]; [intros x Hx; apply Il; right; assumption| |right; exact H].
      assert (Gc : length (gates c) = length (inputs P)).
      { unfold proper in G. rewrite Forall_forall in G. apply G, Il. left. reflexivity. }
      assert (G' : proper (c :: map place p)) by (constructor; assumption).
      destruct (solver_total _ G') as (q & Hq). pose proof (solver_sound _ _ G' Hq) as Oq.
      destruct (Rlt_dec (program_objective P q) (program_objective P p)) as [L|L].
      - right. destruct (active_optimal d P _ q B G' Oq) as (OA & IA & _ & VA). exists (active q).
        assert (V : violated d P p c).
        { intros V. assert (forall c', In c' (c :: map place p) -> column_feasible d P (program_residual P p) c') as V'.
          { intros c' [<-|Hc]; [assumption|]. apply (program_optimal_kkt d P _ p B O). assumption. }
          destruct (no_violated_column d P _ (c :: map place p) p W O V' q) as [Le _]; [apply Oq|]. lra. }
        repeat split; try apply OA.
        + apply stored_edge with p c; auto.
        + unfold proper in *. rewrite Forall_forall in *. intros x Hx. apply G', IA. assumption.
        + apply active_no_repetition. destruct Oq as [[Mq _] _]. rewrite Mq. constructor; [|assumption].
          intros Hc. apply V, (program_optimal_kkt d P _ p B O). assumption.
        + intros x Hx. destruct (IA x Hx) as [<-|Hx']; [apply Il; left; reflexivity|apply I; assumption].
        + rewrite VA. assumption.
      - left. intros c' [<-|Hc]; [|apply H; assumption]. apply (violated_column_lowers d P (map place p)); [assumption|apply O|].
        intros r Fr. destruct Oq as [_ Oq]. specialize (Oq _ Fr). lra. }
    apply H. intros x Hx. assumption.
  Qed.

  Lemma optimal_same_value : forall cols p q, program_optimal d P cols p -> program_optimal d P cols q ->
    program_objective P p = program_objective P q.
  Proof. intros cols p q [Fp Op] [Fq Oq]. specialize (Op _ Fq). specialize (Oq _ Fp). lra. Qed.

  (** Descent inside [cols]; [rest] are the lists of columns whose optimal value may still be below the one of [p]. *)
  Lemma descend : forall cols, proper cols -> forall n rest p, (length rest <= n)%nat -> good p -> incl (map place p) cols ->
    (forall l, NoDup l -> incl l cols -> ~ In l rest -> forall r, program_optimal d P l r ->
      program_objective P p <= program_objective P r) ->
    exists q, good q /\ incl (map place q) cols /\ forall c, In c cols -> column_feasible d P (program_residual P q) c.
  Proof.
    intros cols G. induction n as [|n IH]; intros rest p L Gp I H.
    - destruct (step cols p G Gp I) as [S|(q & Gq & Iq & Lq)]; [exists p; auto|]. exfalso.
      destruct rest; [|simpl in L; lia]. destruct Gq as (_ & _ & Nq & Oq). specialize (H _ Nq Iq ltac:(auto) q Oq). lra.
    - destruct (step cols p G Gp I) as [S|(q & Gq & Iq & Lq)]; [exists p; auto|].
      assert (D : forall l l' : list column, {l = l'} + {l <> l'}) by (apply list_eq_dec, column_eq_dec).
      destruct Gq as (Sq & Pq & Nq & Oq).
      assert (Hin : In (map place q) rest).
      { destruct (in_dec D (map place q) rest) as [Y|N]; [assumption|]. specialize (H _ Nq Iq N q Oq). lra. }
      apply (IH (remove D (map place q) rest) q); [|repeat split; auto; apply Oq|assumption|].
      + pose proof (remove_length_lt D rest (map place q) Hin). lia.
      + intros l Nl Il Out r Or. destruct (D l (map place q)) as [->|E].
        * right. apply (optimal_same_value (map place q)); assumption.
        * assert (Out' : ~ In l rest) by (intros Hl; apply Out, in_in_remove; assumption).
          specialize (H l Nl Il Out' r Or). lra.
  Qed.

  (** Every sub-sampled program has a stored point with its optimal value and its optimal fit, on columns of this program. *)
  Theorem walk_complete : forall cols s, proper cols -> program_optimal d P cols s ->
    exists p, stored p /\ incl (map place p) cols /\ program_fit (inputs P) p = program_fit (inputs P) s /\
              program_objective P p = program_objective P s.
  Proof.
    intros cols s G Os. assert (B : 0 < penalty P) by apply W.
    set (n := length cols).
    assert (C : forall l, NoDup l -> incl l cols -> In l (lists_upto n cols)).
    { intros l N I. apply lists_upto_complete; [apply NoDup_incl_length; assumption|assumption]. }
    destruct (descend cols G (length (lists_upto n cols)) (lists_upto n cols) []
      (le_n _) good_zero) as (p & (S & _ & _ & O) & I & H).
    - intros c [].
    - intros l N I Out. exfalso. apply Out, C; assumption.
    - exists p. split; [assumption|]. split; [assumption|].
      destruct (no_violated_column d P _ cols p W O H s) as [Le F]; [apply Os|].
      destruct (embed d P cols p B G) as (p' & Fp' & _ & V); [apply O|assumption|].
      destruct Os as [_ Os]. specialize (Os _ Fp'). assert (E : program_objective P s = program_objective P p) by lra.
      split; [symmetry; apply F; assumption|symmetry; assumption].
  Qed.
End Walk.
