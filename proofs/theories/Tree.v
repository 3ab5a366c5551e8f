(** * The checker of a tree, and its soundness

    A tree proves that [l.u + sum_h k_h (n_h.u)+ <= b |u|] for all [u] (CERTIFICATE.md, "Trees"), where [|u|] leaves out the first
    [free] entries of [u]: a vector bounds something only if its own first [free] entries vanish. The numbers are whole: normals
    are multiples of [1/grid], kinks of [1/scale], the vector [base] of [1/(grid scale)], and bounds of [2^-64]. What is sparse in
    the certificate costs only what it lists: the slack of all undecided walls is kept as a running sum. *)

From Coq Require Import ZArith Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Trie Numbers.
Import ListNotations.

(** Walls are named by the number of their first row, counted from 1. The multipliers [rho] of decided walls and the slopes of
    undecided ones are whole numbers over [common]. To tighten is to claim a new [bound], a multiple of [2^-64]. *)
Inductive tree (t : Type) : Type :=
| Split (h : positive) (on off : tree t)
| Tighten (h : positive) (upper : bool) (bound : t) (common : t) (rho : list (positive * t)) (rest : tree t)
| Leaf (common : t) (rho slope : list (positive * t)).
Arguments Split {t}.
Arguments Tighten {t}.
Arguments Leaf {t}.

Module Checker (A : NUMBERS).

  (** The bounds [hi] and [lo] may be unknown; then the kink itself stands for its product with the bound: it has its sign. *)
  Record wall := Wall { normal : list A.t; kink : A.t; hi : option A.t; lo : option A.t; kink_hi : A.t; kink_lo : A.t }.

  (** The normals of decided walls with their signs, the undecided walls, [base], and two sums over the undecided: that of
      [max 0 (k hi)], and that of [max 0 k] over those without [hi]. *)
  Record state := State { sides : trie (list A.t); open : trie wall; base : list A.t; slack : A.t; loose : A.t }.

  Definition zero := A.ofZ 0.
  Definition one := A.ofZ 1.
  Definition positive_part (x : A.t) : A.t := if A.leb x zero then zero else x.
  Definition larger (x y : A.t) : A.t := if A.leb x y then y else x.
  Definition is_zero (x : A.t) : bool := A.leb x zero && A.leb zero x.
  Definition is_positive (x : A.t) : bool := negb (A.leb x zero).

  (** [acc + c v] *)
  Fixpoint add_multiple (c : A.t) (v acc : list A.t) : list A.t :=
    match v, acc with
    | a :: v', e :: acc' => A.add e (A.mul c a) :: add_multiple c v' acc'
    | [], _ => acc
    | a :: v', [] => A.mul c a :: add_multiple c v' []
    end.

  Definition multiple (c : A.t) (v : list A.t) : list A.t := map (A.mul c) v.

  Fixpoint square (v : list A.t) : A.t :=
    match v with
    | a :: v' => A.add (A.mul a a) (square v')
    | [] => zero
    end.

  (** [acc + sum rho_j sigma_j n_j] over decided walls, with non-negative multipliers. *)
  Fixpoint combine_sides (m : trie (list A.t)) (rho : list (positive * A.t)) (acc : list A.t) : option (list A.t) :=
    match rho with
    | [] => Some acc
    | (h, r) :: rho' =>
        match find h m with
        | Some v => if A.leb zero r then combine_sides m rho' (add_multiple r v acc) else None
        | None => None
        end
    end.

  Definition load_of (w : wall) : A.t := match hi w with Some _ => positive_part (kink_hi w) | None => zero end.
  Definition loose_of (w : wall) : A.t := match hi w with Some _ => zero | None => positive_part (kink_hi w) end.

  Definition decide (st : state) (h : positive) (w : wall) (on : bool) : state :=
    State
      (set h (Some (if on then normal w else multiple (A.ofZ (-1)) (normal w))) (sides st))
      (set h None (open st))
      (if on then add_multiple (kink w) (normal w) (base st) else base st)
      (A.sub (slack st) (load_of w))
      (A.sub (loose st) (loose_of w)).

  Definition with_hi (w : wall) (x : A.t) : wall := Wall (normal w) (kink w) (Some x) (lo w) (A.mul (kink w) x) (kink_lo w).
  Definition with_lo (w : wall) (x : A.t) : wall := Wall (normal w) (kink w) (hi w) (Some x) (kink_hi w) (A.mul (kink w) x).

  Definition replace (st : state) (h : positive) (old new : wall) : state :=
    State (sides st) (set h (Some new) (open st)) (base st)
      (A.add (A.sub (slack st) (load_of old)) (load_of new))
      (A.add (A.sub (loose st) (loose_of old)) (loose_of new)).

  (** Walls, kinks, penalty [over / under] and free entries; see the top of the file. *)
  Record setting := Setting { grid : A.t; scale : A.t; over : A.t; under : A.t; free : nat }.

  Definition unit_64 : A.t := A.ofZ (2 ^ 64).

  (** The first [e] entries vanish. *)
  Definition vanishes (e : nat) (v : list A.t) : bool := forallb is_zero (firstn e v).

  (** [|v| / m <= r], where [r] counts multiples of [2^-64]. *)
  Definition bounds_norm (e : nat) (v : list A.t) (m r : A.t) : bool :=
    let right := A.mul r m in
    A.leb zero r && vanishes e v && A.leb (A.mul (A.mul unit_64 unit_64) (square (skipn e v))) (A.mul right right).

  Definition no_better (old : option A.t) (r : A.t) : bool := match old with Some x => A.leb x r | None => false end.

  Section Check.
  Variable S : setting.

  (** Improve one bound of one wall; an exact 0 decides the wall. *)
  Definition tighten (st : state) (h : positive) (w : wall) (upper : bool) (r c : A.t) (rho : list (positive * A.t)) : option state :=
    let start := multiple (if upper then c else A.sub zero c) (normal w) in
    if is_positive c then
      match combine_sides (sides st) rho start with
      | None => None
      | Some v =>
          if forallb is_zero v then Some (decide st h w (negb upper))
          else if bounds_norm (free S) v (A.mul c (grid S)) r then
            if no_better (if upper then hi w else lo w) r then Some st else Some (replace st h w (if upper then with_hi w r else with_lo w r))
          else None
      end
    else None.

  (** Without a bound [x] must not be positive. *)
  Definition covered (bound : option A.t) (x : A.t) : bool := match bound with Some _ => true | None => A.leb x zero end.

  (** Give each listed wall its slope; the result is the vector [v], the walls that are left, their slack, that of the others, and
      what is left without a bound. *)
  Fixpoint slopes (c : A.t) (slope : list (positive * A.t)) (v : list A.t) (left : trie wall) (rest extra loose : A.t)
    : option (list A.t * trie wall * A.t * A.t * A.t) :=
    match slope with
    | [] => Some (v, left, rest, extra, loose)
    | (h, f) :: slope' =>
        match find h left with
        | None => None
        | Some w =>
            let high := A.mul (A.sub c f) (kink_hi w) in
            let low := A.mul f (kink_lo w) in
            if (covered (hi w) high && covered (lo w) low)%bool then
              slopes c slope' (add_multiple (A.mul f (kink w)) (normal w) v) (set h None left)
                (A.sub rest (load_of w)) (A.add extra (positive_part (larger high low))) (A.sub loose (loose_of w))
            else None
        end
    end.

  (** [|v| + e <= b] for a leaf with the vector [v] and the slack [e], both over [c]. *)
  Definition small (c : A.t) (v : list A.t) (e : A.t) : bool :=
    let room := A.sub (A.mul (A.mul c (A.mul (over S) (scale S))) unit_64) (A.mul (under S) e) in
    let bound := A.mul room (grid S) in
    let factor := A.mul (under S) unit_64 in
    A.leb zero room && vanishes (free S) v && A.leb (A.mul (square (skipn (free S) v)) (A.mul factor factor)) (A.mul bound bound).

  Definition leaf (st : state) (c : A.t) (rho slope : list (positive * A.t)) : bool :=
    is_positive c &&
    match combine_sides (sides st) rho [] with
    | None => false
    | Some v =>
        match slopes c slope (add_multiple (scale S) v (multiple c (base st))) (open st) (slack st) zero (loose st) with
        | None => false
        | Some (v', _, rest, extra, without) => A.leb without zero && small c v' (A.add (A.mul c rest) extra)
        end
    end.

  Fixpoint check (T : tree A.t) (st : state) : bool :=
    match T with
    | Split h on off =>
        match find h (open st) with
        | Some w => check on (decide st h w true) && check off (decide st h w false)
        | None => false
        end
    | Tighten h upper r c rho rest =>
        match find h (open st) with
        | Some w =>
            match tighten st h w upper r c rho with
            | Some st' => check rest st'
            | None => false
            end
        | None => false
        end
    | Leaf c rho slope => leaf st c rho slope
    end.
  End Check.

  (** ** Soundness *)

  Open Scope R_scope.
  Definition val (x : A.t) : R := IZR (A.toZ x).
  Definition vals (v : list A.t) : vector := map val v.

  Lemma val_ofZ : forall z, val (A.ofZ z) = IZR z.
  Proof. intros. unfold val. rewrite A.toZ_ofZ. reflexivity. Qed.
  Lemma val_add : forall x y, val (A.add x y) = val x + val y.
  Proof. intros. unfold val. rewrite A.toZ_add. apply plus_IZR. Qed.
  Lemma val_sub : forall x y, val (A.sub x y) = val x - val y.
  Proof. intros. unfold val. rewrite A.toZ_sub. apply minus_IZR. Qed.
  Lemma val_mul : forall x y, val (A.mul x y) = val x * val y.
  Proof. intros. unfold val. rewrite A.toZ_mul. apply mult_IZR. Qed.
  Lemma val_zero : val zero = 0.
  Proof. apply val_ofZ. Qed.

  Lemma leb_true : forall x y, A.leb x y = true -> val x <= val y.
  Proof. intros x y H. rewrite A.leb_toZ in H. apply Z.leb_le in H. apply IZR_le. assumption. Qed.
  Lemma leb_false : forall x y, A.leb x y = false -> val y < val x.
  Proof. intros x y H. rewrite A.leb_toZ in H. apply Z.leb_gt in H. apply IZR_lt. assumption. Qed.

  Lemma is_positive_true : forall x, is_positive x = true -> 0 < val x.
  Proof.
    unfold is_positive. intros x H. rewrite <- val_zero. apply leb_false. destruct (A.leb x zero); [discriminate|reflexivity].
  Qed.
  Lemma is_zero_true : forall x, is_zero x = true -> val x = 0.
  Proof.
    unfold is_zero. intros x H. apply andb_prop in H as [H1 H2]. apply leb_true in H1, H2. rewrite val_zero in *. lra.
  Qed.
  Lemma val_positive_part : forall x, val (positive_part x) = Rmax 0 (val x).
  Proof.
    intros. unfold positive_part. destruct (A.leb x zero) eqn:E; [apply leb_true in E|apply leb_false in E];
      rewrite val_zero in *; symmetry; [apply Rmax_left|apply Rmax_right]; lra.
  Qed.
  Lemma val_larger : forall x y, val x <= val (larger x y) /\ val y <= val (larger x y).
  Proof. intros. unfold larger. destruct (A.leb x y) eqn:E; [apply leb_true in E|apply leb_false in E]; lra. Qed.

  Lemma dot_vals_add_multiple : forall c v acc u,
    dot (vals (add_multiple c v acc)) u = dot (vals acc) u + val c * dot (vals v) u.
  Proof.
    induction v as [|a v IH]; intros acc u; simpl; [ring|].
    destruct acc as [|e acc], u as [|x u]; simpl; try ring; rewrite IH; simpl; rewrite ?val_add, !val_mul; ring.
  Qed.

  Lemma dot_vals_multiple : forall c v u, dot (vals (multiple c v)) u = val c * dot (vals v) u.
  Proof.
    induction v as [|a v IH]; intros [|x u]; simpl; try ring.
    change (map val (map (A.mul c) v)) with (vals (multiple c v)). rewrite IH, val_mul. unfold vals. ring.
  Qed.

  Lemma val_square : forall v, val (square v) = dot (vals v) (vals v).
  Proof. induction v as [|a v IH]; simpl; [apply val_zero|]. rewrite val_add, val_mul, IH. reflexivity. Qed.

  Lemma dot_vals_zero : forall v u, forallb is_zero v = true -> dot (vals v) u = 0.
  Proof.
    induction v as [|a v IH]; intros [|x u] H; simpl in *; try reflexivity.
    apply andb_prop in H as [H1 H2]. rewrite (is_zero_true _ H1). change (map val v) with (vals v). rewrite IH by assumption. ring.
  Qed.

  Lemma val_unit_64 : val unit_64 = 2 ^ 64.
  Proof. unfold unit_64. rewrite val_ofZ, (pow_IZR 2 64). reflexivity. Qed.

  Lemma dot_vals_vanishes : forall e v u, vanishes e v = true -> dot (vals v) u = dot (vals (skipn e v)) (skipn e u).
  Proof.
    unfold vanishes. induction e as [|e IH]; intros [|a v] u H; try reflexivity.
    cbn [firstn forallb] in H. apply andb_prop in H as [H1 H2]. destruct u as [|x u]; cbn [skipn]; [rewrite !dot_nil_r; reflexivity|].
    simpl. rewrite (is_zero_true _ H1). change (map val v) with (vals v). rewrite (IH v u H2). ring.
  Qed.

  Lemma norm_le : forall v m r u, 0 < val m -> 0 <= val r ->
    (2 ^ 64 * 2 ^ 64) * dot (vals v) (vals v) <= (val r * val m) * (val r * val m) ->
    dot (vals v) u * 2 ^ 64 <= val r * val m * norm u.
  Proof.
    intros v m r u Hm Hr H. set (P := 2 ^ 64) in *.
    rewrite Rmult_comm, <- dot_scale_l. apply dot_le_norm; [nra|]. rewrite dot_scale_l, dot_scale_r. nra.
  Qed.

  Lemma norm_up_sound : forall e v m u, vanishes e v = true -> 0 < val m ->
    dot (vals v) u * 2 ^ 64 <= val (A.norm_up (square (skipn e v)) m) * val m * norm (skipn e u).
  Proof.
    intros e v m u H Hm. rewrite (dot_vals_vanishes e v u H). generalize (skipn e v), (skipn e u). clear v u H. intros v u.
    assert (Hm' : (0 < A.toZ m)%Z) by (apply lt_IZR; exact Hm).
    assert (Hs : (0 <= A.toZ (square v))%Z).
    { apply le_IZR. change (0 <= val (square v)). rewrite val_square. apply dot_self_nonneg. }
    pose proof (A.norm_up_nonneg _ _ Hs Hm') as H0. pose proof (A.norm_up_bound _ _ Hs Hm') as H1.
    apply IZR_le in H0, H1. rewrite !mult_IZR in H1. apply norm_le; [assumption|exact H0|].
    rewrite <- val_square. unfold val at 1. replace (2 ^ 64 * 2 ^ 64) with (IZR (2 ^ 128)); [unfold val; lra|].
    rewrite (pow_IZR 2 64), <- mult_IZR. reflexivity.
  Qed.

  Lemma bounds_norm_sound : forall e v m r u, 0 < val m -> bounds_norm e v m r = true ->
    dot (vals v) u * 2 ^ 64 <= val r * val m * norm (skipn e u).
  Proof.
    unfold bounds_norm. intros e v m r u Hm H. apply andb_prop in H as [H H1]. apply andb_prop in H as [H0 He].
    rewrite (dot_vals_vanishes e v u He). apply leb_true in H0, H1.
    rewrite val_zero in H0. rewrite !val_mul, val_unit_64, val_square in H1. apply norm_le; assumption.
  Qed.

  Section Sound.
  Variable S : setting.
  Variable u : vector.
  Variable phi : R.  (* the value of the function at [u], times grid times scale *)
  Hypothesis grid_positive : 0 < val (grid S).
  Hypothesis under_positive : 0 < val (under S).

  (** The norm of the entries of [u] that are not free. *)
  Definition size : R := norm (skipn (free S) u).

  Definition share (w : wall) : R := val (kink w) * relu (dot (vals (normal w)) u).

  Definition load (w : wall) : R := val (load_of w).
  Definition unbounded (w : wall) : R := val (loose_of w).

  (** [t <= hi |u|], and what stands for the product of the kink and this bound. *)
  Definition bound_ok (t k : R) (bound : option A.t) (product : A.t) : Prop :=
    match bound with
    | Some r => t * 2 ^ 64 <= val (grid S) * val r * size /\ val product = k * val r
    | None => val product = k
    end.

  Definition wall_ok (w : wall) : Prop :=
    bound_ok (dot (vals (normal w)) u) (val (kink w)) (hi w) (kink_hi w) /\
    bound_ok (- dot (vals (normal w)) u) (val (kink w)) (lo w) (kink_lo w).

  Definition in_cone (m : trie (list A.t)) : Prop := forall h v, find h m = Some v -> 0 <= dot (vals v) u.
  Definition walls_ok (m : trie wall) : Prop := forall h w, find h m = Some w -> wall_ok w.

  Record valid (st : state) : Prop := Valid {
    valid_sides : in_cone (sides st);
    valid_walls : walls_ok (open st);
    valid_value : phi <= dot (vals (base st)) u + sum share (open st);
    valid_slack : val (slack st) = sum load (open st);
    valid_loose : val (loose st) = sum unbounded (open st) }.

  Lemma combine_sides_sound : forall m rho acc v, in_cone m -> combine_sides m rho acc = Some v ->
    dot (vals acc) u <= dot (vals v) u.
  Proof.
    intros m. induction rho as [|[h r] rho IH]; intros acc v Hm H; simpl in H; [injection H as ->; lra|].
    destruct (find h m) as [n|] eqn:E; [|discriminate]. destruct (A.leb zero r) eqn:Er; [|discriminate].
    apply leb_true in Er. rewrite val_zero in Er. apply IH in H; [|assumption]. rewrite dot_vals_add_multiple in H.
    pose proof (Hm _ _ E). nra.
  Qed.

  Lemma walls_ok_forget : forall m h, walls_ok m -> walls_ok (set h None m).
  Proof. intros m h H k w E. apply find_set in E as [[_ E]|E]; [discriminate|]. apply (H k); assumption. Qed.

  Lemma decide_valid : forall st h w (on : bool), valid st -> find h (open st) = Some w ->
    (if on then 0 <= dot (vals (normal w)) u else dot (vals (normal w)) u <= 0) -> valid (decide st h w on).
  Proof.
    intros st h w on [H1 H2 H3 H4 H5] E Hside. unfold decide. split; simpl.
    - intros k v Ek. apply find_set in Ek as [[_ Ek]|Ek]; [|apply (H1 k); assumption].
      injection Ek as <-. destruct on; [assumption|]. rewrite dot_vals_multiple, val_ofZ. lra.
    - apply walls_ok_forget. assumption.
    - rewrite (sum_forget share _ _ _ E) in H3. unfold share at 1 in H3. destruct on.
      + rewrite dot_vals_add_multiple. rewrite relu_pos in H3 by assumption. lra.
      + rewrite relu_neg in H3 by assumption. lra.
    - rewrite val_sub, H4, (sum_forget load _ _ _ E). unfold load. lra.
    - rewrite val_sub, H5, (sum_forget unbounded _ _ _ E). unfold unbounded. lra.
  Qed.

  Lemma replace_valid : forall st h old new, valid st -> find h (open st) = Some old ->
    normal new = normal old -> kink new = kink old -> wall_ok new -> valid (replace st h old new).
  Proof.
    intros st h old new [H1 H2 H3 H4 H5] E Hn Hk Hok. unfold replace. split; simpl.
    - assumption.
    - intros k w Ek. apply find_set in Ek as [[_ Ek]|Ek]; [congruence|]. apply (H2 k); assumption.
    - rewrite sum_set, E. simpl. replace (share new) with (share old) by (unfold share; rewrite Hn, Hk; reflexivity). lra.
    - rewrite val_add, val_sub, H4, sum_set, E. simpl. unfold load. lra.
    - rewrite val_add, val_sub, H5, sum_set, E. simpl. unfold unbounded. lra.
  Qed.

  Lemma tighten_valid : forall st h w upper r c rho st', valid st -> find h (open st) = Some w ->
    tighten S st h w upper r c rho = Some st' -> valid st'.
  Proof.
    intros st h w upper r c rho st' H E. unfold tighten. destruct (is_positive c) eqn:Ec; [|discriminate].
    apply is_positive_true in Ec. destruct (combine_sides _ _ _) as [v|] eqn:Ev; [|discriminate].
    apply combine_sides_sound in Ev; [|apply (valid_sides _ H)]. rewrite dot_vals_multiple in Ev.
    destruct (forallb is_zero v) eqn:Ez.
    - intros [= <-]. rewrite (dot_vals_zero v u Ez) in Ev. apply decide_valid; try assumption.
      destruct upper; simpl; rewrite ?val_sub, ?val_zero in Ev; nra.
    - assert (Hm : 0 < val (A.mul c (grid S))) by (rewrite val_mul; nra).
      destruct (bounds_norm (free S) v (A.mul c (grid S)) r) eqn:Hr; [|discriminate].
      apply (bounds_norm_sound _ v _ r u Hm) in Hr. rewrite val_mul in Hr. fold size in Hr.
      destruct (no_better _ r); [intros [= <-]; assumption|].
      intros [= <-]. destruct (valid_walls _ H _ _ E) as (Hhi & Hlo).
      assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
      apply (Rmult_le_compat_r P) in Ev; [|lra].
      destruct upper; apply replace_valid; try assumption; try reflexivity; unfold wall_ok; cbn [with_hi with_lo normal kink hi lo kink_hi kink_lo];
        split; try assumption; split; try apply val_mul; fold P; rewrite ?val_sub, ?val_zero in Ev;
        apply Rmult_le_reg_l with (1 := Ec); lra.
  Qed.

  (** A wall below its slope: [k (t)+ <= f k t + max 0 ((1 - f) k hi) (f k lo) |u|], everything times [c]. *)
  Lemma share_le_slope : forall w c f e, wall_ok w ->
    (c - f) * val (kink_hi w) <= e -> f * val (kink_lo w) <= e -> 0 <= e ->
    (hi w = None -> (c - f) * val (kink_hi w) <= 0) -> (lo w = None -> f * val (kink_lo w) <= 0) ->
    c * share w * 2 ^ 64 <= f * val (kink w) * dot (vals (normal w)) u * 2 ^ 64 + e * val (grid S) * size.
  Proof.
    intros w c f e (Hhi & Hlo) H1 H2 H0 N1 N2. unfold share.
    pose proof (norm_nonneg (skipn (free S) u)) as HN. fold size in HN.
    assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). unfold bound_ok in *. set (P := 2 ^ 64) in *.
    set (t := dot (vals (normal w)) u) in *. set (k := val (kink w)) in *. set (g := val (grid S)) in *.
    assert (HgN : 0 <= g * size) by nra.
    destruct (relu_cases t) as [[Ht ->]|[Ht ->]].
    - assert ((c - f) * k * (t * P) <= e * (g * size)); [|nra].
      destruct (Rle_or_lt ((c - f) * k) 0) as [Hk|Hk]; [assert (0 <= t * P) by nra; nra|].
      destruct (hi w) as [r|]; [|rewrite Hhi in N1; specialize (N1 eq_refl); lra]. destruct Hhi as [Hhi Hkh]. rewrite Hkh in H1.
      apply Rle_trans with ((c - f) * k * (g * val r * size)); [apply Rmult_le_compat_l; lra|]. nra.
    - assert (f * k * (- t * P) <= e * (g * size)); [|nra].
      destruct (Rle_or_lt (f * k) 0) as [Hk|Hk]; [assert (0 <= - t * P) by nra; nra|].
      destruct (lo w) as [r|]; [|rewrite Hlo in N2; specialize (N2 eq_refl); lra]. destruct Hlo as [Hlo Hkl]. rewrite Hkl in H2.
      apply Rle_trans with (f * k * (g * val r * size)); [apply Rmult_le_compat_l; lra|]. nra.
  Qed.

  Lemma unbounded_nonneg : forall w, 0 <= unbounded w.
  Proof.
    intros w. unfold unbounded, loose_of. destruct (hi w); [rewrite val_zero; lra|]. rewrite val_positive_part. apply Rmax_l.
  Qed.

  (** The walls that no slope names. *)
  Lemma shares_le_slack : forall m, walls_ok m -> sum unbounded m <= 0 ->
    sum share m * 2 ^ 64 <= sum load m * (val (grid S) * size).
  Proof.
    intros m Hm Hsum. rewrite <- !sum_scale. apply sum_le. intros h w E. pose proof (Hm _ _ E) as Hw.
    assert (Hn : unbounded w <= 0).
    { rewrite (sum_forget unbounded _ _ _ E) in Hsum.
      pose proof (sum_nonneg _ unbounded (set h None m) (fun _ v _ => unbounded_nonneg v)). lra. }
    unfold load, unbounded, load_of, loose_of in *. destruct (hi w) as [r|] eqn:Eh; rewrite ?val_positive_part in *.
    - pose proof (Rmax_l 0 (val (kink_hi w))). pose proof (Rmax_r 0 (val (kink_hi w))).
      pose proof (share_le_slope w 1 0 (Rmax 0 (val (kink_hi w))) Hw) as H1. rewrite Eh in H1.
      specialize (H1 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(discriminate) ltac:(lra)). lra.
    - pose proof (Rmax_r 0 (val (kink_hi w))).
      pose proof (share_le_slope w 1 0 0 Hw ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)) as H1. rewrite val_zero. lra.
  Qed.

  Lemma covered_true : forall bound x, covered bound x = true -> bound = None -> val x <= 0.
  Proof. intros bound x H ->. apply leb_true in H. rewrite val_zero in H. assumption. Qed.

  Lemma slopes_sound : forall c slope v left rest extra without v' left' rest' extra' without', walls_ok left ->
    slopes c slope v left rest extra without = Some (v', left', rest', extra', without') ->
    val rest = sum load left -> val without = sum unbounded left ->
    (dot (vals v) u + val c * sum share left) * 2 ^ 64 + val extra * (val (grid S) * size)
    <= (dot (vals v') u + val c * sum share left') * 2 ^ 64 + val extra' * (val (grid S) * size) /\
    walls_ok left' /\ val rest' = sum load left' /\ val without' = sum unbounded left'.
  Proof.
    intros c. induction slope as [|[h f] slope IH]; intros v left rest extra without v' left' rest' extra' without' Hok H Hrest Hwithout; simpl in H.
    - injection H as -> -> -> -> ->. split; [lra|]. auto.
    - destruct (find h left) as [w|] eqn:E; [|discriminate]. pose proof (Hok _ _ E) as Hw.
      set (high := A.mul (A.sub c f) (kink_hi w)) in *. set (low := A.mul f (kink_lo w)) in *.
      destruct (covered (hi w) high && covered (lo w) low)%bool eqn:Ec; [|discriminate]. apply andb_prop in Ec as [Ch Cl].
      apply IH in H as (H & Hok' & Hrest' & Hwithout').
      + split; [|auto]. apply Rle_trans with (2 := H). rewrite dot_vals_add_multiple, !val_mul, val_add, val_positive_part.
        rewrite (sum_forget share _ _ _ E). destruct (val_larger high low) as [Hh Hl].
        pose proof (Rmax_l 0 (val (larger high low))). pose proof (Rmax_r 0 (val (larger high low))).
        pose proof (share_le_slope w (val c) (val f) (Rmax 0 (val (larger high low))) Hw) as Hslope.
        pose proof (covered_true _ _ Ch) as Nh. pose proof (covered_true _ _ Cl) as Nl.
        unfold high, low in *. rewrite val_mul, val_sub in Hh, Nh. rewrite val_mul in Hl, Nl.
        specialize (Hslope ltac:(lra) ltac:(lra) ltac:(lra) Nh Nl). lra.
      + apply walls_ok_forget. assumption.
      + rewrite val_sub, Hrest, (sum_forget load _ _ _ E). unfold load. lra.
      + rewrite val_sub, Hwithout, (sum_forget unbounded _ _ _ E). unfold unbounded. lra.
  Qed.

  (** What the tree is to prove: [function u <= b |u|], times grid, scale and the denominator of [b]. *)
  Definition goal : Prop := val (under S) * phi <= val (grid S) * val (scale S) * val (over S) * size.

  Hypothesis scale_nonneg : 0 <= val (scale S).

  Lemma small_sound : forall c v e, 0 < val c -> small S c v e = true ->
    val c * phi * 2 ^ 64 <= dot (vals v) u * 2 ^ 64 + val e * (val (grid S) * size) -> goal.
  Proof.
    intros c v e Hc H Hphi. unfold small in H. apply andb_prop in H as [Hroom H]. apply andb_prop in Hroom as [Hroom Hfree].
    apply leb_true in Hroom, H. rewrite (dot_vals_vanishes _ v u Hfree) in Hphi.
    rewrite ?val_mul, ?val_sub, ?val_mul, ?val_unit_64, ?val_zero, val_square in *.
    unfold goal. pose proof (norm_nonneg (skipn (free S) u)) as HN. fold size in HN. assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
    set (room := val c * (val (over S) * val (scale S)) * P - val (under S) * val e) in *.
    set (v' := skipn (free S) v) in *.
    assert (Hv : dot (vscale (val (under S) * P) (vals v')) (skipn (free S) u) <= room * val (grid S) * size).
    { apply dot_le_norm; [nra|]. rewrite dot_scale_l, dot_scale_r. nra. }
    rewrite dot_scale_l in Hv. apply Rmult_le_reg_l with (val c * P); [nra|].
    apply Rle_trans with (val (under S) * (dot (vals v') (skipn (free S) u) * P + val e * (val (grid S) * size))).
    - replace (val c * P * (val (under S) * phi)) with (val (under S) * (val c * phi * P)) by ring.
      apply Rmult_le_compat_l; lra.
    - unfold room in Hv. nra.
  Qed.

  Lemma leaf_sound : forall st c rho slope, valid st -> leaf S st c rho slope = true -> goal.
  Proof.
    intros st c rho slope [H1 H2 H3 H4 H5] H. unfold leaf in H. apply andb_prop in H as [Hc H]. apply is_positive_true in Hc.
    destruct (combine_sides _ _ _) as [v|] eqn:Ev; [|discriminate]. apply combine_sides_sound in Ev; [|assumption]. simpl in Ev.
    destruct (slopes _ _ _ _ _ _ _) as [[[[[v' left'] rest'] extra'] without']|] eqn:Es; [|discriminate].
    apply slopes_sound in Es as (Hs & Hok & Hrest & Hwithout); try assumption. apply andb_prop in H as [H0 H]. apply leb_true in H0.
    rewrite val_zero in H0. apply small_sound in H; try assumption. pose proof (shares_le_slack left' Hok ltac:(lra)) as Hleft. rewrite <- Hrest in Hleft.
    rewrite dot_vals_add_multiple, dot_vals_multiple, val_zero in Hs. rewrite val_add, val_mul.
    assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
    assert (Hv : 0 <= val (scale S) * dot (vals v) u * P) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
    assert (Hphi : val c * phi * P <= val c * (dot (vals (base st)) u + sum share (open st)) * P).
    { apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_l; lra. }
    assert (Hl : val c * (sum share left' * P) <= val c * (val rest' * (val (grid S) * size))) by (apply Rmult_le_compat_l; lra).
    lra.
  Qed.

  Theorem check_sound : forall T st, valid st -> check S T st = true -> goal.
  Proof.
    induction T as [h on IHon off IHoff|h upper r c rho rest IH|c rho slope]; intros st Hst H; simpl in H.
    - destruct (find h (open st)) as [w|] eqn:E; [|discriminate]. apply andb_prop in H as [Hon Hoff].
      destruct (Rle_or_lt 0 (dot (vals (normal w)) u)) as [Ht|Ht].
      + apply (IHon (decide st h w true)); [apply decide_valid; assumption|assumption].
      + apply (IHoff (decide st h w false)); [apply decide_valid; try assumption; lra|assumption].
    - destruct (find h (open st)) as [w|] eqn:E; [|discriminate].
      destruct (tighten S st h w upper r c rho) as [st'|] eqn:Et; [|discriminate].
      apply (IH st'); [|assumption]. apply (tighten_valid _ _ _ _ _ _ _ _ Hst E Et).
    - apply (leaf_sound _ _ _ _ Hst H).
  Qed.
  End Sound.
End Checker.
