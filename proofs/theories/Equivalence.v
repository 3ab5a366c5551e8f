(** * The two problems have the same optima

    In words: a network problem and its convex program have the same lower bounds, and the maps of [Program.v] send optima to
    optima with equal value. The list of all [2^n] patterns with both signs always covers; [Patterns.v] shows that the
    full-dimensional patterns are enough. Sources: Wang, Lacotte and Pilanci 2022 (Theorem 1). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics Program.
Import ListNotations.
Open Scope R_scope.

(** A point of least value among the feasible points. *)
Definition program_optimal (d : nat) (P : problem) (cols : list column) (p : list block) : Prop :=
  feasible d (inputs P) cols p /\ forall other, feasible d (inputs P) cols other ->
    program_objective P p <= program_objective P other.

(** A number bounds all networks (of every width) from below exactly when it bounds the program from below. *)
Theorem same_lower_bounds : forall d P cols q, well_formed d P -> covers d (inputs P) cols ->
  (lower_bound d P q <-> forall p, feasible d (inputs P) cols p -> q <= program_objective P p).
Proof.
  intros d P cols q W C. split.
  - intros H p F. destruct (program_to_network d P cols p F) as (A & _ & _ & E). rewrite <- E. apply H. assumption.
  - intros H net A. destruct (network_to_program d P cols net W C A) as (F & _ & E). specialize (H _ F). lra.
Qed.

(** An optimal network maps to an optimal point of the same value and the same fit. *)
Theorem optimal_network_to_point : forall d P cols net, well_formed d P -> covers d (inputs P) cols -> optimal d P net ->
  program_optimal d P cols (point_of_network d (inputs P) cols net) /\
  program_fit (inputs P) (point_of_network d (inputs P) cols net) = fit (inputs P) net /\
  program_objective P (point_of_network d (inputs P) cols net) = objective P net.
Proof.
  intros d P cols net W C [A O]. destruct (network_to_program d P cols net W C A) as (F & E & V).
  assert (B : forall p, feasible d (inputs P) cols p -> objective P net <= program_objective P p).
  { intros p Fp. destruct (program_to_network d P cols p Fp) as (Ap & _ & _ & Ep). rewrite <- Ep. apply O. assumption. }
  specialize (B _ F) as L. repeat split; [apply F|apply F| |assumption|lra].
  intros other Fo. specialize (B _ Fo). lra.
Qed.

(** An optimal point maps to an optimal network with one neuron per column, of the same value and the same fit. *)
Theorem optimal_point_to_network : forall d P cols p, well_formed d P -> covers d (inputs P) cols -> program_optimal d P cols p ->
  optimal d P (network_of_point p) /\
  fit (inputs P) (network_of_point p) = program_fit (inputs P) p /\
  objective P (network_of_point p) = program_objective P p.
Proof.
  intros d P cols p W C [F O]. destruct (program_to_network d P cols p F) as (A & _ & E & V). repeat split; auto.
  intros other Ho. destruct (network_to_program d P cols other W C Ho) as (Fo & _ & Vo). specialize (O _ Fo). lra.
Qed.

(** ** The list of all patterns covers *)

Fixpoint all_patterns (n : nat) : list (list bool) :=
  match n with
  | O => [[]]
  | S n' => map (cons true) (all_patterns n') ++ map (cons false) (all_patterns n')
  end.

(** Both signs of each pattern of a list. *)
Definition both_signs (patterns : list (list bool)) : list column :=
  map (fun gs => Column gs true) patterns ++ map (fun gs => Column gs false) patterns.

(** The pattern of [w]: on where [x.w >= 0]. *)
Definition pattern_of (X : list vector) (w : vector) : list bool := map (fun x => if Rle_dec 0 (dot x w) then true else false) X.

Lemma all_patterns_complete : forall gs, In gs (all_patterns (length gs)).
Proof.
  induction gs as [|g gs IH]; simpl; [left; reflexivity|]. apply in_or_app. destruct g; [left|right]; apply in_map; assumption.
Qed.

Lemma all_patterns_length : forall n gs, In gs (all_patterns n) -> length gs = n.
Proof.
  induction n as [|n IH]; intros gs H; simpl in H.
  - destruct H as [<-|[]]. reflexivity.
  - apply in_app_or in H. destruct H as [H|H]; apply in_map_iff in H; destruct H as (gs' & <- & H); simpl; f_equal; auto.
Qed.

Lemma pattern_of_cell : forall X w, in_cell X (pattern_of X w) w.
Proof.
  induction X as [|x X IH]; intros w; constructor; [|apply IH]. destruct (Rle_dec 0 (dot x w)); lra.
Qed.

(** Patterns of the right length whose closed cones cover all directions give columns that cover both signs. *)
Lemma both_signs_cover : forall d X patterns,
  Forall (fun gs => length gs = length X) patterns ->
  (forall w, length w = d -> exists gs, In gs patterns /\ in_cell X gs w) ->
  covers d X (both_signs patterns).
Proof.
  intros d X patterns L C. split.
  - apply Forall_app. split; apply Forall_map; assumption.
  - intros w s Lw. destruct (C w Lw) as (gs & I & K). exists (Column gs s). repeat split; [|assumption].
    unfold both_signs. apply in_or_app. destruct s; [left|right]; apply (in_map (fun gs => Column gs _)); assumption.
Qed.

Theorem all_patterns_cover : forall d X, covers d X (both_signs (all_patterns (length X))).
Proof.
  intros d X. apply both_signs_cover.
  - apply Forall_forall. intros gs. apply all_patterns_length.
  - intros w _. exists (pattern_of X w). split; [|apply pattern_of_cell].
    rewrite <- (map_length (fun x => if Rle_dec 0 (dot x w) then true else false) X). apply all_patterns_complete.
Qed.
