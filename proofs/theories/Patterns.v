(** * Covers of all directions

    In words: (1) leaves of decided signs that agree with every sign vector have closed cones that cover all of R^d, and the
    leaves of a splitting tree are such leaves; (2) closed cones that contain every direction off the walls contain every
    direction, so the full-dimensional cells are enough; (3) a pattern tree whose leaves are listed patterns or empty by a
    Gordan vector proves that the listed patterns cover. Sources: Gordan's theorem; Pilanci and Ergen 2020 (the patterns of the
    program). *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics PaperBasics Program Equivalence.
Import ListNotations.
Open Scope R_scope.

(** ** Leaves and trees *)

(** Some rows (by index) with their gates. *)
Definition decided := list (nat * bool).

(** The sign of the row number [i] at [w] is weakly the one of the gate. *)
Definition weakly (X : list vector) (w : vector) (e : nat * bool) : Prop :=
  if snd e then 0 <= dot (nth (fst e) X []) w else dot (nth (fst e) X []) w <= 0.

(** The closed cone of a leaf. *)
Definition in_leaf (X : list vector) (leaf : decided) (w : vector) : Prop := Forall (weakly X w) leaf.

(** The leaves cover all signs: each complete list of gates agrees with one of them. *)
Definition covers_signs (n : nat) (leaves : list decided) : Prop :=
  forall gs, length gs = n -> exists leaf, In leaf leaves /\ Forall (fun e => nth (fst e) gs true = snd e) leaf.

Lemma row_outside : forall (X : list vector) i w, (length X <= i)%nat -> dot (nth i X []) w = 0.
Proof. intros. rewrite nth_overflow by assumption. reflexivity. Qed.

(** Leaves that cover all signs cover all of R^d. *)
Theorem covers_signs_sound : forall X leaves, covers_signs (length X) leaves ->
  forall w, exists leaf, In leaf leaves /\ in_leaf X leaf w.
Proof.
  intros X leaves C w. destruct (C (pattern_of X w)) as (leaf & I & A); [apply map_length|].
  exists leaf. split; [assumption|]. eapply Forall_impl; [|exact A]. intros [i s] E. unfold weakly. simpl in *.
  destruct (le_lt_dec (length X) i) as [O|O]; [rewrite row_outside by assumption; destruct s; lra|].
  unfold pattern_of in E. rewrite (nth_indep _ true (if Rle_dec 0 (dot [] w) then true else false)) in E by (rewrite map_length;
    assumption).
  rewrite (map_nth (fun x => if Rle_dec 0 (dot x w) then true else false)) in E.
  destruct (Rle_dec 0 (dot (nth i X []) w)); subst s; lra.
Qed.

(** A splitting tree: a node splits on the sign of a row; the leaves carry anything. *)
Inductive tree (A : Type) : Type :=
  | Leaf : A -> tree A
  | Split : nat -> tree A -> tree A -> tree A.
Arguments Leaf {A}.
Arguments Split {A}.

(** The leaves with the signs decided on the way. *)
Fixpoint leaves {A : Type} (path : decided) (t : tree A) : list (decided * A) :=
  match t with
  | Leaf a => [(path, a)]
  | Split i on off => leaves ((i, true) :: path) on ++ leaves ((i, false) :: path) off
  end.

Lemma tree_agrees : forall (A : Type) (t : tree A) path (gs : list bool), Forall (fun e => nth (fst e) gs true = snd e) path ->
  exists leaf a, In (leaf, a) (leaves path t) /\ Forall (fun e => nth (fst e) gs true = snd e) leaf.
Proof.
  induction t as [a|i on IHon off IHoff]; intros path gs H; simpl.
  - exists path, a. auto.
  - destruct (nth i gs true) eqn:E.
    + destruct (IHon ((i, true) :: path) gs) as (leaf & a & I & F); [constructor; assumption|].
      exists leaf, a. split; [apply in_or_app; left|]; assumption.
    + destruct (IHoff ((i, false) :: path) gs) as (leaf & a & I & F); [constructor; assumption|].
      exists leaf, a. split; [apply in_or_app; right|]; assumption.
Qed.

(** The leaves of any tree cover all signs, hence all of R^d. *)
Theorem tree_covers_signs : forall (A : Type) (t : tree A) n, covers_signs n (map fst (leaves [] t)).
Proof.
  intros A t n gs _. destruct (tree_agrees A t [] gs (Forall_nil _)) as (leaf & a & I & F).
  exists leaf. split; [|assumption]. apply (in_map fst) in I. assumption.
Qed.

Theorem tree_covers : forall (A : Type) (t : tree A) X w, exists leaf a, In (leaf, a) (leaves [] t) /\ in_leaf X leaf w.
Proof.
  intros A t X w. destruct (covers_signs_sound X _ (tree_covers_signs A t (length X)) w) as (leaf & I & H).
  apply in_map_iff in I. destruct I as ([leaf' a] & E & I). simpl in E. subst leaf'. exists leaf, a. auto.
Qed.

(** A dual constraint that holds on the closed cone of every leaf holds everywhere. *)
Theorem tree_dual_point : forall (A : Type) (t : tree A) d P theta, length theta = length (inputs P) ->
  (forall leaf a, In (leaf, a) (leaves [] t) -> forall u, length u = d -> in_leaf (inputs P) leaf u ->
     Rabs (dot theta (features (inputs P) u)) <= penalty P * norm u) ->
  dual_point d P theta.
Proof.
  intros A t d P theta L H. split; [assumption|]. intros u Lu.
  destruct (tree_covers A t (inputs P) u) as (leaf & a & I & K). apply (H leaf a); assumption.
Qed.

(** ** Directions off the walls are enough *)

(** [w] lies on no wall: no row that is not zero is orthogonal to it. *)
Definition off_walls (X : list vector) (w : vector) : Prop := forall x, In x X -> norm x <> 0 -> dot x w <> 0.

(** Short steps keep all strict signs. *)
Lemma small_step : forall (X : list vector) w z, exists e0, 0 < e0 /\ forall e, 0 < e <= e0 -> forall x, In x X ->
  (0 < dot x w -> 0 < dot x w + e * dot x z) /\ (dot x w < 0 -> dot x w + e * dot x z < 0).
Proof.
  intros X w z. induction X as [|x X (e0 & He & H)]; [exists 1; split; [lra|intros ? ? ? []]|].
  assert (S : exists e1, 0 < e1 /\ forall e, 0 < e <= e1 ->
    (0 < dot x w -> 0 < dot x w + e * dot x z) /\ (dot x w < 0 -> dot x w + e * dot x z < 0)).
  { destruct (Req_dec (dot x w) 0) as [Z|Z]; [exists 1; split; intros; [lra|split; intros; lra]|].
    set (s := 1 + Rabs (dot x z)). pose proof (Rabs_pos (dot x z)) as Q. assert (0 < s) by (unfold s; lra).
    pose proof (Rabs_pos_lt _ Z) as T. exists (Rabs (dot x w) / s). split; [apply Rdiv_lt_0_compat; assumption|].
    intros e [E1 E2]. assert (B : e * s <= Rabs (dot x w)).
    { apply Rle_trans with (Rabs (dot x w) / s * s); [apply Rmult_le_compat_r; lra|]. right. field. lra. }
    unfold s in B. pose proof (Rle_abs (dot x z)). pose proof (Rle_abs (- dot x z)). rewrite Rabs_Ropp in *.
    assert (e * dot x z <= e * Rabs (dot x z)) by (apply Rmult_le_compat_l; lra).
    assert (- (e * Rabs (dot x z)) <= e * dot x z) by nra.
    split; intros G; [rewrite (Rabs_pos_eq (dot x w)) in B by lra|rewrite (Rabs_left (dot x w)) in B by lra]; lra. }
  destruct S as (e1 & He1 & H1). exists (Rmin e0 e1). split; [apply Rmin_glb_lt; assumption|].
  intros e E. pose proof (Rmin_l e0 e1). pose proof (Rmin_r e0 e1). intros x' [<-|I]; [apply H1; lra|apply H; [lra|assumption]].
Qed.

Lemma off_walls_step : forall X w z, off_walls X z -> exists e, 0 < e /\ off_walls X (vadd w (vscale e z)) /\
  forall x, In x X -> (0 <= dot x (vadd w (vscale e z)) -> 0 <= dot x w) /\ (dot x (vadd w (vscale e z)) <= 0 -> dot x w <= 0).
Proof.
  intros X w z Z. destruct (small_step X w z) as (e & E & H). exists e. split; [assumption|].
  assert (D : forall x, dot x (vadd w (vscale e z)) = dot x w + e * dot x z) by (intros; rewrite dot_add_r, dot_scale_r; ring).
  split.
  - intros x I N. rewrite D. destruct (H e ltac:(lra) x I) as [H1 H2]. destruct (Rtotal_order (dot x w) 0) as [C|[C|C]].
    + specialize (H2 C). lra.
    + rewrite C. specialize (Z x I N). rewrite Rplus_0_l. apply Rmult_integral_contrapositive_currified; lra.
    + specialize (H1 C). lra.
  - intros x I. rewrite D. destruct (H e ltac:(lra) x I) as [H1 H2]. split; intros G.
    + destruct (Rle_or_lt 0 (dot x w)) as [C|C]; [assumption|]. specialize (H2 C). lra.
    + destruct (Rle_or_lt (dot x w) 0) as [C|C]; [assumption|]. specialize (H1 C). lra.
Qed.

Lemma off_walls_exists : forall d X, Forall (fun x => length x = d) X -> exists z, length z = d /\ off_walls X z.
Proof.
  intros d X H. induction H as [|x X L H (z & Lz & Z)].
  - exists (repeat 0 d). split; [apply repeat_length|]. intros x [].
  - destruct (Req_dec (dot x z) 0) as [E|E].
    + destruct (off_walls_step X x z Z) as (e & He & O & _).
      destruct (small_step X z x) as (e0 & He0 & S). exists (vadd z (vscale e0 x)). split.
      * rewrite length_add; [assumption|]. rewrite length_scale. congruence.
      * intros x' [<-|I] N; rewrite dot_add_r, dot_scale_r.
        -- rewrite E, <- norm_square. assert (0 < norm x * norm x) by (pose proof (norm_nonneg x); nra). nra.
        -- specialize (Z x' I N). destruct (S e0 ltac:(lra) x' I) as [S1 S2].
           destruct (Rtotal_order (dot x' z) 0) as [C|[C|C]]; [specialize (S2 C); lra|contradiction|specialize (S1 C); lra].
    + exists z. split; [assumption|]. intros x' [<-|I] N; [assumption|apply Z; assumption].
Qed.

(** Closed cones that contain every direction off the walls contain every direction. *)
Theorem off_walls_enough : forall d X patterns, Forall (fun x => length x = d) X ->
  Forall (fun gs => length gs = length X) patterns ->
  (forall w, length w = d -> off_walls X w -> exists gs, In gs patterns /\ in_cell X gs w) ->
  covers d X (both_signs patterns).
Proof.
  intros d X patterns D L H. apply both_signs_cover; [assumption|]. intros w Lw.
  destruct (off_walls_exists d X D) as (z & Lz & Z). destruct (off_walls_step X w z Z) as (e & E & O & K).
  destruct (H (vadd w (vscale e z))) as (gs & I & C); [|assumption|].
  { rewrite length_add; [assumption|]. rewrite length_scale. congruence. }
  exists gs. split; [assumption|]. clear - K C. unfold in_cell in *. induction C as [|x g X gs Hx C IH]; constructor.
  - destruct (K x (or_introl eq_refl)). destruct g; auto.
  - apply IH. intros x' I. apply K. right. assumption.
Qed.

(** ** Pattern trees with evidence *)

(** A leaf is a listed pattern, or is empty with multipliers for its decided rows. *)
Inductive evidence := Listed (gs : list bool) | Empty (rho : vector).

(** [sum of rho_j sigma_j x_j] over the decided rows, [sigma] the sign of the gate. *)
Fixpoint signed_sum (X : list vector) (rho : vector) (path : decided) : vector :=
  match rho, path with
  | r :: rho', (i, s) :: path' => vadd (vscale (if s : bool then r else - r) (nth i X [])) (signed_sum X rho' path')
  | _, _ => []
  end.

(** A positive multiplier on a row that is not zero. *)
Fixpoint some_positive (X : list vector) (rho : vector) (path : decided) : Prop :=
  match rho, path with
  | r :: rho', (i, _) :: path' => (0 < r /\ norm (nth i X []) <> 0) \/ some_positive X rho' path'
  | _, _ => False
  end.

(** What has to be checked at a leaf. *)
Definition leaf_valid (X : list vector) (patterns : list (list bool)) (path : decided) (v : evidence) : Prop :=
  match v with
  | Listed gs => In gs patterns /\ length gs = length X /\
                 forall i, (i < length X)%nat -> norm (nth i X []) = 0 \/ In (i, nth i gs true) path
  | Empty rho => nonnegative rho /\ some_positive X rho path /\ norm (signed_sum X rho path) = 0
  end.

(** Gordan: an empty leaf contains no direction off the walls. *)
Lemma empty_leaf : forall X rho path w, nonnegative rho -> some_positive X rho path -> off_walls X w -> in_leaf X path w ->
  0 < dot (signed_sum X rho path) w.
Proof.
  intros X. assert (N : forall rho path w, nonnegative rho -> in_leaf X path w -> 0 <= dot (signed_sum X rho path) w).
  { induction rho as [|r rho IH]; intros [|[i s] path] w R K; simpl; try lra. inversion R; subst. inversion K; subst.
    rewrite dot_add_l, dot_scale_l. unfold weakly in *. simpl in *.
    specialize (IH path w ltac:(assumption) ltac:(assumption)). destruct s; nra. }
  induction rho as [|r rho IH]; intros [|[i s] path] w R S O K; simpl in S; try contradiction.
  inversion R; subst. inversion K as [|? ? Ki Kp]; subst. simpl. rewrite dot_add_l, dot_scale_l. unfold weakly in Ki. simpl in Ki.
  destruct S as [[P Z]|S].
  - specialize (N rho path w ltac:(assumption) Kp).
    assert (D : dot (nth i X []) w <> 0).
    { destruct (le_lt_dec (length X) i) as [C|C]; [exfalso; apply Z; rewrite nth_overflow by assumption; unfold norm; simpl;
        apply sqrt_0|].
      apply O; [apply nth_In|]; assumption. }
    destruct s; assert (0 < dot (nth i X []) w \/ dot (nth i X []) w < 0) by lra; nra.
  - specialize (IH path w ltac:(assumption) S O Kp). destruct s; nra.
Qed.

Lemma in_cell_nth : forall X gs w, length gs = length X ->
  (forall i, (i < length X)%nat -> if nth i gs true then 0 <= dot (nth i X []) w else dot (nth i X []) w <= 0) -> in_cell X gs w.
Proof.
  induction X as [|x X IH]; intros [|g gs] w L H; simpl in L; try discriminate; constructor.
  - apply (H 0%nat). simpl. lia.
  - apply IH; [congruence|]. intros i Hi. apply (H (S i)). simpl. lia.
Qed.

(** A pattern tree whose leaves are all valid proves that the listed patterns, with both signs, cover all directions. *)
Theorem pattern_tree_sound : forall d X patterns (t : tree evidence),
  Forall (fun x => length x = d) X -> Forall (fun gs => length gs = length X) patterns ->
  (forall path v, In (path, v) (leaves [] t) -> leaf_valid X patterns path v) ->
  covers d X (both_signs patterns).
Proof.
  intros d X patterns t D L V. apply off_walls_enough; [assumption|assumption|]. intros w Lw O.
  destruct (tree_covers evidence t X w) as (path & v & I & K). specialize (V path v I). destruct v as [gs|rho]; simpl in V.
  - destruct V as (Hin & Lg & A). exists gs. split; [assumption|]. apply in_cell_nth; [assumption|]. intros i Hi.
    destruct (A i Hi) as [Z|P].
    + destruct (nth i gs true); apply Req_le; [symmetry|]; rewrite dot_comm; apply norm_zero_dot; exact Z.
    + unfold in_leaf in K. rewrite Forall_forall in K. specialize (K _ P). unfold weakly in K. simpl in K. assumption.
  - destruct V as (R & S & Z). exfalso. pose proof (empty_leaf X rho path w R S O K).
    rewrite dot_comm, (norm_zero_dot _ w Z) in H. lra.
Qed.
