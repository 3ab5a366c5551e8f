(** * Piecewise quadratic losses with rational coefficients: values and conjugates

    A loss is given by breakpoints and the coefficients of its pieces, and a row uses it at [factor * output + shift]: [output - y]
    for a regression, [y * output] for a margin. [conjugate] computes the greatest [s t - f(t)] from the pieces, one by one; no
    convexity across the pieces is needed for it to be an upper bound. *)

From Coq Require Import ZArith QArith Qreals Reals List Bool Lra Psatz.
From ReluExact Require Import Spec Basics.
Import ListNotations.

Record piece := Piece { q2 : Q; q1 : Q; q0 : Q }.
Record rational_loss := RationalLoss { bends : list (Q * piece); final : piece }.

Definition real_piece (p : piece) : quadratic := Quadratic (Q2R (q2 p)) (Q2R (q1 p)) (Q2R (q0 p)).

(** The function of the specification. *)
Definition real_loss (l : rational_loss) : R -> R :=
  piecewise (map (fun p => (Q2R (fst p), real_piece (snd p))) (bends l)) (real_piece (final l)).

Open Scope Q_scope.

Definition piece_at (p : piece) (t : Q) : Q := Qred ((q2 p * t + q1 p) * t + q0 p).

Fixpoint bends_at (l : list (Q * piece)) (last : piece) (t : Q) : Q :=
  match l with
  | (stop, p) :: l' => if Qle_bool t stop then piece_at p t else bends_at l' last t
  | [] => piece_at last t
  end.

Definition loss_at (l : rational_loss) (t : Q) : Q := bends_at (bends l) (final l) t.

(** ** Is it convex, and bounded below? *)

Definition piece_slope (p : piece) (t : Q) : Q := Qred (2 * q2 p * t + q1 p).

(** Both pieces have the same value at [t], and the slope does not fall there. *)
Definition joins (p r : piece) (t : Q) : bool :=
  Qeq_bool (piece_at p t) (piece_at r t) && Qle_bool (piece_slope p t) (piece_slope r t).

Definition below (from : option Q) (t : Q) : bool :=
  match from with Some x => negb (Qle_bool t x) | None => true end.

Fixpoint bends_convex (from : option Q) (l : list (Q * piece)) (last : piece) : bool :=
  match l with
  | (stop, p) :: l' =>
      let next := match l' with (_, r) :: _ => r | [] => last end in
      Qle_bool 0 (q2 p) && below from stop && joins p next stop && bends_convex (Some stop) l' last
  | [] => Qle_bool 0 (q2 last)
  end.

(** Neither end falls outwards. *)
Definition bounded_below (first last : piece) : bool :=
  (negb (Qeq_bool (q2 first) 0) || Qle_bool (q1 first) 0) && (negb (Qeq_bool (q2 last) 0) || Qle_bool 0 (q1 last)).

Definition loss_convex (l : rational_loss) : bool :=
  bends_convex None (bends l) (final l)
  && bounded_below (match bends l with (_, p) :: _ => p | [] => final l end) (final l).

(** ** The conjugate *)

(** The greatest [s t - p(t)] for [t] from [low] to [high], where these are given. *)
Definition piece_conjugate (low high : option Q) (p : piece) (s : Q) : option Q :=
  let value (t : Q) := Qred (s * t - piece_at p t) in
  let rise (t : Q) := s - piece_slope p t in
  match (if Qle_bool (q2 p) 0 then None else Some (Qred ((s - q1 p) / (2 * q2 p)))), low, high with
  | Some t, Some a, _ => if Qle_bool t a then Some (value a) else
      match high with
      | Some c => Some (value (if Qle_bool c t then c else t))
      | None => Some (value t)
      end
  | Some t, None, Some c => Some (value (if Qle_bool c t then c else t))
  | Some t, None, None => Some (value t)
  | None, _, _ =>
      if Qeq_bool (q2 p) 0 then
        if Qeq_bool s (q1 p) then Some (- q0 p)
        else match (if Qle_bool s (q1 p) then low else high) with Some t => Some (value t) | None => None end
      else None
  end.

Definition larger_of (a b : option Q) : option Q :=
  match a, b with
  | Some x, Some y => Some (if Qle_bool x y then y else x)
  | _, _ => None
  end.

Fixpoint bends_conjugate (from : option Q) (l : list (Q * piece)) (last : piece) (s : Q) : option Q :=
  match l with
  | (stop, p) :: l' => larger_of (piece_conjugate from (Some stop) p s) (bends_conjugate (Some stop) l' last s)
  | [] => piece_conjugate from None last s
  end.

(** None: it is infinite. *)
Definition conjugate (l : rational_loss) (s : Q) : option Q := bends_conjugate None (bends l) (final l) s.

Open Scope R_scope.

(** ** Soundness *)

Lemma Q2R_red : forall q, Q2R (Qred q) = Q2R q.
Proof. intros. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_0 : Q2R 0 = 0.
Proof. unfold Q2R. simpl. ring. Qed.

Lemma Q2R_2 : Q2R 2 = 2.
Proof. unfold Q2R. simpl. field. Qed.

Lemma le_true : forall a b, Qle_bool a b = true -> Q2R a <= Q2R b.
Proof. intros a b H. apply Qle_Rle, Qle_bool_imp_le. assumption. Qed.

Lemma le_false : forall a b, Qle_bool a b = false -> Q2R b < Q2R a.
Proof.
  intros a b H. apply Qlt_Rlt, Qnot_le_lt. intros L. apply Qle_bool_iff in L. congruence.
Qed.

Lemma eq_true : forall a b, Qeq_bool a b = true -> Q2R a = Q2R b.
Proof. intros a b H. apply Qeq_eqR, Qeq_bool_eq. assumption. Qed.

Lemma eq_false : forall a b, Qeq_bool a b = false -> Q2R a <> Q2R b.
Proof.
  intros a b H E. apply eqR_Qeq in E. apply Qeq_bool_neq in H. contradiction.
Qed.

Lemma same_answer : forall A (a b : A), Some a = Some b -> a = b.
Proof. congruence. Qed.

Lemma piece_at_real : forall p t, Q2R (piece_at p t) = quadratic_at (real_piece p) (Q2R t).
Proof.
  intros. unfold piece_at. rewrite Q2R_red, Q2R_plus, Q2R_mult, Q2R_plus, Q2R_mult. unfold quadratic_at, real_piece. simpl. ring.
Qed.

Lemma bends_at_real : forall l last t,
  Q2R (bends_at l last t) = piecewise (map (fun p => (Q2R (fst p), real_piece (snd p))) l) (real_piece last) (Q2R t).
Proof.
  induction l as [|[stop p] l IH]; intros last t; simpl; [apply piece_at_real|].
  destruct (Qle_bool t stop) eqn:E; [apply le_true in E|apply le_false in E]; destruct (Rle_dec (Q2R t) (Q2R stop)); try lra;
    [apply piece_at_real|apply IH].
Qed.

Theorem loss_at_real : forall l t, Q2R (loss_at l t) = real_loss l (Q2R t).
Proof. intros. apply bends_at_real. Qed.

Definition from_below (low : option Q) (t : R) : Prop := match low with Some a => Q2R a <= t | None => True end.
Definition from_above (high : option Q) (t : R) : Prop := match high with Some a => t <= Q2R a | None => True end.

Lemma piece_conjugate_sound : forall low high p s c, piece_conjugate low high p s = Some c ->
  forall t, from_below low t -> from_above high t -> Q2R s * t - quadratic_at (real_piece p) t <= Q2R c.
Proof.
  intros low high p s c H t Hlow Hhigh.
  assert (V : forall x, Q2R (Qred (s * x - piece_at p x)%Q) = Q2R s * Q2R x - quadratic_at (real_piece p) (Q2R x)).
  { intros x. rewrite Q2R_red, Q2R_minus, Q2R_mult, piece_at_real. reflexivity. }
  unfold quadratic_at in *. cbn [second first zeroth real_piece] in *. unfold piece_conjugate in H. cbv beta zeta in H.
  set (k := Q2R (q2 p)) in *. set (l := Q2R (q1 p)) in *. set (z := Q2R (q0 p)) in *. set (S := Q2R s) in *.
  (* the difference of two values is a product *)
  assert (M : forall x y, (y - x) * (k * (x + y) + l - S) <= 0 -> S * y - (k * (y * y) + l * y + z) >= S * x - (k * (x * x) + l * x + z)).
  { intros x y H0. nra. }
  destruct (Qle_bool (q2 p) 0) eqn:K.
  - apply le_true in K. rewrite Q2R_0 in K. fold k in K. destruct (Qeq_bool (q2 p) 0) eqn:E; [|discriminate].
    apply eq_true in E. rewrite Q2R_0 in E. fold k in E. rewrite E in *. destruct (Qeq_bool s (q1 p)) eqn:E1.
    + apply eq_true in E1. fold S l in E1. apply same_answer in H as <-. rewrite Q2R_opp. fold z. rewrite E1. lra.
    + destruct (Qle_bool s (q1 p)) eqn:E2; [apply le_true in E2|apply le_false in E2]; fold S l in E2;
        [destruct low as [a|]|destruct high as [a|]]; try discriminate; apply same_answer in H as <-; rewrite V; simpl in *; nra.
  - apply le_false in K. rewrite Q2R_0 in K. fold k in K.
    set (v := Qred ((s - q1 p) / (2 * q2 p))%Q) in *.
    assert (Ev : 2 * k * Q2R v = S - l).
    { assert (N : ~ (2 * q2 p == 0)%Q).
      { intros N. apply Qeq_eqR in N. rewrite Q2R_mult, Q2R_2, Q2R_0 in N. fold k in N. lra. }
      unfold v. rewrite Q2R_red, Q2R_div, Q2R_mult, Q2R_minus, Q2R_2 by assumption. fold k l S. field. lra. }
    assert (Top : S * t - (k * (t * t) + l * t + z) <= S * Q2R v - (k * (Q2R v * Q2R v) + l * Q2R v + z)).
    { assert (0 <= k * ((t - Q2R v) * (t - Q2R v))) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]). nra. }
    assert (Low : forall a, Q2R v <= Q2R a -> Q2R a <= t -> S * t - (k * (t * t) + l * t + z) <= S * Q2R a - (k * (Q2R a * Q2R a) + l * Q2R a + z)).
    { intros a H1 H2. apply Rge_le, M. assert (0 <= (t - Q2R a) * (k * (t + Q2R a) - 2 * k * Q2R v)); [|nra].
      apply Rmult_le_pos; [lra|]. nra. }
    assert (High : forall a, Q2R a <= Q2R v -> t <= Q2R a -> S * t - (k * (t * t) + l * t + z) <= S * Q2R a - (k * (Q2R a * Q2R a) + l * Q2R a + z)).
    { intros a H1 H2. apply Rge_le, M. assert (0 <= (Q2R a - t) * (2 * k * Q2R v - k * (t + Q2R a))); [|nra].
      apply Rmult_le_pos; [lra|]. nra. }
    destruct low as [a|]; simpl in Hlow; [destruct (Qle_bool v a) eqn:E|].
    + apply le_true in E. apply same_answer in H as <-. rewrite V. auto.
    + destruct high as [a'|]; simpl in Hhigh; apply same_answer in H as <-; [|rewrite V; exact Top].
      destruct (Qle_bool a' v) eqn:E'; rewrite V; [apply le_true in E'; auto|exact Top].
    + destruct high as [a'|]; simpl in Hhigh; apply same_answer in H as <-; [|rewrite V; exact Top].
      destruct (Qle_bool a' v) eqn:E'; rewrite V; [apply le_true in E'; auto|exact Top].
Qed.

Lemma larger_of_sound : forall a b c, larger_of a b = Some c ->
  exists x y, a = Some x /\ b = Some y /\ Q2R x <= Q2R c /\ Q2R y <= Q2R c.
Proof.
  intros [x|] [y|] c H; try discriminate. exists x, y. unfold larger_of in H.
  destruct (Qle_bool x y) eqn:E; apply same_answer in H as <-; [apply le_true in E|apply le_false in E]; repeat split; lra.
Qed.

Lemma bends_conjugate_sound : forall l from last s c, bends_conjugate from l last s = Some c ->
  forall t, from_below from t ->
  Q2R s * t - piecewise (map (fun p => (Q2R (fst p), real_piece (snd p))) l) (real_piece last) t <= Q2R c.
Proof.
  induction l as [|[stop p] l IH]; intros from last s c H t Ht; cbn [bends_conjugate map piecewise fst snd] in *.
  - apply (piece_conjugate_sound _ _ _ _ _ H); simpl; auto.
  - apply larger_of_sound in H as (x & y & Hx & Hy & Lx & Ly). destruct (Rle_dec t (Q2R stop)) as [L|L].
    + apply Rle_trans with (2 := Lx). apply (piece_conjugate_sound _ _ _ _ _ Hx); assumption.
    + apply Rle_trans with (2 := Ly). apply (IH _ _ _ _ Hy). simpl. lra.
Qed.

(** [s t - l(t)] is nowhere above the number that was computed. *)
Theorem conjugate_sound : forall l s c, conjugate l s = Some c -> forall t, Q2R s * t - real_loss l t <= Q2R c.
Proof. intros l s c H t. apply (bends_conjugate_sound _ _ _ _ _ H). exact I. Qed.

(** ** Convexity *)

Fixpoint slope_of (pieces : list (R * quadratic)) (last : quadratic) (t : R) : R :=
  match pieces with
  | (stop, p) :: pieces' => if Rle_dec t stop then 2 * second p * t + first p else slope_of pieces' last t
  | [] => 2 * second last * t + first last
  end.

Lemma piece_slope_real : forall p t, Q2R (piece_slope p t) = 2 * second (real_piece p) * Q2R t + first (real_piece p).
Proof. intros. unfold piece_slope. rewrite Q2R_red, Q2R_plus, !Q2R_mult, Q2R_2. reflexivity. Qed.

Definition real_bends (l : list (Q * piece)) : list (R * quadratic) := map (fun p => (Q2R (fst p), real_piece (snd p))) l.

Lemma tangent_below : forall p x t, 0 <= second p ->
  quadratic_at p x + (2 * second p * x + first p) * (t - x) <= quadratic_at p t.
Proof. intros p x t H. unfold quadratic_at. pose proof (Rmult_le_pos _ _ H (Rle_0_sqr (t - x))) as S. unfold Rsqr in S. lra. Qed.

Lemma nonnegative_true : forall p, Qle_bool 0 (q2 p) = true -> 0 <= second (real_piece p).
Proof. intros p H. apply le_true in H. rewrite Q2R_0 in H. assumption. Qed.

(** Tangents are nowhere above. *)
Lemma bends_subgradient : forall l from last, bends_convex from l last = true -> forall x t,
  piecewise (real_bends l) (real_piece last) x + slope_of (real_bends l) (real_piece last) x * (t - x)
  <= piecewise (real_bends l) (real_piece last) t.
Proof.
  induction l as [|[stop p] l IH]; intros from last H; cbn [bends_convex] in H.
  - intros x t. apply tangent_below, nonnegative_true. assumption.
  - apply andb_prop in H as [H Hl]. apply andb_prop in H as [H J]. apply andb_prop in H as [H _].
    apply nonnegative_true in H. pose proof (IH _ _ Hl) as F. unfold joins in J. apply andb_prop in J as [J0 J1].
    apply eq_true in J0. apply le_true in J1. rewrite !piece_at_real in J0. rewrite !piece_slope_real in J1.
    set (next := match l with (_, r) :: _ => r | [] => last end) in *. set (a := Q2R stop) in *.
    assert (N : piecewise (real_bends l) (real_piece last) a = quadratic_at (real_piece next) a /\
                slope_of (real_bends l) (real_piece last) a = 2 * second (real_piece next) * a + first (real_piece next)).
    { unfold next. destruct l as [|[stop' r] l']; [split; reflexivity|]. cbn [bends_convex below] in Hl.
      apply andb_prop in Hl as [Hl _]. apply andb_prop in Hl as [Hl _]. apply andb_prop in Hl as [_ B].
      apply negb_true_iff, le_false in B. fold a in B. cbn [real_bends map piecewise slope_of fst snd].
      destruct (Rle_dec a (Q2R stop')); [split; reflexivity|lra]. }
    destruct N as [N0 N1]. rewrite <- N0 in J0. rewrite <- N1 in J1.
    set (f := piecewise (real_bends l) (real_piece last)) in *. set (g := slope_of (real_bends l) (real_piece last)) in *.
    intros x t. cbn [real_bends map piecewise slope_of fst snd]. fold (real_bends l). fold f. fold g. fold a.
    destruct (Rle_dec x a) as [X|X], (Rle_dec t a) as [T|T].
    + apply tangent_below. assumption.
    + pose proof (tangent_below (real_piece p) x a H) as P. pose proof (F a t) as Q.
      assert (M : (2 * second (real_piece p) * x + first (real_piece p)) * (t - a) <= g a * (t - a)).
      { apply Rmult_le_compat_r; [lra|]. apply Rle_trans with (2 := J1). apply Rplus_le_compat_r. apply Rmult_le_compat_l; lra. }
      lra.
    + pose proof (tangent_below (real_piece p) a t H) as P. pose proof (F x a) as Q1. pose proof (F a x) as Q2.
      assert (G : g a <= g x) by (apply Rmult_le_reg_r with (x - a); lra).
      assert (M : (g x - (2 * second (real_piece p) * a + first (real_piece p))) * (a - t) >= 0).
      { apply Rle_ge, Rmult_le_pos; lra. }
      lra.
    + apply F.
Qed.

(** A loss that passes the test is convex. *)
Theorem loss_convex_sound : forall l, loss_convex l = true -> convex (real_loss l).
Proof.
  intros l H x t c Hc. unfold loss_convex in H. apply andb_prop in H as [H _]. unfold real_loss. fold (real_bends (bends l)).
  pose proof (bends_subgradient _ _ _ H (x + c * (t - x)) x) as A. pose proof (bends_subgradient _ _ _ H (x + c * (t - x)) t) as B.
  set (f := piecewise _ _) in *. set (s := slope_of _ _ _) in *. set (z := x + c * (t - x)) in *.
  apply (Rmult_le_compat_l (1 - c)) in A; [|lra]. apply (Rmult_le_compat_l c) in B; [|lra].
  assert (E : (1 - c) * (s * (x - z)) + c * (s * (t - z)) = 0) by (unfold z; ring). lra.
Qed.
