(** * The checker of a tree, and its soundness

    A tree proves that [l.u + sum_h k_h (n_h.u)+ <= b |u|] for all [u] (CERTIFICATE.md, "Trees"). The numbers are whole: normals
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

  Record wall := Wall { normal : list A.t; kink : A.t; hi : A.t; lo : A.t; kink_hi : A.t; kink_lo : A.t }.

  (** The normals of decided walls with their signs, the undecided walls, [base], and the sum of [max 0 (k hi)] of the undecided. *)
  Record state := State { sides : trie (list A.t); open : trie wall; base : list A.t; slack : A.t }.

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

  Definition decide (st : state) (h : positive) (w : wall) (on : bool) : state :=
    State
      (set h (Some (if on then normal w else multiple (A.ofZ (-1)) (normal w))) (sides st))
      (set h None (open st))
      (if on then add_multiple (kink w) (normal w) (base st) else base st)
      (A.sub (slack st) (positive_part (kink_hi w))).

  Definition with_hi (w : wall) (x : A.t) : wall := Wall (normal w) (kink w) x (lo w) (A.mul (kink w) x) (kink_lo w).
  Definition with_lo (w : wall) (x : A.t) : wall := Wall (normal w) (kink w) (hi w) x (kink_hi w) (A.mul (kink w) x).

  Definition replace (st : state) (h : positive) (old new : wall) : state :=
    State (sides st) (set h (Some new) (open st)) (base st)
      (A.add (A.sub (slack st) (positive_part (kink_hi old))) (positive_part (kink_hi new))).

  (** Walls, kinks and penalty [over / under]; see the top of the file. *)
  Record setting := Setting { grid : A.t; scale : A.t; over : A.t; under : A.t }.

  Definition unit_64 : A.t := A.ofZ (2 ^ 64).

  (** [|v| / m <= r], where [r] counts multiples of [2^-64]. *)
  Definition bounds_norm (v : list A.t) (m r : A.t) : bool :=
    let right := A.mul r m in
    A.leb zero r && A.leb (A.mul (A.mul unit_64 unit_64) (square v)) (A.mul right right).

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
          else if bounds_norm v (A.mul c (grid S)) r then
            let old := if upper then hi w else lo w in
            if A.leb old r then Some st else Some (replace st h w (if upper then with_hi w r else with_lo w r))
          else None
      end
    else None.

  (** Give each listed wall its slope; the result is the vector [v], the walls that are left, their slack and that of the others. *)
  Fixpoint slopes (c : A.t) (slope : list (positive * A.t)) (v : list A.t) (left : trie wall) (rest extra : A.t)
    : option (list A.t * trie wall * A.t * A.t) :=
    match slope with
    | [] => Some (v, left, rest, extra)
    | (h, f) :: slope' =>
        match find h left with
        | None => None
        | Some w =>
            let high := A.mul (A.sub c f) (kink_hi w) in
            let low := A.mul f (kink_lo w) in
            slopes c slope' (add_multiple (A.mul f (kink w)) (normal w) v) (set h None left)
              (A.sub rest (positive_part (kink_hi w))) (A.add extra (positive_part (larger high low)))
        end
    end.

  (** [|v| + e <= b] for a leaf with the vector [v] and the slack [e], both over [c]. *)
  Definition small (c : A.t) (v : list A.t) (e : A.t) : bool :=
    let room := A.sub (A.mul (A.mul c (A.mul (over S) (scale S))) unit_64) (A.mul (under S) e) in
    let bound := A.mul room (grid S) in
    let factor := A.mul (under S) unit_64 in
    A.leb zero room && A.leb (A.mul (square v) (A.mul factor factor)) (A.mul bound bound).

  Definition leaf (st : state) (c : A.t) (rho slope : list (positive * A.t)) : bool :=
    is_positive c &&
    match combine_sides (sides st) rho [] with
    | None => false
    | Some v =>
        match slopes c slope (add_multiple (scale S) v (multiple c (base st))) (open st) (slack st) zero with
        | None => false
        | Some (v', _, rest, extra) => small c v' (A.add (A.mul c rest) extra)
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

  Lemma norm_le : forall v m r u, 0 < val m -> 0 <= val r ->
    (2 ^ 64 * 2 ^ 64) * dot (vals v) (vals v) <= (val r * val m) * (val r * val m) ->
    dot (vals v) u * 2 ^ 64 <= val r * val m * norm u.
  Proof.
    intros v m r u Hm Hr H. set (P := 2 ^ 64) in *.
    rewrite Rmult_comm, <- dot_scale_l. apply dot_le_norm; [nra|]. rewrite dot_scale_l, dot_scale_r. nra.
  Qed.

  Lemma norm_up_sound : forall v m u, 0 < val m ->
    dot (vals v) u * 2 ^ 64 <= val (A.norm_up (square v) m) * val m * norm u.
  Proof.
    intros v m u Hm. assert (Hm' : (0 < A.toZ m)%Z) by (apply lt_IZR; exact Hm).
    assert (Hs : (0 <= A.toZ (square v))%Z).
    { apply le_IZR. change (0 <= val (square v)). rewrite val_square. apply dot_self_nonneg. }
    pose proof (A.norm_up_nonneg _ _ Hs Hm') as H0. pose proof (A.norm_up_bound _ _ Hs Hm') as H1.
    apply IZR_le in H0, H1. rewrite !mult_IZR in H1. apply norm_le; [assumption|exact H0|].
    rewrite <- val_square. unfold val at 1. replace (2 ^ 64 * 2 ^ 64) with (IZR (2 ^ 128)); [unfold val; lra|].
    rewrite (pow_IZR 2 64), <- mult_IZR. reflexivity.
  Qed.

  Lemma bounds_norm_sound : forall v m r u, 0 < val m -> bounds_norm v m r = true ->
    dot (vals v) u * 2 ^ 64 <= val r * val m * norm u.
  Proof.
    unfold bounds_norm. intros v m r u Hm H. apply andb_prop in H as [H0 H1]. apply leb_true in H0, H1.
    rewrite val_zero in H0. rewrite !val_mul, val_unit_64, val_square in H1. apply norm_le; assumption.
  Qed.

  Section Sound.
  Variable S : setting.
  Variable u : vector.
  Variable phi : R.  (* the value of the function at [u], times grid times scale *)
  Hypothesis grid_positive : 0 < val (grid S).
  Hypothesis under_positive : 0 < val (under S).

  Definition share (w : wall) : R := val (kink w) * relu (dot (vals (normal w)) u).

  Definition load (w : wall) : R := Rmax 0 (val (kink_hi w)).

  Definition wall_ok (w : wall) : Prop :=
    dot (vals (normal w)) u * 2 ^ 64 <= val (grid S) * val (hi w) * norm u /\
    - dot (vals (normal w)) u * 2 ^ 64 <= val (grid S) * val (lo w) * norm u /\
    val (kink_hi w) = val (kink w) * val (hi w) /\ val (kink_lo w) = val (kink w) * val (lo w).

  Definition in_cone (m : trie (list A.t)) : Prop := forall h v, find h m = Some v -> 0 <= dot (vals v) u.
  Definition walls_ok (m : trie wall) : Prop := forall h w, find h m = Some w -> wall_ok w.

  Record valid (st : state) : Prop := Valid {
    valid_sides : in_cone (sides st);
    valid_walls : walls_ok (open st);
    valid_value : phi <= dot (vals (base st)) u + sum share (open st);
    valid_slack : val (slack st) = sum load (open st) }.

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
    intros st h w on [H1 H2 H3 H4] E Hside. unfold decide. split; simpl.
    - intros k v Ek. apply find_set in Ek as [[_ Ek]|Ek]; [|apply (H1 k); assumption].
      injection Ek as <-. destruct on; [assumption|]. rewrite dot_vals_multiple, val_ofZ. lra.
    - apply walls_ok_forget. assumption.
    - rewrite (sum_forget share _ _ _ E) in H3. unfold share at 1 in H3. destruct on.
      + rewrite dot_vals_add_multiple. rewrite relu_pos in H3 by assumption. lra.
      + rewrite relu_neg in H3 by assumption. lra.
    - rewrite val_sub, val_positive_part, H4, (sum_forget load _ _ _ E). unfold load. lra.
  Qed.

  Lemma replace_valid : forall st h old new, valid st -> find h (open st) = Some old ->
    normal new = normal old -> kink new = kink old -> wall_ok new -> valid (replace st h old new).
  Proof.
    intros st h old new [H1 H2 H3 H4] E Hn Hk Hok. unfold replace. split; simpl.
    - assumption.
    - intros k w Ek. apply find_set in Ek as [[_ Ek]|Ek]; [congruence|]. apply (H2 k); assumption.
    - rewrite sum_set, E. simpl. replace (share new) with (share old) by (unfold share; rewrite Hn, Hk; reflexivity). lra.
    - rewrite val_add, val_sub, !val_positive_part, H4, sum_set, E. simpl. unfold load. lra.
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
      destruct (bounds_norm v (A.mul c (grid S)) r) eqn:Hr; [|discriminate].
      apply (bounds_norm_sound v _ r u Hm) in Hr. rewrite val_mul in Hr. destruct (A.leb _ r); [intros [= <-]; assumption|].
      intros [= <-]. destruct (valid_walls _ H _ _ E) as (Hhi & Hlo & Hkh & Hkl).
      assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
      apply (Rmult_le_compat_r P) in Ev; [|lra].
      destruct upper; apply replace_valid; try assumption; try reflexivity; unfold wall_ok; cbn [with_hi with_lo normal kink hi lo kink_hi kink_lo]; fold P;
        repeat split; try assumption; try apply val_mul; rewrite ?val_sub, ?val_zero in Ev;
        apply Rmult_le_reg_l with (1 := Ec); lra.
  Qed.

  (** A wall below its slope: [k (t)+ <= f k t + max 0 ((1 - f) k hi) (f k lo) |u|], everything times [c]. *)
  Lemma share_le_slope : forall w c f e, wall_ok w ->
    (c - f) * val (kink_hi w) <= e -> f * val (kink_lo w) <= e -> 0 <= e ->
    c * share w * 2 ^ 64 <= f * val (kink w) * dot (vals (normal w)) u * 2 ^ 64 + e * val (grid S) * norm u.
  Proof.
    intros w c f e (Hhi & Hlo & Hkh & Hkl) H1 H2 H0. rewrite Hkh in H1. rewrite Hkl in H2. unfold share.
    pose proof (norm_nonneg u) as HN. assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
    set (t := dot (vals (normal w)) u) in *. set (k := val (kink w)) in *. set (g := val (grid S)) in *.
    assert (HgN : 0 <= g * norm u) by nra.
    destruct (relu_cases t) as [[Ht ->]|[Ht ->]].
    - assert ((c - f) * k * (t * P) <= e * (g * norm u)); [|nra].
      destruct (Rle_or_lt ((c - f) * k) 0) as [Hk|Hk].
      + assert (0 <= t * P) by nra. nra.
      + apply Rle_trans with ((c - f) * k * (g * val (hi w) * norm u)); [apply Rmult_le_compat_l; lra|]. nra.
    - assert (f * k * (- t * P) <= e * (g * norm u)); [|nra].
      destruct (Rle_or_lt (f * k) 0) as [Hk|Hk].
      + assert (0 <= - t * P) by nra. nra.
      + apply Rle_trans with (f * k * (g * val (lo w) * norm u)); [apply Rmult_le_compat_l; lra|]. nra.
  Qed.

  (** The walls that no slope names. *)
  Lemma shares_le_slack : forall m, walls_ok m ->
    sum share m * 2 ^ 64 <= sum load m * (val (grid S) * norm u).
  Proof.
    intros m Hm. rewrite <- !sum_scale. apply sum_le. intros h w E. unfold load. pose proof (Rmax_l 0 (val (kink_hi w))).
    pose proof (Rmax_r 0 (val (kink_hi w))).
    pose proof (share_le_slope w 1 0 (Rmax 0 (val (kink_hi w))) (Hm _ _ E)) as H1. lra.
  Qed.

  Lemma slopes_sound : forall c slope v left rest extra v' left' rest' extra', walls_ok left ->
    slopes c slope v left rest extra = Some (v', left', rest', extra') ->
    val rest = sum load left ->
    (dot (vals v) u + val c * sum share left) * 2 ^ 64 + val extra * (val (grid S) * norm u)
    <= (dot (vals v') u + val c * sum share left') * 2 ^ 64 + val extra' * (val (grid S) * norm u) /\
    walls_ok left' /\ val rest' = sum load left'.
  Proof.
    intros c. induction slope as [|[h f] slope IH]; intros v left rest extra v' left' rest' extra' Hok H Hrest; simpl in H.
    - injection H as -> -> -> ->. split; [lra|]. split; assumption.
    - destruct (find h left) as [w|] eqn:E; [|discriminate]. pose proof (Hok _ _ E) as Hw.
      set (high := A.mul (A.sub c f) (kink_hi w)) in *. set (low := A.mul f (kink_lo w)) in *.
      apply IH in H as (H & Hok' & Hrest').
      + split; [|split; assumption]. apply Rle_trans with (2 := H). rewrite dot_vals_add_multiple, !val_mul, val_add, val_positive_part.
        rewrite (sum_forget share _ _ _ E). destruct (val_larger high low) as [Hh Hl].
        pose proof (Rmax_l 0 (val (larger high low))). pose proof (Rmax_r 0 (val (larger high low))).
        pose proof (share_le_slope w (val c) (val f) (Rmax 0 (val (larger high low))) Hw) as Hslope.
        unfold high, low in *. rewrite val_mul, val_sub in Hh. rewrite val_mul in Hl.
        specialize (Hslope ltac:(lra) ltac:(lra) ltac:(lra)). lra.
      + apply walls_ok_forget. assumption.
      + rewrite val_sub, val_positive_part, Hrest, (sum_forget load _ _ _ E). unfold load. lra.
  Qed.

  (** What the tree is to prove: [function u <= b |u|], times grid, scale and the denominator of [b]. *)
  Definition goal : Prop := val (under S) * phi <= val (grid S) * val (scale S) * val (over S) * norm u.

  Hypothesis scale_nonneg : 0 <= val (scale S).

  Lemma small_sound : forall c v e, 0 < val c -> small S c v e = true ->
    val c * phi * 2 ^ 64 <= dot (vals v) u * 2 ^ 64 + val e * (val (grid S) * norm u) -> goal.
  Proof.
    intros c v e Hc H Hphi. unfold small in H. apply andb_prop in H as [Hroom H]. apply leb_true in Hroom, H.
    rewrite ?val_mul, ?val_sub, ?val_mul, ?val_unit_64, ?val_zero, val_square in *.
    unfold goal. pose proof (norm_nonneg u) as HN. assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
    set (room := val c * (val (over S) * val (scale S)) * P - val (under S) * val e) in *.
    assert (Hv : dot (vscale (val (under S) * P) (vals v)) u <= room * val (grid S) * norm u).
    { apply dot_le_norm; [nra|]. rewrite dot_scale_l, dot_scale_r. nra. }
    rewrite dot_scale_l in Hv. apply Rmult_le_reg_l with (val c * P); [nra|].
    apply Rle_trans with (val (under S) * (dot (vals v) u * P + val e * (val (grid S) * norm u))).
    - replace (val c * P * (val (under S) * phi)) with (val (under S) * (val c * phi * P)) by ring.
      apply Rmult_le_compat_l; lra.
    - unfold room in Hv. nra.
  Qed.

  Lemma leaf_sound : forall st c rho slope, valid st -> leaf S st c rho slope = true -> goal.
  Proof.
    intros st c rho slope [H1 H2 H3 H4] H. unfold leaf in H. apply andb_prop in H as [Hc H]. apply is_positive_true in Hc.
    destruct (combine_sides _ _ _) as [v|] eqn:Ev; [|discriminate]. apply combine_sides_sound in Ev; [|assumption]. simpl in Ev.
    destruct (slopes _ _ _ _ _ _) as [[[[v' left'] rest'] extra']|] eqn:Es; [|discriminate].
    apply slopes_sound in Es as (Hs & Hok & Hrest); try assumption.
    apply small_sound in H; try assumption. pose proof (shares_le_slack left' Hok) as Hleft. rewrite <- Hrest in Hleft.
    rewrite dot_vals_add_multiple, dot_vals_multiple, val_zero in Hs. rewrite val_add, val_mul.
    assert (HP : 0 < 2 ^ 64) by (apply pow_lt; lra). set (P := 2 ^ 64) in *.
    assert (Hv : 0 <= val (scale S) * dot (vals v) u * P) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
    assert (Hphi : val c * phi * P <= val c * (dot (vals (base st)) u + sum share (open st)) * P).
    { apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_l; lra. }
    assert (Hl : val c * (sum share left' * P) <= val c * (val rest' * (val (grid S) * norm u))) by (apply Rmult_le_compat_l; lra).
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
