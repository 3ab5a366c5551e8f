(** * Certificates of the kind [bound]

    [check] runs obligations B1 to B3 of CERTIFICATE.md on rational data; when it answers [true], no network of whatever width over
    the reals has an objective below [lower], and the given network has one of at most [upper]. *)

From Coq Require Import ZArith QArith Qreals Reals List Bool Lia Lra Psatz.
From ReluExact Require Import Spec Basics Duality Trie Numbers Tree.
Import ListNotations.

(** ** Rational data, read as real numbers *)

Definition problem_of (X : list (list Q)) (y : list Q) (b : Q) : problem :=
  Problem (map (map Q2R) X) (map Q2R y) (Q2R b).

Definition network_of (neurons : list (list Q * Q)) : network :=
  map (fun k => Neuron (map Q2R (fst k)) (Q2R (snd k))) neurons.

(** The evidence: common denominators of the rows, the targets, the hidden and the output weights, the dual point
    [residual / denominator], and the two trees. *)
Record evidence (t : Type) := Evidence {
  of_rows : Z; of_targets : Z; of_hidden : Z; of_outer : Z;
  residual : list Z; denominator : Z; positive_tree : option (tree t); negative_tree : option (tree t) }.
Arguments Evidence {t}.
Arguments of_rows {t}.
Arguments of_targets {t}.
Arguments of_hidden {t}.
Arguments of_outer {t}.
Arguments residual {t}.
Arguments denominator {t}.
Arguments positive_tree {t}.
Arguments negative_tree {t}.

(** ** Whole numbers over a common denominator *)

Definition scaled (D : Z) (q : Q) : option Z :=
  let z := (Qnum q * (D / Zpos (Qden q)))%Z in
  if (Qnum q * D =? Zpos (Qden q) * z)%Z then Some z else None.

Fixpoint all_some {A B : Type} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: l' => match f a, all_some f l' with Some b, Some bs => Some (b :: bs) | _, _ => None end
  end.

(** ** Classes of parallel rows *)

Fixpoint lead (x : list Z) : Z :=
  match x with
  | a :: x' => if (a =? 0)%Z then lead x' else a
  | [] => 0%Z
  end.

Fixpoint parallel (c : Z) (x : list Z) (e : Z) (v : list Z) : bool :=
  match x, v with
  | a :: x', i :: v' => (a * e =? i * c)%Z && parallel c x' e v'
  | _, _ => true
  end.

(** The rows that name a wall: number, row, first entry that is not 0. *)
Fixpoint find_head (c : Z) (x : list Z) (heads : list (positive * list Z * Z)) : option (positive * Z) :=
  match heads with
  | [] => None
  | (h, v, e) :: heads' => if parallel c x e v then Some (h, e) else find_head c x heads'
  end.

(** For each row its wall and the factor as a pair, [None] for a row of zeros. *)
Fixpoint assign (i : positive) (X : list (list Z)) (heads : list (positive * list Z * Z)) : list (option (positive * Z * Z)) :=
  match X with
  | [] => []
  | x :: X' =>
      let c := lead x in
      if (c =? 0)%Z then None :: assign (Pos.succ i) X' heads
      else match find_head c x heads with
           | Some (h, e) => Some (h, c, e) :: assign (Pos.succ i) X' heads
           | None => Some (i, 1%Z, 1%Z) :: assign (Pos.succ i) X' ((i, x, c) :: heads)
           end
  end.

(** The common denominator of the factors. *)
Definition factor_denominator (places : list (option (positive * Z * Z))) : Z :=
  fold_right (fun o F => match o with Some (_, c, e) => Z.lcm (e / Z.gcd c e) F | None => F end) 1%Z places.

Definition weigh (F : Z) (o : option (positive * Z * Z)) : option (positive * Z) :=
  match o with Some (h, c, e) => Some (h, (F * c / e)%Z) | None => None end.

Fixpoint same (v w : list Z) : bool :=
  match v, w with
  | a :: v', e :: w' => (a =? e)%Z && same v' w'
  | [], [] => true
  | _, _ => false
  end.

Definition times (c : Z) (v : list Z) : list Z := map (Z.mul c) v.

Fixpoint plus (v w : list Z) : list Z :=
  match v, w with
  | a :: v', e :: w' => (a + e)%Z :: plus v' w'
  | [], _ => w
  | _, [] => v
  end.

(** Normals, kinks and the linear part of [sign theta . (X u)+]; every placement of a row is verified. *)
Fixpoint place_rows (F sign : Z) (rows : list (list Z * Z * option (positive * Z))) (linear : list Z) (m : trie (list Z * Z))
  : option (list Z * trie (list Z * Z)) :=
  match rows with
  | [] => Some (linear, m)
  | (x, _, None) :: rows' => if forallb (Z.eqb 0) x then place_rows F sign rows' linear m else None
  | (x, t, Some (h, w)) :: rows' =>
      let (n, k) := match find h m with Some p => p | None => (x, 0%Z) end in
      if same (times F x) (times w n) then
        let linear' := if (0 <=? w)%Z then linear else plus linear (times (sign * t * F) x) in
        place_rows F sign rows' linear' (set h (Some (n, (k + sign * t * Z.abs w)%Z)) m)
      else None
  end.

Module Certificates (A : NUMBERS).
  Module C := Checker A.
  Import C.

  Definition of_list (v : list Z) : list A.t := map A.ofZ v.

  (** The first [free] entries of a direction count for no norm: a wall that sees them has no bounds at first. *)
  Definition first_wall (free : nat) (D : A.t) (p : list Z * Z) : wall :=
    let n := of_list (fst p) in
    let k := A.ofZ (snd p) in
    if vanishes free n then
      let r := A.norm_up (square (skipn free n)) D in
      Wall n k (Some r) (Some r) (A.mul k r) (A.mul k r)
    else Wall n k None None k k.

  Fixpoint total_trie (f : wall -> A.t) (m : trie wall) : A.t :=
    match m with
    | Empty => zero
    | Fork l o r => A.add (A.add (total_trie f l) (match o with Some w => f w | None => zero end)) (total_trie f r)
    end.

  Definition first_state (free : nat) (D : A.t) (linear : list Z) (m : trie (list Z * Z)) : state :=
    let walls := map_trie (first_wall free D) m in
    State Empty walls (of_list linear) (total_trie load_of walls) (total_trie loose_of walls).

  (** B1 for one sign. *)
  Definition check_tree (free : nat) (D F sign : Z) (rows : list (list Z * Z * option (positive * Z))) (T : Z) (b : Q) (T' : option (tree A.t)) : bool :=
    match place_rows F sign rows [] Empty, T' with
    | Some (linear, m), Some tree =>
        check (Setting (A.ofZ D) (A.ofZ (F * T)) (A.ofZ (Qnum b)) (A.ofZ (Zpos (Qden b))) free) tree
          (first_state free (A.ofZ D) linear m)
    | _, _ => false
    end.

  Definition check_trees (free : nat) (D : Z) (X : list (list Z)) (b : Q) (e : evidence A.t) : bool :=
    let places := assign 1 X [] in
    let F := factor_denominator places in
    let rows := combine (combine X (residual e)) (map (weigh F) places) in
    (0 <? D)%Z && (0 <? F)%Z && (0 <? denominator e)%Z
    && Nat.eqb (length rows) (length X) && Nat.eqb (length (residual e)) (length X)
    && check_tree free D F 1 rows (denominator e) b (positive_tree e)
    && check_tree free D F (-1) rows (denominator e) b (negative_tree e).

  Fixpoint inner (v w : list A.t) : A.t :=
    match v, w with
    | a :: v', e :: w' => A.add (A.mul a e) (inner v' w')
    | _, _ => zero
    end.

  (** B2: [lower <= y . theta - |theta|^2 / 2]. *)
  Definition check_lower (E : Z) (y : list Z) (T : Z) (theta : list Z) (lower : Q) : bool :=
    let t := of_list theta in
    let left := A.mul (A.ofZ (Qnum lower)) (A.mul (A.ofZ (2 * E)) (A.mul (A.ofZ T) (A.ofZ T))) in
    let dual := A.sub (A.mul (A.ofZ (2 * T)) (inner (of_list y) t)) (A.mul (A.ofZ E) (square t)) in
    A.leb left (A.mul dual (A.ofZ (Zpos (Qden lower)))).

  (** A neuron with whole weights. *)
  Definition fired (x : list A.t) (k : list A.t * A.t) : A.t := A.mul (snd k) (positive_part (inner x (fst k))).

  Fixpoint total_of {B : Type} (f : B -> A.t) (l : list B) : A.t :=
    match l with
    | [] => zero
    | k :: l' => A.add (f k) (total_of f l')
    end.

  (** [E output - G y] for one row and its target. *)
  Definition miss (E G : A.t) (neurons : list (list A.t * A.t)) (p : list Z * Z) : A.t :=
    A.sub (A.mul E (total_of (fired (of_list (fst p))) neurons)) (A.mul G (A.ofZ (snd p))).

  (** B3: the objective is at most [upper]. *)
  Definition check_upper (D : Z) (X : list (list Z)) (E : Z) (y : list Z) (b : Q) (W : Z) (O : Z) (net : list (list Z * Z)) (upper : Q) : bool :=
    let neurons := map (fun k => (of_list (fst k), A.ofZ (snd k))) net in
    let G := A.ofZ (D * W * O) in
    let errors := total_of (fun p => let e := miss (A.ofZ E) G neurons p in A.mul e e) (combine X y) in
    let weights := A.add (A.mul (A.ofZ (O * O)) (total_of (fun k => square (fst k)) neurons))
                         (A.mul (A.ofZ (W * W)) (total_of (fun k => A.mul (snd k) (snd k)) neurons)) in
    let left := A.add (A.mul (A.ofZ (Zpos (Qden b))) errors)
                      (A.mul (A.ofZ (Qnum b)) (A.mul (A.ofZ (D * D * (E * E))) weights)) in
    let GE := A.mul G (A.ofZ E) in
    A.leb (A.mul left (A.ofZ (Zpos (Qden upper))))
          (A.mul (A.mul (A.ofZ (2 * Qnum upper)) (A.ofZ (Zpos (Qden b)))) (A.mul GE GE)).

  Definition has_length {B : Type} (d : nat) (x : list B) : bool := Nat.eqb (length x) d.

  (** Everything. *)
  Definition check_certificate (d : nat) (X : list (list Q)) (y : list Q) (b : Q) (net : list (list Q * Q)) (lower upper gap : Q)
      (e : evidence A.t) : bool :=
    let D := of_rows e in
    let E := of_targets e in
    let W := of_hidden e in
    let O := of_outer e in
    match all_some (all_some (scaled D)) X, all_some (scaled E) y,
          all_some (all_some (scaled W)) (map fst net), all_some (scaled O) (map snd net) with
    | Some X', Some y', Some hidden', Some outer' =>
        forallb (has_length d) X && forallb (has_length d) (map fst net) && has_length (length X) y
        && (0 <? Qnum b)%Z && (0 <? D)%Z && (0 <? E)%Z && (0 <? W)%Z && (0 <? O)%Z
        && Qle_bool (upper - lower) gap
        && check_lower E y' (denominator e) (residual e) lower
        && check_upper D X' E y' b W O (combine hidden' outer') upper
        && check_trees 0 D X' b e
    | _, _, _, _ => false
    end.

  (** ** Soundness of B1 *)

  Open Scope R_scope.
  Definition reals (v : list Z) : vector := map IZR v.

  Lemma vals_of_list : forall v, vals (of_list v) = reals v.
  Proof. intros. unfold vals, of_list, reals. rewrite map_map. apply map_ext. intros. apply val_ofZ. Qed.

  Lemma same_true : forall v w, same v w = true -> v = w.
  Proof.
    induction v as [|a v IH]; intros [|e w] H; simpl in H; try discriminate; [reflexivity|].
    apply andb_prop in H as [H1 H2]. apply Z.eqb_eq in H1. rewrite H1, (IH w H2). reflexivity.
  Qed.

  Lemma dot_times : forall c v u, dot (reals (times c v)) u = IZR c * dot (reals v) u.
  Proof.
    induction v as [|a v IH]; intros [|x u]; simpl; try ring.
    change (map IZR (map (Z.mul c) v)) with (reals (times c v)). rewrite IH, mult_IZR. unfold reals. ring.
  Qed.

  Lemma dot_plus : forall v w u, dot (reals (plus v w)) u = dot (reals v) u + dot (reals w) u.
  Proof.
    induction v as [|a v IH]; intros w u; [simpl; ring|]. destruct w as [|e w]; [simpl; ring|].
    destruct u as [|x u]; simpl; [ring|]. change (map IZR (plus v w)) with (reals (plus v w)).
    rewrite IH, plus_IZR. unfold reals. ring.
  Qed.

  Lemma dot_zero : forall x u, forallb (Z.eqb 0) x = true -> dot (reals x) u = 0.
  Proof.
    induction x as [|a x IH]; intros [|e u] H; try reflexivity. cbn [forallb] in H.
    apply andb_prop in H as [H1 H2]. apply Z.eqb_eq in H1. subst a. simpl. change (map IZR x) with (reals x). rewrite IH by assumption. ring.
  Qed.

  Section Function.
  Variable u : vector.

  Definition kinked (p : list Z * Z) : R := IZR (snd p) * relu (dot (reals (fst p)) u).

  (** [sum theta_i (x_i . u)+] for whole rows and residuals. *)
  Definition response (rows : list (list Z * Z * option (positive * Z))) : R :=
    total (map (fun r => IZR (snd (fst r)) * relu (dot (reals (fst (fst r))) u)) rows).

  Lemma place_row : forall F w x n t s, (0 < F)%Z -> same (times F x) (times w n) = true ->
    IZR F * (IZR s * (IZR t * relu (dot (reals x) u)))
    = (if (0 <=? w)%Z then 0 else dot (reals (times (s * t * F) x)) u) + IZR (s * t * Z.abs w) * relu (dot (reals n) u).
  Proof.
    intros F w x n t s HF H. apply same_true in H. apply IZR_lt in HF.
    assert (HxF : IZR F * dot (reals x) u = IZR w * dot (reals n) u) by (rewrite <- !dot_times, H; reflexivity).
    assert (Hrelu : IZR F * relu (dot (reals x) u) = relu (IZR w * dot (reals n) u)).
    { rewrite <- relu_scale by lra. rewrite HxF. reflexivity. }
    replace (IZR F * (IZR s * (IZR t * relu (dot (reals x) u)))) with (IZR s * IZR t * (IZR F * relu (dot (reals x) u))) by ring.
    rewrite Hrelu, !mult_IZR. destruct (0 <=? w)%Z eqn:Ew.
    - apply Z.leb_le in Ew. rewrite Z.abs_eq by assumption. apply IZR_le in Ew. rewrite relu_scale by assumption. ring.
    - apply Z.leb_gt in Ew. rewrite Z.abs_neq by (apply Z.lt_le_incl; assumption). rewrite opp_IZR. apply IZR_lt in Ew.
      rewrite dot_times, !mult_IZR.
      replace (IZR w * dot (reals n) u) with (- IZR w * - dot (reals n) u) in * by ring.
      rewrite relu_scale by lra. rewrite relu_minus.
      replace (IZR s * IZR t * IZR F * dot (reals x) u) with (IZR s * IZR t * (IZR F * dot (reals x) u)) by ring. rewrite HxF. ring.
  Qed.

  Lemma place_rows_sound : forall F s rows linear m linear' m', (0 < F)%Z ->
    place_rows F s rows linear m = Some (linear', m') ->
    dot (reals linear') u + sum kinked m' = dot (reals linear) u + sum kinked m + IZR F * (IZR s * response rows).
  Proof.
    intros F s rows. induction rows as [|[[x t] [[h w]|]] rows IH]; intros linear m linear' m' HF H; simpl in H.
    - injection H as -> ->. unfold response. simpl. ring.
    - destruct (match find h m with Some p => p | None => (x, 0%Z) end) as [n k] eqn:E.
      destruct (same (times F x) (times w n)) eqn:Es; [|discriminate]. apply IH in H; [|assumption]. rewrite H, sum_set.
      pose proof (place_row F w x n t s HF Es) as Hrow.
      replace (response ((x, t, Some (h, w)) :: rows)) with (IZR t * relu (dot (reals x) u) + response rows) by reflexivity.
      rewrite !Rmult_plus_distr_l, Hrow.
      assert (Hold : part kinked (find h m) = IZR k * relu (dot (reals n) u)).
      { destruct (find h m) as [p|]; simpl; [subst p; reflexivity|]. injection E as <- <-. ring. }
      rewrite Hold. cbn [part]. unfold kinked at 2. cbn [fst snd]. rewrite plus_IZR.
      destruct (0 <=? w)%Z; [|rewrite dot_plus]; ring.
    - destruct (forallb (Z.eqb 0) x) eqn:E; [|discriminate]. apply IH in H; [|assumption]. rewrite H.
      replace (response ((x, t, None) :: rows)) with (IZR t * relu (dot (reals x) u) + response rows) by reflexivity.
      rewrite (dot_zero x u E), relu_pos by lra. ring.
  Qed.

  Lemma total_trie_sound : forall f m, val (total_trie f m) = sum (fun w => val (f w)) m.
  Proof.
    induction m as [|l IHl o r IHr]; simpl; [apply val_zero|]. rewrite !val_add, IHl, IHr.
    destruct o as [w|]; simpl; [reflexivity|rewrite val_zero; reflexivity].
  Qed.

  Lemma norm_opposite : forall e, norm (skipn e (vscale (-1) u)) = norm (skipn e u).
  Proof. intros e. unfold vscale. rewrite skipn_map. fold (vscale (-1) (skipn e u)). unfold norm. rewrite dot_scale_l, dot_scale_r. f_equal. ring. Qed.

  Lemma first_valid : forall S linear m phi, 0 < val (grid S) -> phi <= dot (reals linear) u + sum kinked m ->
    valid S u phi (first_state (free S) (grid S) linear m).
  Proof.
    intros S linear m phi HD Hphi. unfold first_state. split; cbn [sides open base slack loose].
    - intros h v E. discriminate E.
    - intros h w E. apply find_map in E as (p & _ & ->). unfold first_wall, wall_ok.
      destruct (vanishes (free S) (of_list (fst p))) eqn:V; cbn [normal kink hi lo kink_hi kink_lo bound_ok]; [|split; reflexivity].
      unfold size. split; (split; [|apply val_mul]).
      + pose proof (norm_up_sound _ _ (grid S) u V HD). lra.
      + pose proof (norm_up_sound _ _ (grid S) (vscale (-1) u) V HD) as H.
        rewrite dot_scale_r, norm_opposite in H. lra.
    - rewrite vals_of_list, sum_map. apply Rle_trans with (1 := Hphi). apply Rplus_le_compat_l. apply sum_le. intros h p _.
      unfold share, kinked, first_wall. destruct (vanishes _ _); cbn [normal kink]; rewrite vals_of_list, val_ofZ; lra.
    - apply total_trie_sound.
    - apply total_trie_sound.
  Qed.

  Lemma check_tree_sound : forall e D F s rows T b T', (0 < D)%Z -> (0 < F)%Z -> (0 < T)%Z ->
    check_tree e D F s rows T b T' = true ->
    IZR s * response rows <= IZR D * IZR T * Q2R b * norm (skipn e u).
  Proof.
    intros e D F s rows T b T' HD HF HT H. unfold check_tree in H.
    destruct (place_rows F s rows [] Empty) as [[linear m]|] eqn:Ep; [|discriminate].
    destruct T' as [tree|]; [|discriminate]. apply place_rows_sound in Ep; [|assumption].
    cbn [reals map dot sum] in Ep. rewrite !Rplus_0_l in Ep.
    apply IZR_lt in HD, HF, HT.
    assert (Hden : 0 < IZR (Zpos (Qden b))) by (apply (IZR_lt 0); reflexivity).
    eapply check_sound with (u := u) (phi := IZR F * (IZR s * response rows)) in H.
    - unfold goal, size in H. cbn [grid scale over under free] in H. rewrite !val_ofZ, mult_IZR in H. unfold Q2R.
      apply Rmult_le_reg_l with (IZR F * IZR (Zpos (Qden b))); [nra|].
      replace (IZR F * IZR (Z.pos (Qden b)) * (IZR D * IZR T * (IZR (Qnum b) * / IZR (Z.pos (Qden b))) * norm (skipn e u)))
        with (IZR D * (IZR F * IZR T) * IZR (Qnum b) * norm (skipn e u)) by (field; lra). lra.
    - cbn [grid]. rewrite val_ofZ. assumption.
    - cbn [under]. rewrite val_ofZ. assumption.
    - cbn [scale]. rewrite val_ofZ, mult_IZR. nra.
    - apply (first_valid (Setting _ _ _ _ e)); cbn [grid]; [rewrite val_ofZ; assumption|]. cbn [reals map dot]. lra.
  Qed.
  End Function.

  (** ** From whole numbers to the data *)

  Lemma scaled_sound : forall D q z, scaled D q = Some z -> IZR z = IZR D * Q2R q.
  Proof.
    intros D q z H. unfold scaled in H.
    destruct (Z.eqb_spec (Qnum q * D) (Zpos (Qden q) * (Qnum q * (D / Zpos (Qden q))))) as [E|]; [|discriminate].
    injection H as H. rewrite H in E. apply (f_equal IZR) in E. rewrite !mult_IZR in E. unfold Q2R.
    assert (0 < IZR (Zpos (Qden q))) by (apply (IZR_lt 0); reflexivity).
    apply Rmult_eq_reg_l with (IZR (Zpos (Qden q))); [|lra]. rewrite <- E. field. lra.
  Qed.

  Lemma all_scaled_sound : forall D l zs, all_some (scaled D) l = Some zs -> reals zs = vscale (IZR D) (map Q2R l).
  Proof.
    intros D. induction l as [|q l IH]; intros zs H; simpl in H; [injection H as <-; reflexivity|].
    destruct (scaled D q) as [z|] eqn:E; [|discriminate]. destruct (all_some (scaled D) l) as [zs'|]; [|discriminate].
    injection H as <-. simpl. rewrite (scaled_sound _ _ _ E). f_equal. apply IH. reflexivity.
  Qed.

  Lemma all_rows_sound : forall D X X', all_some (all_some (scaled D)) X = Some X' ->
    map reals X' = map (vscale (IZR D)) (map (map Q2R) X).
  Proof.
    intros D. induction X as [|x X IH]; intros X' H; simpl in H; [injection H as <-; reflexivity|].
    destruct (all_some (scaled D) x) as [x'|] eqn:E; [|discriminate].
    destruct (all_some (all_some (scaled D)) X) as [X''|]; [|discriminate].
    injection H as <-. simpl. rewrite (all_scaled_sound _ _ _ E). f_equal. apply IH. reflexivity.
  Qed.

  (** ** B1 *)

  Definition dual_point (T : Z) (theta : list Z) : vector := vscale (/ IZR T) (reals theta).

  Lemma response_combine : forall D T u X' Xr theta places, 0 < IZR D -> 0 < IZR T ->
    map reals X' = map (vscale (IZR D)) Xr -> length theta = length X' -> (length X' <= length places)%nat ->
    response u (combine (combine X' theta) places) = IZR D * IZR T * dot (dual_point T theta) (features Xr u).
  Proof.
    intros D T u. induction X' as [|x X' IH]; intros Xr theta places HD HT HX Ht Hp.
    - destruct theta; [|discriminate]. unfold response. simpl. ring.
    - destruct Xr as [|xr Xr]; [discriminate|]. destruct theta as [|t theta]; [discriminate|].
      destruct places as [|p places]; [simpl in Hp; inversion Hp|]. simpl in HX, Ht, Hp. injection HX as Hx HX.
      change (response u (combine (combine (x :: X') (t :: theta)) (p :: places)))
        with (IZR t * relu (dot (reals x) u) + response u (combine (combine X' theta) places)).
      rewrite (IH Xr) by (auto with arith). simpl. rewrite Hx, dot_scale_l, relu_scale by lra.
      unfold dual_point. field. lra.
  Qed.

  Lemma check_tree_bound : forall f D F s X' Xr theta T places b tree, (0 < D)%Z -> (0 < F)%Z -> (0 < T)%Z ->
    map reals X' = map (vscale (IZR D)) Xr -> length theta = length X' -> length (combine (combine X' theta) places) = length X' ->
    check_tree f D F s (combine (combine X' theta) places) T b tree = true ->
    forall u, IZR s * dot (dual_point T theta) (features Xr u) <= Q2R b * norm (skipn f u).
  Proof.
    intros f D F s X' Xr theta T places b tree HD HF HT HX Ht Hp H u. apply IZR_lt in HD as HD', HT as HT'.
    pose proof (check_tree_sound u f D F s _ T b tree HD HF HT H) as Hs.
    rewrite (response_combine D T u X' Xr) in Hs; try assumption.
    - assert (HDT : 0 < IZR D * IZR T) by nra. apply Rmult_le_reg_l with (1 := HDT). lra.
    - rewrite combine_length in Hp. rewrite <- Hp. apply PeanoNat.Nat.le_min_r.
  Qed.

  Lemma check_trees_bound : forall f D X X' b e, all_some (all_some (scaled D)) X = Some X' ->
    check_trees f D X' b e = true ->
    forall u, Rabs (dot (dual_point (denominator e) (residual e)) (features (map (map Q2R) X) u)) <= Q2R b * norm (skipn f u).
  Proof.
    intros f D X X' b e HX H u. unfold check_trees in H. repeat (apply andb_prop in H as [H ?]). rename H into HD.
    repeat match goal with E : (_ <? _)%Z = true |- _ => apply Z.ltb_lt in E end.
    repeat match goal with E : Nat.eqb _ _ = true |- _ => apply PeanoNat.Nat.eqb_eq in E end. apply all_rows_sound in HX.
    repeat match goal with E : check_tree _ _ _ _ _ _ _ _ = true |- _ =>
      eapply check_tree_bound with (u := u) in E; [|eassumption..] end.
    apply Rabs_le. lra.
  Qed.

  Lemma check_trees_sound : forall D X X' y b e, all_some (all_some (scaled D)) X = Some X' ->
    check_trees 0 D X' b e = true -> dual_feasible (problem_of X y b) (dual_point (denominator e) (residual e)).
  Proof. intros D X X' y b e HX H u. exact (check_trees_bound 0 D X X' b e HX H u). Qed.

  (** ** B2 *)

  Lemma val_inner : forall v w, val (inner v w) = dot (vals v) (vals w).
  Proof.
    induction v as [|a v IH]; intros [|c w]; simpl; try apply val_zero. rewrite val_add, val_mul, IH. reflexivity.
  Qed.

  Lemma denominator_positive : forall q, 0 < IZR (Zpos (Qden q)).
  Proof. intros. apply (IZR_lt 0). reflexivity. Qed.

  Lemma below_fraction : forall q x c, 0 < c -> IZR (Qnum q) * c <= x * c * IZR (Zpos (Qden q)) -> Q2R q <= x.
  Proof.
    intros q x c Hc H. pose proof (denominator_positive q). unfold Q2R.
    apply Rmult_le_reg_r with (c * IZR (Zpos (Qden q))); [nra|].
    replace (IZR (Qnum q) * / IZR (Zpos (Qden q)) * (c * IZR (Zpos (Qden q)))) with (IZR (Qnum q) * c) by (field; lra). lra.
  Qed.

  Lemma above_fraction : forall q x c, 0 < c -> x * c * IZR (Zpos (Qden q)) <= IZR (Qnum q) * c -> x <= Q2R q.
  Proof.
    intros q x c Hc H. pose proof (denominator_positive q). unfold Q2R.
    apply Rmult_le_reg_r with (c * IZR (Zpos (Qden q))); [nra|].
    replace (IZR (Qnum q) * / IZR (Zpos (Qden q)) * (c * IZR (Zpos (Qden q)))) with (IZR (Qnum q) * c) by (field; lra). lra.
  Qed.

  Lemma check_lower_sound : forall X y b E y' T theta lower, (0 < E)%Z -> (0 < T)%Z -> all_some (scaled E) y = Some y' ->
    check_lower E y' T theta lower = true -> Q2R lower <= dual_value (problem_of X y b) (dual_point T theta).
  Proof.
    intros X y b E y' T theta lower HE HT Hy H. unfold check_lower in H. apply leb_true in H.
    rewrite !val_mul, val_sub, !val_mul, !val_ofZ, val_inner, val_square, !vals_of_list, (all_scaled_sound _ _ _ Hy), dot_scale_l in H.
    rewrite !mult_IZR in H. apply IZR_lt in HE, HT. unfold dual_value, dual_point, problem_of. cbn [targets].
    rewrite !dot_scale_r, dot_scale_l.
    apply below_fraction with (2 * IZR E * (IZR T * IZR T)); [repeat apply Rmult_lt_0_compat; lra|]. apply Rle_trans with (1 := H). right. field. lra.
  Qed.

  (** ** B3 *)

  Lemma val_total_of : forall B (f : B -> A.t) l, val (total_of f l) = total (map (fun k => val (f k)) l).
  Proof. intros B f. induction l as [|k l IH]; simpl; [apply val_zero|]. rewrite val_add, IH. reflexivity. Qed.

  (** Whole weights [k] stand for the weights of a neuron times [W] and [O]. *)
  Definition stands_for (W O : R) (k : list A.t * A.t) (neuron : neuron) : Prop :=
    vals (fst k) = vscale W (hidden neuron) /\ val (snd k) = O * outer neuron.

  Lemma total_of_stands_for : forall W O (f : list A.t * A.t -> A.t) (g : neuron -> R) ks net,
    Forall2 (stands_for W O) ks net -> (forall k neuron, stands_for W O k neuron -> val (f k) = g neuron) ->
    val (total_of f ks) = total (map g net).
  Proof.
    intros W O f g ks net H Hfg. rewrite val_total_of. induction H as [|k neuron ks net Hk H IH]; simpl; [reflexivity|].
    rewrite IH, (Hfg k neuron Hk). reflexivity.
  Qed.

  Lemma stand_for : forall W O net hidden' outer',
    all_some (all_some (scaled W)) (map fst net) = Some hidden' -> all_some (scaled O) (map snd net) = Some outer' ->
    Forall2 (stands_for (IZR W) (IZR O)) (map (fun k => (of_list (fst k), A.ofZ (snd k))) (combine hidden' outer')) (network_of net).
  Proof.
    intros W O. induction net as [|[w a] net IH]; intros hidden' outer' Hh Ho; simpl in Hh, Ho.
    - injection Hh as <-. constructor.
    - destruct (all_some (scaled W) w) as [w'|] eqn:Ew; [|discriminate].
      destruct (all_some (all_some (scaled W)) (map fst net)) as [hs|]; [|discriminate]. injection Hh as <-.
      destruct (scaled O a) as [a'|] eqn:Ea; [|discriminate].
      destruct (all_some (scaled O) (map snd net)) as [os|]; [|discriminate]. injection Ho as <-.
      simpl. constructor; [|apply IH; reflexivity]. split; simpl.
      + rewrite vals_of_list. apply all_scaled_sound. assumption.
      + rewrite val_ofZ. apply scaled_sound. assumption.
  Qed.

  Section Upper.
  Variables D W O E : R.
  Hypotheses (HD : 0 < D) (HW : 0 < W).

  Lemma val_fired : forall x xr k neuron, reals x = vscale D xr -> stands_for W O k neuron ->
    val (fired (of_list x) k) = D * W * O * (outer neuron * relu (dot xr (hidden neuron))).
  Proof.
    intros x xr k neuron Hx [Hh Ho]. unfold fired. rewrite val_mul, val_positive_part, val_inner, vals_of_list, Hx, Hh, Ho.
    rewrite dot_scale_l, dot_scale_r, <- Rmult_assoc. fold (relu (D * W * dot xr (hidden neuron))).
    rewrite relu_scale by nra. ring.
  Qed.

  Lemma val_output : forall x xr ks net, reals x = vscale D xr -> Forall2 (stands_for W O) ks net ->
    val (total_of (fired (of_list x)) ks) = D * W * O * output net xr.
  Proof.
    intros x xr ks net Hx H. unfold output. rewrite <- total_map_scale.
    apply (total_of_stands_for W O); [assumption|]. intros. apply val_fired; assumption.
  Qed.

  Lemma val_errors : forall ks net (f : list Z * Z -> A.t), Forall2 (stands_for W O) ks net ->
    (forall x xr y yr, reals x = vscale D xr -> IZR y = E * yr -> val (f (x, y)) = D * W * O * E * (output net xr - yr)) ->
    forall X' Xr y' yr, map reals X' = map (vscale D) Xr -> reals y' = vscale E yr -> length Xr = length yr ->
    val (total_of (fun p => A.mul (f p) (f p)) (combine X' y'))
    = (D * W * O * E) * (D * W * O * E) * dot (vsub (fit Xr net) yr) (vsub (fit Xr net) yr).
  Proof.
    intros ks net f Hks Hf. induction X' as [|x X' IH]; intros Xr y' yr HX Hy Hlength.
    - destruct Xr; [|discriminate]. destruct yr; [|discriminate]. simpl. rewrite val_zero. ring.
    - destruct Xr as [|xr Xr]; [discriminate|]. destruct yr as [|t yr]; [discriminate|].
      destruct y' as [|t' y']; [discriminate|]. simpl in HX, Hy. injection HX as Hx HX. injection Hy as Ht Hy. injection Hlength as Hlength.
      cbn [combine total_of fit map vsub dot]. rewrite val_add, val_mul, (Hf x xr t' t Hx Ht), (IH Xr y' yr HX Hy Hlength).
      unfold fit. ring.
  Qed.

  Lemma val_weights : forall ks net, Forall2 (stands_for W O) ks net ->
    O * O * val (total_of (fun k => square (fst k)) ks) + W * W * val (total_of (fun k => A.mul (snd k) (snd k)) ks)
    = W * W * (O * O) * squared_weights net.
  Proof.
    intros ks net H. unfold squared_weights. rewrite total_map_plus.
    rewrite (total_of_stands_for W O _ (fun k => W * W * dot (hidden k) (hidden k)) ks net H).
    - rewrite (total_of_stands_for W O _ (fun k => O * O * (outer k * outer k)) ks net H).
      + rewrite !total_map_scale. ring.
      + intros k neuron [_ Ho]. rewrite val_mul, Ho. ring.
    - intros k neuron [Hh _]. rewrite val_square, Hh, dot_scale_l, dot_scale_r. ring.
  Qed.
  End Upper.

  Lemma check_upper_sound : forall D X X' E y y' b W O net hidden' outer' upper,
    (0 < D)%Z -> (0 < E)%Z -> (0 < W)%Z -> (0 < O)%Z -> length y = length X ->
    all_some (all_some (scaled D)) X = Some X' -> all_some (scaled E) y = Some y' ->
    all_some (all_some (scaled W)) (map fst net) = Some hidden' -> all_some (scaled O) (map snd net) = Some outer' ->
    check_upper D X' E y' b W O (combine hidden' outer') upper = true ->
    objective (problem_of X y b) (network_of net) <= Q2R upper.
  Proof.
    intros D X X' E y y' b W O net hidden' outer' upper HD HE HW HO Hlength HX Hy Hh Ho H. unfold check_upper in H.
    apply leb_true in H. pose proof (stand_for _ _ _ _ _ Hh Ho) as Hks. set (ks := map _ (combine hidden' outer')) in *.
    apply all_rows_sound in HX. apply all_scaled_sound in Hy. apply IZR_lt in HD, HE, HW, HO.
    rewrite !val_mul, !val_add, !val_mul, !val_ofZ in H.
    rewrite (val_errors (IZR D) (IZR W) (IZR O) (IZR E) ks (network_of net) _ Hks) with (Xr := map (map Q2R) X) (yr := map Q2R y) in H.
    - rewrite !val_add, !val_mul, !val_ofZ, !mult_IZR, (val_weights (IZR W) (IZR O) ks (network_of net) Hks) in H.
      unfold objective, problem_of. cbn [inputs targets penalty]. cbv zeta.
      set (error := dot _ _) in *. set (weights := squared_weights _) in *. pose proof (denominator_positive b) as Hb.
      set (GE := IZR D * IZR W * IZR O * IZR E) in *.
      assert (HGE : 0 < GE) by (unfold GE; repeat apply Rmult_lt_0_compat; assumption).
      apply above_fraction with (2 * IZR (Zpos (Qden b)) * (GE * GE)); [repeat apply Rmult_lt_0_compat; lra|].
      replace (IZR (Qnum upper) * (2 * IZR (Zpos (Qden b)) * (GE * GE)))
        with (2 * IZR (Qnum upper) * IZR (Zpos (Qden b)) * (GE * GE)) by ring.
      apply Rle_trans with (2 := H). right. unfold GE, Q2R. field. lra.
    - intros x xr t tr Hx Ht. unfold miss. cbn [fst snd].
      rewrite val_sub, !val_mul, !val_ofZ, !mult_IZR, Ht, (val_output (IZR D) (IZR W) (IZR O) HD HW x xr ks (network_of net) Hx Hks). ring.
    - assumption.
    - assumption.
    - rewrite !map_length. symmetry. assumption.
  Qed.

  (** ** The theorem *)

  Lemma all_have_length : forall B d (l : list (list B)), forallb (has_length d) l = true -> Forall (fun x => length x = d) l.
  Proof.
    intros B d l H. rewrite forallb_forall in H. apply Forall_forall. intros x Hx. apply PeanoNat.Nat.eqb_eq, H, Hx.
  Qed.

  Theorem certificate_sound : forall d X y b net lower upper gap e,
    check_certificate d X y b net lower upper gap e = true ->
    well_formed d (problem_of X y b) /\
    lower_bound d (problem_of X y b) (Q2R lower) /\
    objective (problem_of X y b) (network_of net) <= Q2R upper /\
    optimal_within (Q2R gap) d (problem_of X y b) (network_of net).
  Proof.
    intros d X y b net lower upper gap e H. unfold check_certificate in H.
    destruct (all_some (all_some (scaled _)) X) as [X'|] eqn:HX; [|discriminate].
    destruct (all_some (scaled _) y) as [y'|] eqn:Hy; [|discriminate].
    destruct (all_some (all_some (scaled _)) (map fst net)) as [hidden'|] eqn:Hh; [|discriminate].
    destruct (all_some (scaled _) (map snd net)) as [outer'|] eqn:Ho; [|discriminate].
    apply andb_prop in H as [H Htrees]. apply andb_prop in H as [H Hupper]. apply andb_prop in H as [H Hlower].
    apply andb_prop in H as [H Hgap]. repeat (apply andb_prop in H as [H ?]).
    repeat match goal with P : (_ <? _)%Z = true |- _ => apply Z.ltb_lt in P end.
    apply Qle_bool_imp_le, Qle_Rle in Hgap. rewrite Q2R_minus in Hgap.
    assert (Hy_length : length y = length X) by (apply PeanoNat.Nat.eqb_eq; assumption).
    assert (Hb : 0 < Q2R b).
    { unfold Q2R. apply Rmult_lt_0_compat; [apply (IZR_lt 0); assumption|]. apply Rinv_0_lt_compat, denominator_positive. }
    assert (HT : (0 < denominator e)%Z).
    { unfold check_trees in Htrees. repeat (apply andb_prop in Htrees as [Htrees ?]). apply Z.ltb_lt. assumption. }
    assert (Hlow : lower_bound d (problem_of X y b) (Q2R lower)).
    { apply dual_lower_bound with (dual_point (denominator e) (residual e)); [exact Hb| |].
      - eapply check_trees_sound; eassumption.
      - eapply check_lower_sound with (E := of_targets e); eassumption. }
    assert (Hup : objective (problem_of X y b) (network_of net) <= Q2R upper).
    { refine (check_upper_sound _ X X' _ y y' b _ _ net hidden' outer' upper _ _ _ _ Hy_length HX Hy Hh Ho Hupper); assumption. }
    split; [|split; [exact Hlow|split; [exact Hup|split]]].
    - split; [|split]; [|simpl; rewrite !map_length; assumption|exact Hb]. simpl.
      apply Forall_map, Forall_impl with (2 := all_have_length _ _ _ H). intros x Hx. rewrite map_length. exact Hx.
    - apply Forall_map. simpl.
      match goal with P : forallb (has_length d) (map fst net) = true |- _ => apply all_have_length, Forall_map in P end.
      eapply Forall_impl; [|eassumption]. intros k Hk. simpl in *. rewrite map_length. exact Hk.
    - intros other Hother. specialize (Hlow other Hother). lra.
  Qed.
End Certificates.

(** The checker over the whole numbers of the standard library. *)
Module ZCertificates := Certificates ZNumbers.
