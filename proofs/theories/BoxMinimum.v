(** * A continuous function has a minimum on the closed part of a box

    In words: a function that is bounded below and continuous at every point attains its minimum over the points of a box at
    which finitely many continuous functions are non-negative, if there is such a point. Proved by halving the box in all
    directions; the classical axiom of the library's compactness theorems is not needed. *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics.
Import ListNotations.
Open Scope R_scope.

(** [v] has the length of [c] and differs from it by at most [r] in each entry. *)
Definition in_box (c : vector) (r : R) (v : vector) : Prop := Forall2 (fun a b => Rabs (b - a) <= r) c v.

(** Continuity at every point. *)
Definition continuous (f : vector -> R) : Prop :=
  forall v eps, 0 < eps -> exists delta, 0 < delta /\ forall u, in_box v delta u -> Rabs (f u - f v) <= eps.

Lemma in_box_length : forall c r v, in_box c r v -> length v = length c.
Proof. intros c r v H. induction H; simpl; congruence. Qed.

Lemma Rabs_le_iff : forall a b, Rabs a <= b <-> - b <= a <= b.
Proof. intros. split; [intros H; split; [pose proof (Rle_abs (- a)); rewrite Rabs_Ropp in *|pose proof (Rle_abs a)]; lra|intros;
  apply Rabs_le; lra]. Qed.

Lemma in_box_nth : forall c r v, in_box c r v -> forall i, (i < length c)%nat -> Rabs (nth i v 0 - nth i c 0) <= r.
Proof. intros c r v H. induction H; intros i Hi; simpl in *; [lia|]. destruct i; [assumption|apply IHForall2; lia]. Qed.

Lemma in_box_of_nth : forall c r v, length v = length c -> (forall i, (i < length c)%nat -> Rabs (nth i v 0 - nth i c 0) <= r) ->
  in_box c r v.
Proof.
  induction c as [|a c IH]; intros r [|b v] L H; simpl in L; try discriminate; constructor.
  - apply (H 0%nat). simpl. lia.
  - apply IH; [congruence|]. intros i Hi. apply (H (S i)). simpl. lia.
Qed.

Lemma in_box_two : forall c r u v, in_box c r u -> in_box c r v -> in_box u (2 * r) v.
Proof.
  intros c r u v U. revert v. induction U as [|a b c u H _ IH]; intros v V; inversion V; subst; constructor.
  - rewrite Rabs_le_iff in *. lra.
  - apply IH. assumption.
Qed.

Lemma in_box_weaken : forall c r r' v, r <= r' -> in_box c r v -> in_box c r' v.
Proof. intros c r r' v L H. induction H; constructor; [lra|assumption]. Qed.

(** ** Halving *)

(** The centres of the [2^k] boxes of half the radius. *)
Fixpoint halves (r : R) (c : vector) : list vector :=
  match c with
  | [] => [[]]
  | a :: c' => map (cons (a - r / 2)) (halves r c') ++ map (cons (a + r / 2)) (halves r c')
  end.

Lemma halves_cover : forall r c v, in_box c r v -> exists s, In s (halves r c) /\ in_box s (r / 2) v.
Proof.
  intros r c v H. induction H as [|a b c v H _ (s & I & K)]; simpl; [exists []; split; [left; reflexivity|constructor]|].
  rewrite Rabs_le_iff in H. destruct (Rle_or_lt b a) as [C|C].
  - exists (a - r / 2 :: s). split; [apply in_or_app; left; apply in_map; assumption|].
    constructor; [rewrite Rabs_le_iff; lra|assumption].
  - exists (a + r / 2 :: s). split; [apply in_or_app; right; apply in_map; assumption|].
    constructor; [rewrite Rabs_le_iff; lra|assumption].
Qed.

Lemma halves_inside : forall r c s, In s (halves r c) -> length s = length c /\ forall v, in_box s (r / 2) v -> in_box c r v.
Proof.
  intros r. induction c as [|a c IH]; intros s I; simpl in I.
  - destruct I as [<-|[]]. split; [reflexivity|]. intros v H. inversion H. constructor.
  - apply in_app_or in I. destruct I as [I|I]; apply in_map_iff in I; destruct I as (s' & <- & I);
      destruct (IH s' I) as [L K]; (split; [simpl; congruence|]); intros v H; inversion H; subst;
      (constructor; [rewrite Rabs_le_iff in *; lra|apply K; assumption]).
Qed.

Lemma halves_nonempty : forall r c, halves r c <> [].
Proof.
  intros r. induction c as [|a c IH]; simpl; [discriminate|]. destruct (halves r c); [contradiction|discriminate].
Qed.

(** The element of a list at which [g] is least. *)
Fixpoint least (g : vector -> R) (best : vector) (l : list vector) : vector :=
  match l with
  | [] => best
  | s :: l' => least g (if Rle_dec (g best) (g s) then best else s) l'
  end.

Lemma least_spec : forall g l best, (least g best l = best \/ In (least g best l) l) /\
  g (least g best l) <= g best /\ forall s, In s l -> g (least g best l) <= g s.
Proof.
  intros g. induction l as [|s l IH]; intros best; simpl; [split; [auto|split; [lra|intros ? []]]|].
  destruct (Rle_dec (g best) (g s)) as [D|D].
  - destruct (IH best) as (A & B & C). split; [tauto|]. split; [assumption|]. intros s' [<-|I]; [lra|auto].
  - destruct (IH s) as (A & B & C). split; [destruct A as [A|A]; [right; left; congruence|tauto]|]. split; [lra|].
    intros s' [<-|I]; [assumption|auto].
Qed.

(** ** The theorem *)

Section Minimum.
  Variables (f : vector -> R) (constraints : list (vector -> R)).
  Hypothesis f_nonnegative : forall v, 0 <= f v.
  Hypothesis f_continuous : continuous f.
  Hypothesis constraints_continuous : Forall continuous constraints.

  Definition admissible (v : vector) : Prop := Forall (fun g => 0 <= g v) constraints.

  Variable cap : R.
  Hypothesis cap_nonnegative : 0 <= cap.

  (** Bounds of [f] from below on a box, at most [cap]; and the best of them. *)
  Definition bounds_below (c : vector) (r : R) (a : R) : Prop :=
    a <= cap /\ forall v, in_box c r v -> admissible v -> a <= f v.

  Lemma bounds_bounded : forall c r, bound (bounds_below c r).
  Proof. intros c r. exists cap. intros a [H _]. assumption. Qed.

  Lemma bounds_inhabited : forall c r, exists a, bounds_below c r a.
  Proof. intros c r. exists 0. split; auto. Qed.

  Definition best_bound (c : vector) (r : R) : R :=
    proj1_sig (completeness (bounds_below c r) (bounds_bounded c r) (bounds_inhabited c r)).

  Lemma best_bound_upper : forall c r a, bounds_below c r a -> a <= best_bound c r.
  Proof. intros c r a H. unfold best_bound. destruct completeness as [m [U L]]. simpl. apply U. assumption. Qed.

  Lemma best_bound_below : forall c r, bounds_below c r (best_bound c r).
  Proof.
    intros c r. unfold best_bound. destruct completeness as [m [U L]]. simpl. split.
    - apply L. intros a [H _]. assumption.
    - intros v I A. apply L. intros a [_ H]. apply H; assumption.
  Qed.

  Variables (c0 : vector) (r0 : R).
  Hypothesis r0_nonnegative : 0 <= r0.

  Fixpoint centre (n : nat) : vector :=
    match n with
    | O => c0
    | S n' => let s := halves (r0 / 2 ^ n') (centre n') in least (fun c => best_bound c (r0 / 2 ^ S n')) (hd [] s) s
    end.

  Lemma radius_half : forall n, r0 / 2 ^ S n = r0 / 2 ^ n / 2.
  Proof. intros n. simpl. field. apply pow_nonzero. lra. Qed.

  Lemma centre_half : forall n, In (centre (S n)) (halves (r0 / 2 ^ n) (centre n)) /\
    best_bound (centre (S n)) (r0 / 2 ^ S n) <= best_bound (centre n) (r0 / 2 ^ n).
  Proof.
    intros n. pose proof (halves_nonempty (r0 / 2 ^ n) (centre n)) as N. set (h := halves (r0 / 2 ^ n) (centre n)) in *.
    destruct (least_spec (fun c => best_bound c (r0 / 2 ^ S n)) h (hd [] h)) as (A & _ & C).
    assert (E : centre (S n) = least (fun c => best_bound c (r0 / 2 ^ S n)) (hd [] h) h) by reflexivity. rewrite <- E in A, C.
    split.
    - destruct A as [A|A]; [|assumption]. rewrite A. destruct h; [contradiction|left; reflexivity].
    - apply best_bound_upper. split; [apply best_bound_below|]. intros v I Ad.
      destruct (halves_cover _ _ _ I) as (s & Hs & Ks). rewrite <- radius_half in Ks.
      apply Rle_trans with (1 := C s Hs). apply best_bound_below; assumption.
  Qed.

  Lemma centre_length : forall n, length (centre n) = length c0.
  Proof. induction n as [|n IH]; [reflexivity|]. destruct (centre_half n) as [I _]. apply halves_inside in I. destruct I.
  congruence. Qed.

  Lemma centre_bound : forall n, best_bound (centre n) (r0 / 2 ^ n) <= best_bound c0 r0.
  Proof.
    induction n as [|n IH]; [simpl; replace (r0 / 1) with r0 by field; lra|]. destruct (centre_half n) as [_ H]. lra.
  Qed.

  Lemma radius_nonnegative : forall n, 0 <= r0 / 2 ^ n.
  Proof. intros n. apply Rmult_le_pos; [assumption|]. left. apply Rinv_0_lt_compat, pow_lt. lra. Qed.

  Lemma in_own_box : forall c r, 0 <= r -> in_box c r c.
  Proof. induction c as [|a c IH]; intros r H; constructor; [replace (a - a) with 0 by ring; rewrite Rabs_R0;
    assumption|apply IH; assumption]. Qed.

  Lemma boxes_nested : forall k n v, in_box (centre (n + k)) (r0 / 2 ^ (n + k)) v -> in_box (centre n) (r0 / 2 ^ n) v.
  Proof.
    induction k as [|k IH]; intros n v H; [rewrite Nat.add_0_r in H; assumption|].
    apply IH. rewrite Nat.add_succ_r in H. destruct (centre_half (n + k)) as [I _]. apply halves_inside in I. destruct I as [_ K].
    apply K. rewrite <- radius_half. assumption.
  Qed.

  Lemma centres_close : forall n m i, (i < length c0)%nat ->
    nth i (centre m) 0 - r0 / 2 ^ m <= nth i (centre n) 0 + r0 / 2 ^ n.
  Proof.
    intros n m i Hi. destruct (le_lt_dec n m) as [L|L].
    - assert (H : in_box (centre n) (r0 / 2 ^ n) (centre m)).
      { apply (boxes_nested (m - n)). replace (n + (m - n))%nat with m by lia. apply in_own_box, radius_nonnegative. }
      pose proof (in_box_nth _ _ _ H i ltac:(rewrite centre_length; assumption)) as C. rewrite Rabs_le_iff in C.
      pose proof (radius_nonnegative m). lra.
    - assert (H : in_box (centre m) (r0 / 2 ^ m) (centre n)).
      { apply (boxes_nested (n - m)). replace (m + (n - m))%nat with n by lia. apply in_own_box, radius_nonnegative. }
      pose proof (in_box_nth _ _ _ H i ltac:(rewrite centre_length; assumption)) as C. rewrite Rabs_le_iff in C.
      pose proof (radius_nonnegative n). lra.
  Qed.

  Lemma finite_choice : forall (Q : nat -> R -> Prop) k, (forall i, (i < k)%nat -> exists x, Q i x) ->
    exists l, length l = k /\ forall i, (i < k)%nat -> Q i (nth i l 0).
  Proof.
    intros Q k. revert Q. induction k as [|k IH]; intros Q H; [exists []; split; [reflexivity|intros; lia]|].
    destruct (H 0%nat) as (x & Hx); [lia|]. destruct (IH (fun i => Q (S i))) as (l & L & Hl); [intros i Hi; apply H; lia|].
    exists (x :: l). split; [simpl; congruence|]. intros [|i] Hi; [assumption|apply Hl; lia].
  Qed.

  (** A point in all boxes. *)
  Lemma limit_exists : exists l, forall n, in_box (centre n) (r0 / 2 ^ n) l.
  Proof.
    destruct (finite_choice (fun i x => forall n, Rabs (x - nth i (centre n) 0) <= r0 / 2 ^ n) (length c0)) as (l & L & H).
    - intros i Hi. set (E := fun a => exists m, a = nth i (centre m) 0 - r0 / 2 ^ m).
      destruct (completeness E) as [x [U B]].
      + exists (nth i (centre 0) 0 + r0 / 2 ^ 0). intros a (m & ->). apply centres_close. assumption.
      + exists (nth i (centre 0) 0 - r0 / 2 ^ 0), 0%nat. reflexivity.
      + exists x. intros n. rewrite Rabs_le_iff.
        assert (nth i (centre n) 0 - r0 / 2 ^ n <= x) by (apply U; exists n; reflexivity).
        assert (x <= nth i (centre n) 0 + r0 / 2 ^ n) by (apply B; intros a (m & ->); apply centres_close; assumption). lra.
    - exists l. intros n. apply in_box_of_nth; [rewrite centre_length; assumption|]. rewrite centre_length. intros i Hi.
      apply H. assumption.
  Qed.

  Lemma radius_small : forall delta, 0 < delta -> exists n, 2 * (r0 / 2 ^ n) <= delta.
  Proof.
    intros delta D. destruct (pow_lt_1_zero (/ 2) ltac:(rewrite Rabs_pos_eq; lra) (delta / (2 * r0 + 1))) as (n & H).
    - apply Rdiv_lt_0_compat; lra.
    - exists n. specialize (H n (le_n n)). rewrite Rabs_pos_eq, pow_inv in H by (apply pow_le; lra).
      assert (Q : 0 < / 2 ^ n) by (apply Rinv_0_lt_compat, pow_lt; lra). unfold Rdiv.
      apply Rle_trans with ((2 * r0 + 1) * / 2 ^ n); [nra|]. left. apply Rmult_lt_reg_r with (/ (2 * r0 + 1)).
      + apply Rinv_0_lt_compat. lra.
      + assert (2 * r0 + 1 <> 0) by (apply Rgt_not_eq; lra). assert (2 ^ n <> 0) by (apply pow_nonzero; lra).
        replace ((2 * r0 + 1) * / 2 ^ n * / (2 * r0 + 1)) with (/ 2 ^ n) by (field; split; assumption). exact H.
  Qed.

  (** Near the limit every box has a bound below [cap], so [f] and the constraints carry over to the limit. *)
  Theorem box_minimum : best_bound c0 r0 < cap ->
    exists l, in_box c0 r0 l /\ admissible l /\ forall v, in_box c0 r0 v -> admissible v -> f l <= f v.
  Proof.
    intros Hc. destruct limit_exists as (l & Hl). exists l.
    assert (I0 : in_box c0 r0 l) by (specialize (Hl 0%nat); simpl in Hl; replace (r0 / 1) with r0 in Hl by field; assumption).
    split; [assumption|]. split.
    - apply Forall_forall. intros g Hg. apply Rnot_lt_le. intros N. pose proof constraints_continuous as CC.
      rewrite Forall_forall in CC.
      destruct (CC g Hg l (- g l / 2)) as (delta & D & K); [lra|]. destruct (radius_small delta D) as (n & Rn).
      assert (B : cap <= best_bound (centre n) (r0 / 2 ^ n)).
      { apply best_bound_upper. split; [lra|]. intros v Iv Av. exfalso. unfold admissible in Av. rewrite Forall_forall in Av.
        specialize (Av g Hg).
        specialize (K v (in_box_weaken _ _ _ _ Rn (in_box_two _ _ _ _ (Hl n) Iv))). rewrite Rabs_le_iff in K. lra. }
      pose proof (centre_bound n). lra.
    - intros v Iv Av. apply Rle_trans with (best_bound c0 r0); [|apply best_bound_below; assumption]. apply Rnot_lt_le. intros N.
      destruct (f_continuous l ((f l - best_bound c0 r0) / 2)) as (delta & D & K); [lra|].
      destruct (radius_small delta D) as (n & Rn).
      set (e := (f l - best_bound c0 r0) / 2) in *.
      assert (B : Rmin cap (f l - e) <= best_bound (centre n) (r0 / 2 ^ n)).
      { apply best_bound_upper. split; [apply Rmin_l|]. intros u Iu Au. apply Rle_trans with (1 := Rmin_r _ _).
        specialize (K u (in_box_weaken _ _ _ _ Rn (in_box_two _ _ _ _ (Hl n) Iu))). rewrite Rabs_le_iff in K. lra. }
      pose proof (centre_bound n). assert (best_bound c0 r0 < Rmin cap (f l - e)); [|lra]. apply Rmin_glb_lt; unfold e; lra.
  Qed.
End Minimum.
