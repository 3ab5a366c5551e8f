(** * Certificates of bounds with any piecewise quadratic loss, row weights, free hidden weights and a linear part

    When [check_training] answers [true], no network of whatever width and no linear part cost less than [lower], and those that
    are given cost at most [upper]. The trees are those of [Certificate.v]; the dual value is that of [Training.v], with the
    conjugate of [Piecewise.v]. Free hidden weights are dealt with in either of two ways: by a tree in which they count for no norm,
    or, when the only one is a bias, by a tree for each pivot (CERTIFICATE.md, E4; [Pivots.v]). *)

From Coq Require Import ZArith QArith Qreals Reals List Bool Lia Lra Psatz.
From ReluExact Require Import Spec Basics Duality Trie Numbers Tree Certificate Training Piecewise Pivots.
Import ListNotations.

(** ** Rational data, read as real numbers *)

(** A row: what neurons and linear part see, the weight, and the factor and the shift of its output before the loss. *)
Record data_row := DataRow { for_neurons : list Q; for_linear : list Q; importance : Q; factor : Q; shift : Q }.

Definition sample_of (l : rational_loss) (r : data_row) : sample :=
  Sample (map Q2R (for_neurons r)) (map Q2R (for_linear r)) (Q2R (importance r))
    (fun t => real_loss l (Q2R (factor r) * t + Q2R (shift r))%R).

Definition training_of_rows (free : nat) (l : rational_loss) (rows : list data_row) (b : Q) (ridges : list Q) : training :=
  Training (map (sample_of l) rows) free (Q2R b) (map Q2R ridges).

(** The evidence: common denominators of the inputs of neurons and linear part, of hidden and outer weights; [theta] and its
    denominator; for both signs trees, each with the number of its pivot, counted from 1, or 0 for the rows as they are. *)
Record training_evidence (t : Type) := TrainingEvidence {
  of_inputs : Z; of_linear : Z; of_inner : Z; of_outer_weights : Z;
  theta_whole : list Z; theta_under : Z; positive_views : option (list (nat * tree t)); negative_views : option (list (nat * tree t)) }.
Arguments TrainingEvidence {t}.
Arguments of_inputs {t}.
Arguments of_linear {t}.
Arguments of_inner {t}.
Arguments of_outer_weights {t}.
Arguments theta_whole {t}.
Arguments theta_under {t}.
Arguments positive_views {t}.
Arguments negative_views {t}.

(** ** Fractions *)

Definition fraction (z n : Z) : Q := Qred (z # Z.to_pos n).

Definition sum_of (l : list Q) : Q := fold_right (fun a s => Qred (a + s)) 0%Q l.

Fixpoint inner_of (u v : list Q) : Q :=
  match u, v with
  | a :: u', c :: v' => Qred (a * c + inner_of u' v')
  | _, _ => 0
  end.

(** ** The dual value *)

(** The conjugate of the weighted loss of a row at [- t / T]; [t s / a] is for the shift. *)
Definition row_charge (l : rational_loss) (T t : Z) (r : data_row) : option Q :=
  let theta := fraction t T in
  match conjugate l (Qred (- theta / (factor r * importance r))) with
  | Some c => Some (Qred (importance r * c + theta * shift r / factor r))
  | None => None
  end.

Fixpoint row_charges (l : rational_loss) (T : Z) (rows : list data_row) (theta : list Z) : option (list Q) :=
  match rows, theta with
  | r :: rows', t :: theta' =>
      match row_charge l T t r, row_charges l T rows' theta' with
      | Some c, Some cs => Some (c :: cs)
      | _, _ => None
      end
  | [], [] => Some []
  | _, _ => None
  end.

(** [sum theta_i G_i] in whole numbers. *)
Fixpoint whole_pull (theta : list Z) (G : list (list Z)) : list Z :=
  match theta, G with
  | t :: theta', x :: G' => plus (times t x) (whole_pull theta' G')
  | _, _ => []
  end.

(** [sum a_k^2 / (2 r_k)] for [a = pull / n]; None: a free weight with another pull than 0. *)
Fixpoint whole_charge (n : Z) (ridges : list Q) (pull : list Z) : option Q :=
  match ridges, pull with
  | r :: ridges', p :: pull' =>
      match whole_charge n ridges' pull' with
      | Some c =>
          if Qeq_bool r 0 then if (p =? 0)%Z then Some c else None
          else let a := fraction p n in Some (Qred (a * a / (2 * r) + c))
      | None => None
      end
  | _, _ => Some 0%Q
  end.

Module TrainingCertificates (A : NUMBERS).
  Module B := Certificates A.
  Import B B.C.

  (** ** Feasibility *)

  (** [sign theta . (X u)+ <= b |u|] for all [u]. *)
  Definition check_view (free : nat) (D : Z) (X : list (list Z)) (T : Z) (theta : list Z) (b : Q) (sign : Z) (t : tree A.t) : bool :=
    let places := assign 1 X [] in
    let F := factor_denominator places in
    let rows := combine (combine X theta) (map (weigh F) places) in
    (0 <? F)%Z && Nat.eqb (length rows) (length X) && check_tree free D F sign rows T b (Some t).

  Definition shifted (o : list Z) (X : list (list Z)) : list (list Z) := map (fun x => plus x (times (-1) o)) X.

  Definition pivot_row (X : list (list Z)) (n : nat) : option (list Z) := match n with O => None | S k => nth_error X k end.

  (** A bias beside the rows [X]: a view from every row with [sign theta_i < 0]. *)
  Definition check_pivots (D : Z) (X : list (list Z)) (T : Z) (theta : list Z) (b : Q) (sign : Z) (views : list (nat * tree A.t)) : bool :=
    (fold_right Z.add 0 theta =? 0)%Z
    && forallb (fun v => match pivot_row X (fst v) with
                         | Some o => check_view 0 D (shifted o X) T theta b sign (snd v)
                         | None => false
                         end) views
    && forallb (fun p => (0 <=? sign * fst p)%Z
                         || existsb (fun v => match pivot_row X (fst v) with Some o => same o (snd p) | None => false end) views)
         (combine theta X).

  Definition starts_with (c : Z) (x : list Z) : bool := match x with a :: _ => (a =? c)%Z | [] => false end.

  Definition check_side (free : nat) (D : Z) (X : list (list Z)) (T : Z) (theta : list Z) (b : Q) (sign : Z)
      (views : option (list (nat * tree A.t))) : bool :=
    match views with
    | None => false
    | Some [(O, t)] => check_view free D X T theta b sign t
    | Some views => Nat.eqb free 1 && forallb (starts_with D) X && check_pivots D (map (@tl Z) X) T theta b sign views
    end.

  Definition check_dual (E : Z) (G : list (list Z)) (l : rational_loss) (rows : list data_row) (ridges : list Q)
      (T : Z) (theta : list Z) (lower : Q) : bool :=
    match row_charges l T rows theta, whole_charge (E * T) ridges (whole_pull theta G) with
    | Some cs, Some c => Qle_bool lower (- (sum_of cs) - c)
    | _, _ => false
    end.

  (** ** The cost of a network *)

  Definition whole_neurons (net : list (list Z * Z)) : list (list A.t * A.t) := map (fun k => (of_list (fst k), A.ofZ (snd k))) net.

  (** The output of the network at a whole row. *)
  Definition whole_output (D W O : Z) (neurons : list (list A.t * A.t)) (x : list Z) : Q :=
    fraction (A.toZ (total_of (fired (of_list x)) neurons)) (D * W * O).

  Definition row_cost (l : rational_loss) (g : list Q) (r : data_row) (f : Q) : Q :=
    Qred (importance r * loss_at l (Qred (factor r * (f + inner_of (for_linear r) g) + shift r))).

  Fixpoint row_costs (l : rational_loss) (g : list Q) (rows : list data_row) (outputs : list Q) : list Q :=
    match rows, outputs with
    | r :: rows', f :: outputs' => row_cost l g r f :: row_costs l g rows' outputs'
    | _, _ => []
    end.

  Definition penalised (free : nat) (W O : Z) (neurons : list (list A.t * A.t)) : Q :=
    fraction
      (A.toZ (A.add (A.mul (A.ofZ (O * O)) (total_of (fun k => square (skipn free (fst k))) neurons))
                    (A.mul (A.ofZ (W * W)) (total_of (fun k => A.mul (snd k) (snd k)) neurons))))
      (W * W * (O * O)).

  Definition whole_cost (free : nat) (D : Z) (X : list (list Z)) (l : rational_loss) (rows : list data_row) (b : Q) (ridges : list Q)
      (W O : Z) (net : list (list Z * Z)) (g : list Q) : Q :=
    let neurons := whole_neurons net in
    (sum_of (row_costs l g rows (map (whole_output D W O neurons) X))
     + b / 2 * penalised free W O neurons + inner_of ridges (map (fun a => a * a) g) / 2)%Q.

  Definition good_row (d k : nat) (r : data_row) : bool :=
    has_length d (for_neurons r) && has_length k (for_linear r)
    && negb (Qle_bool (importance r) 0) && negb (Qeq_bool (factor r) 0).

  (** Everything. *)
  Definition check_training (d free : nat) (l : rational_loss) (rows : list data_row) (b : Q) (ridges : list Q)
      (net : list (list Q * Q)) (g : list Q) (lower upper gap : Q) (e : training_evidence A.t) : bool :=
    let D := of_inputs e in
    let E := of_linear e in
    let W := of_inner e in
    let O := of_outer_weights e in
    let T := theta_under e in
    let theta := theta_whole e in
    match all_some (all_some (scaled D)) (map for_neurons rows), all_some (all_some (scaled E)) (map for_linear rows),
          all_some (all_some (scaled W)) (map fst net), all_some (scaled O) (map snd net) with
    | Some X', Some G', Some hidden', Some outer' =>
        loss_convex l && forallb (good_row d (length ridges)) rows && forallb (Qle_bool 0) ridges && negb (Qle_bool b 0)
        && forallb (has_length d) (map fst net) && has_length (length ridges) g
        && (0 <? D)%Z && (0 <? E)%Z && (0 <? W)%Z && (0 <? O)%Z && (0 <? T)%Z
        && Nat.eqb (length theta) (length rows) && Qle_bool (upper - lower) gap
        && check_dual E G' l rows ridges T theta lower
        && Qle_bool (whole_cost free D X' l rows b ridges W O (combine hidden' outer') g) upper
        && check_side free D X' T theta b 1 (positive_views e) && check_side free D X' T theta b (-1) (negative_views e)
    | _, _, _, _ => false
    end.

  (** ** Soundness *)

  Open Scope R_scope.

  Lemma fraction_real : forall z n, (0 < n)%Z -> Q2R (fraction z n) = IZR z * / IZR n.
  Proof. intros z n H. unfold fraction. rewrite Q2R_red. unfold Q2R. cbn [Qnum Qden]. rewrite Z2Pos.id by assumption. reflexivity. Qed.

  Lemma sum_of_real : forall l, Q2R (sum_of l) = total (map Q2R l).
  Proof. induction l as [|a l IH]; cbn [sum_of fold_right map total]; [apply Q2R_0|]. rewrite Q2R_red, Q2R_plus. fold (sum_of l). rewrite IH. reflexivity. Qed.

  Lemma inner_of_real : forall u v, Q2R (inner_of u v) = dot (map Q2R u) (map Q2R v).
  Proof.
    induction u as [|a u IH]; intros [|c v]; cbn [inner_of map dot]; try apply Q2R_0.
    rewrite Q2R_red, Q2R_plus, Q2R_mult, IH. reflexivity.
  Qed.

  Lemma check_view_sound : forall free D X Xr T theta b sign t, (0 < D)%Z -> (0 < T)%Z -> length theta = length X ->
    map reals X = map (vscale (IZR D)) Xr -> check_view free D X T theta b sign t = true ->
    forall u, IZR sign * dot (dual_point T theta) (features Xr u) <= Q2R b * norm (skipn free u).
  Proof.
    intros free D X Xr T theta b sign t HD HT L HX H. unfold check_view in H. apply andb_prop in H as [H Ht].
    apply andb_prop in H as [HF Hl]. apply Z.ltb_lt in HF. apply PeanoNat.Nat.eqb_eq in Hl.
    exact (check_tree_bound free D _ sign X Xr theta T _ b _ HD HF HT HX L Hl Ht).
  Qed.

  Lemma reals_shifted : forall D o r X Xr, reals o = vscale (IZR D) r -> map reals X = map (vscale (IZR D)) Xr ->
    map reals (shifted o X) = map (vscale (IZR D)) (map (minus_row r) Xr).
  Proof.
    intros D o r X. unfold shifted. induction X as [|x X IH]; intros [|xr Xr] Ho HX; try discriminate; [reflexivity|].
    injection HX as Hx HX. cbn [map]. f_equal; [|apply IH; assumption]. unfold minus_row. clear - Ho Hx. revert o r x xr Ho Hx.
    assert (N : forall o r, reals o = vscale (IZR D) r -> reals (times (-1) o) = vscale (IZR D) (vsub [] r)).
    { induction o as [|c o IH]; intros [|e r] H; try discriminate; [reflexivity|]. injection H as Hc H.
      unfold times, reals. cbn [map vsub vscale]. f_equal; [rewrite mult_IZR, Hc; ring|exact (IH r H)]. }
    intros o r x. revert o r. induction x as [|a x IH]; intros o r [|c xr] Ho Hx; try discriminate.
    - exact (N o r Ho).
    - injection Hx as Ha Hx. destruct o as [|e o], r as [|f r]; [simpl; f_equal; assumption|discriminate Ho|discriminate Ho|].
      injection Ho as He Ho.
      change (IZR (a + -1 * e) :: reals (plus x (times (-1) o)) = IZR D * (c - f) :: vscale (IZR D) (vsub xr r)). f_equal; [|apply (IH o r xr Ho Hx)].
      rewrite plus_IZR, mult_IZR, Ha, He. ring.
  Qed.

  Lemma reals_total : forall T theta, 0 < IZR T -> IZR (fold_right Z.add 0%Z theta) = IZR T * total (dual_point T theta).
  Proof.
    intros T theta HT. unfold dual_point. induction theta as [|t theta IH]; simpl; [ring|]. rewrite plus_IZR, IH. field. lra.
  Qed.

  Lemma in_whole : forall D T theta X Xr t x, 0 < IZR T -> map reals X = map (vscale (IZR D)) Xr ->
    In (t, x) (combine (dual_point T theta) Xr) ->
    exists z v, In (z, v) (combine theta X) /\ t = / IZR T * IZR z /\ reals v = vscale (IZR D) x.
  Proof.
    intros D T theta. induction theta as [|z theta IH]; intros [|v X] [|xr Xr] t x HT HX H; try discriminate; try contradiction.
    injection HX as Hx HX. simpl in H. destruct H as [H|H].
    - injection H as <- <-. exists z, v. repeat split; [left; reflexivity|assumption].
    - destruct (IH X Xr t x HT HX H) as (z' & v' & I & E). exists z', v'. split; [right; assumption|assumption].
  Qed.

  Lemma vscale_minus : forall c v, vscale (-1) (vscale c v) = vscale c (vscale (-1) v).
  Proof. intros. unfold vscale. rewrite !map_map. apply map_ext. intros. ring. Qed.

  Lemma signed_sum : forall s theta X w, dot (vscale s theta) (features X w) = s * dot theta (features X w).
  Proof. intros. apply dot_scale_l. Qed.

  Lemma check_pivots_sound : forall D X Xr T theta b s views, (0 < D)%Z -> (0 < T)%Z -> 0 <= Q2R b ->
    s = 1%Z \/ s = (-1)%Z -> length theta = length X ->
    map reals X = map (vscale (IZR D)) Xr -> check_pivots D X T theta b s views = true ->
    forall c w, IZR s * dot (dual_point T theta) (features (map (cons 1) Xr) (c :: w)) <= Q2R b * norm w.
  Proof.
    intros D X Xr T theta b s views HD HT Hb Hs L HX H c w. unfold check_pivots in H. apply andb_prop in H as [H Hcover].
    apply andb_prop in H as [Hsum Hviews]. apply Z.eqb_eq in Hsum. rewrite forallb_forall in Hviews, Hcover.
    apply IZR_lt in HD as HD', HT as HT'. rewrite <- signed_sum.
    assert (LX : length Xr = length X) by (apply (f_equal (@length _)) in HX; rewrite !map_length in HX; symmetry; assumption).
    apply pivots_enough; [assumption| | |].
    - unfold dual_point, reals. rewrite !length_scale, map_length, LX. assumption.
    - pose proof (reals_total T theta HT') as E. rewrite Hsum in E. assert (Z : total (dual_point T theta) = 0) by nra.
      unfold vscale at 1. rewrite total_map_scale, map_id, Z. ring.
    - intros t x Hin Hneg. rewrite signed_sum.
      assert (Hin' : exists t0, t = IZR s * t0 /\ In (t0, x) (combine (dual_point T theta) Xr)).
      { clear - Hin. generalize dependent (dual_point T theta). intros v. revert Xr. induction v as [|a v IH]; intros [|y Xr] Hin; try contradiction.
        destruct Hin as [Hin|Hin]; [injection Hin as <- <-; exists a; split; [reflexivity|left; reflexivity]|].
        destruct (IH Xr Hin) as (t0 & E & I). exists t0. split; [assumption|right; assumption]. }
      destruct Hin' as (t0 & -> & Hin'). destruct (in_whole D T theta X Xr t0 x HT' HX Hin') as (z & v & Hzv & -> & Hv).
      specialize (Hcover _ Hzv). cbn [fst snd] in Hcover. apply orb_prop in Hcover as [Hz|Hex].
      + exfalso. apply Z.leb_le in Hz. apply IZR_le in Hz. rewrite mult_IZR in Hz.
        pose proof (Rinv_0_lt_compat _ HT'). nra.
      + apply existsb_exists in Hex as (view & Hview & Hsame). specialize (Hviews _ Hview).
        destruct (pivot_row X (fst view)) as [o|]; [|discriminate]. apply same_true in Hsame. subst o.
        apply (check_view_sound 0 D (shifted v X) _ T theta b s (snd view) HD HT); [|apply reals_shifted; assumption|assumption].
        unfold shifted. rewrite map_length. assumption.
  Qed.

  Lemma starts_real : forall D X Xr, 0 < IZR D -> map reals X = map (vscale (IZR D)) Xr -> forallb (starts_with D) X = true ->
    exists Yr, Xr = map (cons 1) Yr /\ map reals (map (@tl Z) X) = map (vscale (IZR D)) Yr.
  Proof.
    intros D. induction X as [|x X IH]; intros [|xr Xr] HD HX H; try discriminate; [exists []; split; reflexivity|].
    injection HX as Hx HX. cbn [forallb] in H. apply andb_prop in H as [H0 H]. destruct (IH Xr HD HX H) as (Yr & -> & E).
    destruct x as [|a x], xr as [|e xr]; try discriminate. injection Hx as Ha Hx. simpl in H0. apply Z.eqb_eq in H0. subst a.
    exists (xr :: Yr). cbn [map tl]. rewrite E. split; [|f_equal; assumption]. f_equal. f_equal. apply Rmult_eq_reg_l with (IZR D); lra.
  Qed.

  Lemma check_side_sound : forall free d D X Xr T theta b s views, (0 < D)%Z -> (0 < T)%Z -> 0 <= Q2R b ->
    s = 1%Z \/ s = (-1)%Z -> length theta = length X -> Forall (fun x => length x = d) Xr ->
    map reals X = map (vscale (IZR D)) Xr -> check_side free D X T theta b s views = true ->
    forall u, length u = d -> IZR s * dot (dual_point T theta) (features Xr u) <= Q2R b * norm (skipn free u).
  Proof.
    intros free d D X Xr T theta b s views HD HT Hb Hs L Hd HX H u Hu. apply IZR_lt in HD as HD'.
    assert (P : forall l, Nat.eqb free 1 && forallb (starts_with D) X && check_pivots D (map (@tl Z) X) T theta b s l = true ->
      IZR s * dot (dual_point T theta) (features Xr u) <= Q2R b * norm (skipn free u)).
    { intros l Hl. apply andb_prop in Hl as [Hl Hp]. apply andb_prop in Hl as [Hf Hx]. apply PeanoNat.Nat.eqb_eq in Hf. subst free.
      destruct (starts_real D X Xr HD' HX Hx) as (Yr & -> & E). destruct u as [|c w].
      - assert (Z : dot (dual_point T theta) (features (map (cons 1) Yr) []) = 0).
        { clear. generalize (dual_point T theta). induction Yr as [|y Yr IH]; intros [|t v]; try reflexivity. simpl.
          unfold features in IH. rewrite IH, relu_pos by lra. ring. }
        rewrite Z, Rmult_0_r. apply Rmult_le_pos; [assumption|apply norm_nonneg].
      - cbn [skipn]. apply (check_pivots_sound D (map (@tl Z) X) Yr T theta b s l HD HT Hb Hs); [rewrite map_length; assumption|assumption|assumption]. }
    unfold check_side in H. destruct views as [views|]; [|discriminate].
    destruct views as [|[[|k] t] [|v views]]; try (apply (P _ H)). apply (check_view_sound free D X Xr T theta b s t); assumption.
  Qed.

  Lemma row_charge_sound : forall l T t r c, (0 < T)%Z -> 0 < Q2R (importance r) -> Q2R (factor r) <> 0 ->
    row_charge l T t r = Some c -> conjugate_at_most (sample_of l r) (/ IZR T * IZR t, Q2R c).
  Proof.
    intros l T t r c HT Hw Ha H tau. unfold row_charge in H. destruct (conjugate l _) as [c0|] eqn:E; [|discriminate].
    apply same_answer in H as <-. pose proof (conjugate_sound _ _ _ E (Q2R (factor r) * tau + Q2R (shift r))) as F.
    assert (Nf : ~ (factor r == 0)%Q) by (intros N; apply Qeq_eqR in N; rewrite Q2R_0 in N; contradiction).
    assert (Np : ~ (factor r * importance r == 0)%Q).
    { intros N. apply Qeq_eqR in N. rewrite Q2R_mult, Q2R_0 in N. apply Rmult_integral in N as [N|N]; [contradiction|lra]. }
    rewrite Q2R_red, Q2R_div, Q2R_opp, Q2R_mult, fraction_real in F by assumption.
    rewrite Q2R_red, Q2R_plus, Q2R_mult, Q2R_div, Q2R_mult, fraction_real by assumption.
    cbn [fst snd row_weight loss sample_of]. set (v := real_loss l _) in *. set (w := Q2R (importance r)) in *.
    set (a := Q2R (factor r)) in *. set (s := Q2R (shift r)) in *. set (theta := IZR t * / IZR T) in *.
    apply Rmult_le_compat_l with (r := w) in F; [|lra].
    replace (w * (- theta / (a * w) * (a * tau + s) - v)) with (- theta * tau - theta * s / a - w * v) in F by (field; lra).
    rewrite (Rmult_comm (/ IZR T)). fold theta. lra.
  Qed.

  Definition good (d k : nat) (r : data_row) : Prop :=
    length (for_neurons r) = d /\ length (for_linear r) = k /\ 0 < Q2R (importance r) /\ Q2R (factor r) <> 0.

  Lemma good_rows : forall d k rows, forallb (good_row d k) rows = true -> Forall (good d k) rows.
  Proof.
    intros d k rows H. rewrite forallb_forall in H. apply Forall_forall. intros r Hr. specialize (H r Hr). unfold good_row in H.
    apply andb_prop in H as [H H4]. apply andb_prop in H as [H H3]. apply andb_prop in H as [H1 H2].
    apply PeanoNat.Nat.eqb_eq in H1, H2. apply negb_true_iff in H3, H4. apply le_false in H3. apply eq_false in H4. rewrite Q2R_0 in *.
    repeat split; assumption.
  Qed.

  Lemma row_charges_sound : forall l T d k rows theta cs, (0 < T)%Z -> Forall (good d k) rows ->
    row_charges l T rows theta = Some cs ->
    Forall2 conjugate_at_most (map (sample_of l) rows) (combine (dual_point T theta) (map Q2R cs)) /\ length cs = length theta.
  Proof.
    intros l T d k. induction rows as [|r rows IH]; intros [|t theta] cs HT Hg H; cbn [row_charges] in H; try discriminate.
    - injection H as <-. split; [constructor|reflexivity].
    - destruct (row_charge l T t r) as [c|] eqn:E; [|discriminate].
      destruct (row_charges l T rows theta) as [cs'|] eqn:E'; [|discriminate]. injection H as <-.
      inversion Hg as [|? ? Hr Hrows]; subst. destruct (IH theta cs' HT Hrows E') as [F L]. simpl. split; [|congruence].
      constructor; [|exact F]. destruct Hr as (_ & _ & Hw & Ha). apply (row_charge_sound l T t r c); assumption.
  Qed.

  Lemma map_fst_combine : forall (A1 B1 : Type) (l : list A1) (m : list B1), length m = length l -> map fst (combine l m) = l.
  Proof. induction l as [|a l IH]; intros [|b m] H; try discriminate; [reflexivity|]. simpl. f_equal. auto. Qed.

  Lemma map_snd_combine : forall (A1 B1 : Type) (l : list A1) (m : list B1), length m = length l -> map snd (combine l m) = m.
  Proof. induction l as [|a l IH]; intros [|b m] H; try discriminate; [reflexivity|]. simpl. f_equal. auto. Qed.

  Lemma reals_plus : forall v w, reals (plus v w) = vadd (reals v) (reals w).
  Proof.
    induction v as [|a v IH]; intros [|c w]; try reflexivity. simpl. rewrite plus_IZR. f_equal. apply IH.
  Qed.

  Lemma reals_times : forall c v, reals (times c v) = vscale (IZR c) (reals v).
  Proof. intros. unfold reals, times, vscale. rewrite !map_map. apply map_ext. intros. apply mult_IZR. Qed.

  Lemma vscale_add : forall c u v, vscale c (vadd u v) = vadd (vscale c u) (vscale c v).
  Proof. induction u as [|a u IH]; intros [|e v]; try reflexivity. simpl. f_equal; [ring|apply IH]. Qed.

  Lemma vscale_twice : forall a c u, vscale a (vscale c u) = vscale (a * c) u.
  Proof. intros. unfold vscale. rewrite map_map. apply map_ext. intros. ring. Qed.

  Lemma whole_pull_real : forall E T theta G Gr, 0 < IZR E -> 0 < IZR T -> map reals G = map (vscale (IZR E)) Gr ->
    reals (whole_pull theta G) = vscale (IZR E * IZR T) (mix (dual_point T theta) Gr).
  Proof.
    intros E T. induction theta as [|t theta IH]; intros [|x G] Gr HE HT H; destruct Gr as [|xr Gr]; try discriminate; try reflexivity.
    injection H as Hx H. cbn [whole_pull]. rewrite reals_plus, reals_times, Hx, (IH G Gr HE HT H). simpl.
    rewrite vscale_add, !vscale_twice. f_equal. f_equal. field. lra.
  Qed.

  Lemma whole_charge_sound : forall n ridges pull a c, (0 < n)%Z -> reals pull = vscale (IZR n) a ->
    whole_charge n ridges pull = Some c ->
    free_vanish (map Q2R ridges) a /\ ridge_charge (map Q2R ridges) a = Q2R c.
  Proof.
    intros n. induction ridges as [|r ridges IH]; intros pull a c Hn Ha H.
    - simpl in *. injection H as <-. split; [exact I|]. symmetry. apply Q2R_0.
    - destruct pull as [|p pull], a as [|x a]; try discriminate.
      + simpl in *. injection H as <-. split; [exact I|]. symmetry. apply Q2R_0.
      + cbn [whole_charge] in H. injection Ha as Hx Ha. destruct (whole_charge n ridges pull) as [c'|] eqn:E; [|discriminate].
        destruct (IH pull a c' Hn Ha E) as [F R0]. apply IZR_lt in Hn as Hn'. cbn [map free_vanish ridge_charge].
        destruct (Qeq_bool r 0) eqn:Er; [apply eq_true in Er|apply eq_false in Er]; rewrite Q2R_0 in Er.
        * destruct (Z.eqb_spec p 0) as [->|]; [|discriminate]. injection H as <-.
          assert (x = 0) by (apply Rmult_eq_reg_l with (IZR n); lra). subst x.
          destruct (Req_EM_T (Q2R r) 0); [|contradiction]. split; [auto|lra].
        * apply same_answer in H as <-. destruct (Req_EM_T (Q2R r) 0); [contradiction|].
          assert (Np : ~ (2 * r == 0)%Q) by (intros N; apply Qeq_eqR in N; rewrite Q2R_mult, Q2R_2, Q2R_0 in N; lra).
          rewrite Q2R_red, Q2R_plus, Q2R_div, !Q2R_mult, fraction_real, Q2R_2, Hx by assumption.
          split; [split; [contradiction|assumption]|]. rewrite R0. field. lra.
  Qed.

  Lemma check_dual_sound : forall free d k b E G' l rows ridges T theta lower, (0 < E)%Z -> (0 < T)%Z -> Forall (good d k) rows ->
    length theta = length rows -> all_some (all_some (scaled E)) (map for_linear rows) = Some G' ->
    check_dual E G' l rows ridges T theta lower = true ->
    exists D, map fst D = dual_point T theta /\ Forall2 conjugate_at_most (map (sample_of l) rows) D /\
      free_vanish (map Q2R ridges) (pull (training_of_rows free l rows b ridges) (dual_point T theta)) /\
      Q2R lower <= dual_cost (training_of_rows free l rows b ridges) D.
  Proof.
    intros free d k b E G' l rows ridges T theta lower HE HT Hg L HG H. unfold check_dual in H.
    destruct (row_charges l T rows theta) as [cs|] eqn:Ec; [|discriminate].
    destruct (whole_charge (E * T) ridges (whole_pull theta G')) as [c|] eqn:Er; [|discriminate].
    apply le_true in H. rewrite Q2R_minus, Q2R_opp, sum_of_real in H.
    destruct (row_charges_sound l T d k rows theta cs HT Hg Ec) as [F Lc].
    assert (Ld : length (map Q2R cs) = length (dual_point T theta)) by (unfold dual_point, reals; rewrite length_scale, !map_length; assumption).
    assert (P : pull (training_of_rows free l rows b ridges) (dual_point T theta) = mix (dual_point T theta) (map (map Q2R) (map for_linear rows))).
    { unfold pull, training_of_rows. cbn [samples]. rewrite !map_map. reflexivity. }
    apply all_rows_sound in HG. apply IZR_lt in HE as HE', HT as HT'.
    pose proof (whole_pull_real E T theta G' _ HE' HT' HG) as W. rewrite <- mult_IZR in W.
    destruct (whole_charge_sound (E * T) ridges _ _ c ltac:(lia) W Er) as [V R0]. rewrite <- P in V, R0.
    exists (combine (dual_point T theta) (map Q2R cs)). rewrite map_fst_combine by assumption.
    split; [reflexivity|]. split; [exact F|]. split; [exact V|].
    unfold dual_cost. rewrite map_fst_combine, map_snd_combine by assumption. unfold training_of_rows in *. cbn [Spec.ridges] in *. rewrite R0. exact H.
  Qed.

  (** ** The cost *)

  Lemma row_costs_sound : forall D W O l g ks net, (0 < D)%Z -> (0 < W)%Z -> (0 < O)%Z ->
    Forall2 (stands_for (IZR W) (IZR O)) ks net ->
    forall rows X', map reals X' = map (vscale (IZR D)) (map (map Q2R) (map for_neurons rows)) ->
    total (map Q2R (row_costs l g rows (map (whole_output D W O ks) X')))
    = total (map (fun s => row_weight s * loss s (prediction net (map Q2R g) s)) (map (sample_of l) rows)).
  Proof.
    intros D W O l g ks net HD HW HO Hks. apply IZR_lt in HD as HD', HW as HW', HO as HO'.
    induction rows as [|r rows IH]; intros [|x X'] HX; try discriminate; [reflexivity|].
    injection HX as Hx HX. cbn [map row_costs total]. rewrite (IH X' HX). f_equal.
    unfold row_cost. rewrite Q2R_red, Q2R_mult, loss_at_real, Q2R_red, Q2R_plus, Q2R_mult, Q2R_plus, inner_of_real.
    unfold whole_output. rewrite fraction_real by (repeat apply Z.mul_pos_pos; assumption).
    change (IZR (A.toZ ?v)) with (val v). rewrite (val_output (IZR D) (IZR W) (IZR O) HD' HW' x _ ks net Hx Hks), !mult_IZR.
    cbn [row_weight loss sample_of]. unfold prediction. cbn [seen passed sample_of].
    replace (IZR D * IZR W * IZR O * output net (map Q2R (for_neurons r)) * / (IZR D * IZR W * IZR O))
      with (output net (map Q2R (for_neurons r))) by (field; lra). reflexivity.
  Qed.

  Lemma penalised_sound : forall free W O ks net, (0 < W)%Z -> (0 < O)%Z -> Forall2 (stands_for (IZR W) (IZR O)) ks net ->
    Q2R (penalised free W O ks)
    = total (map (fun k => dot (skipn free (hidden k)) (skipn free (hidden k)) + outer k * outer k) net).
  Proof.
    intros free W O ks net HW HO H. apply IZR_lt in HW as HW', HO as HO'. unfold penalised.
    rewrite fraction_real by (repeat apply Z.mul_pos_pos; assumption). change (IZR (A.toZ ?v)) with (val v).
    rewrite val_add, !val_mul, !val_ofZ, total_map_plus.
    rewrite (total_of_stands_for (IZR W) (IZR O) _ (fun k => IZR W * IZR W * dot (skipn free (hidden k)) (skipn free (hidden k))) ks net H).
    - rewrite (total_of_stands_for (IZR W) (IZR O) _ (fun k => IZR O * IZR O * (outer k * outer k)) ks net H).
      + rewrite !total_map_scale, !mult_IZR. field. lra.
      + intros k neuron [_ Ho]. rewrite val_mul, Ho. ring.
    - intros k neuron [Hh _]. rewrite val_square. unfold vals. rewrite <- skipn_map. fold (vals (fst k)). rewrite Hh.
      unfold vscale. rewrite skipn_map. fold (vscale (IZR W) (skipn free (hidden neuron))). rewrite dot_scale_l, dot_scale_r. ring.
  Qed.

  Lemma whole_cost_sound : forall free D X' l rows b ridges W O net hidden' outer' g,
    (0 < D)%Z -> (0 < W)%Z -> (0 < O)%Z -> all_some (all_some (scaled D)) (map for_neurons rows) = Some X' ->
    all_some (all_some (scaled W)) (map fst net) = Some hidden' -> all_some (scaled O) (map snd net) = Some outer' ->
    cost (training_of_rows free l rows b ridges) (network_of net) (map Q2R g)
    = Q2R (whole_cost free D X' l rows b ridges W O (combine hidden' outer') g).
  Proof.
    intros free D X' l rows b ridges W O net hidden' outer' g HD HW HO HX Hh Ho.
    pose proof (stand_for _ _ _ _ _ Hh Ho) as Hks. fold (whole_neurons (combine hidden' outer')) in Hks.
    set (ks := whole_neurons (combine hidden' outer')) in *. apply all_rows_sound in HX.
    unfold whole_cost. cbv zeta. fold ks.
    assert (Nz : ~ (2 == 0)%Q) by discriminate.
    rewrite !Q2R_plus, sum_of_real, (row_costs_sound D W O l g ks (network_of net)) by assumption.
    rewrite Q2R_mult, !Q2R_div, Q2R_2, (penalised_sound free W O ks (network_of net)), inner_of_real by assumption.
    unfold cost, training_of_rows, pulled. cbn [samples decay free_weights Spec.ridges].
    replace (map (fun a => a * a) (map Q2R g)) with (map Q2R (map (fun a => (a * a)%Q) g)).
    - field.
    - rewrite !map_map. apply map_ext. intros a. apply Q2R_mult.
  Qed.

  (** ** The theorem *)

  Theorem training_certificate_sound : forall d free l rows b ridges net g lower upper gap e,
    check_training d free l rows b ridges net g lower upper gap e = true ->
    well_posed d (training_of_rows free l rows b ridges) /\
    cost_bound d (training_of_rows free l rows b ridges) (Q2R lower) /\
    cost (training_of_rows free l rows b ridges) (network_of net) (map Q2R g) <= Q2R upper /\
    best_within (Q2R gap) d (training_of_rows free l rows b ridges) (network_of net) (map Q2R g).
  Proof.
    intros d free l rows b ridges net g lower upper gap e H. unfold check_training in H.
    destruct (all_some (all_some (scaled _)) (map for_neurons rows)) as [X'|] eqn:HX; [|discriminate].
    destruct (all_some (all_some (scaled _)) (map for_linear rows)) as [G'|] eqn:HG; [|discriminate].
    destruct (all_some (all_some (scaled _)) (map fst net)) as [hidden'|] eqn:Hh; [|discriminate].
    destruct (all_some (scaled _) (map snd net)) as [outer'|] eqn:Ho; [|discriminate].
    apply andb_prop in H as [H Hdown]. apply andb_prop in H as [H Hup]. apply andb_prop in H as [H Hupper].
    apply andb_prop in H as [H Hlower]. apply andb_prop in H as [H Hgap]. apply andb_prop in H as [H HL].
    apply andb_prop in H as [H HT]. apply andb_prop in H as [H HO]. apply andb_prop in H as [H HW]. apply andb_prop in H as [H HE].
    apply andb_prop in H as [H HD]. apply andb_prop in H as [H Hg]. apply andb_prop in H as [H Hnet]. apply andb_prop in H as [H Hb].
    apply andb_prop in H as [H Hridges]. apply andb_prop in H as [_ Hrows].
    apply Z.ltb_lt in HD, HE, HW, HO, HT. apply PeanoNat.Nat.eqb_eq in HL. apply good_rows in Hrows. apply negb_true_iff, le_false in Hb. rewrite Q2R_0 in Hb.
    apply le_true in Hgap, Hupper. rewrite Q2R_minus in Hgap. apply PeanoNat.Nat.eqb_eq in Hg.
    rewrite <- (whole_cost_sound free _ X' l rows b ridges _ _ net hidden' outer' g) in Hupper by assumption.
    set (T := training_of_rows free l rows b ridges) in *.
    assert (W : well_posed d T).
    { split; [|split; [exact Hb|]].
      - apply Forall_map. apply Forall_impl with (2 := Hrows). intros r (H1 & H2 & H3 & _). cbn [seen passed row_weight sample_of].
        unfold T, training_of_rows. cbn [Spec.ridges]. rewrite !map_length. auto.
      - apply Forall_map. rewrite forallb_forall in Hridges. apply Forall_forall. intros r Hr. specialize (Hridges r Hr).
        apply le_true in Hridges. rewrite Q2R_0 in Hridges. assumption. }
    assert (Hlow : cost_bound d T (Q2R lower)).
    { intros net' g' A. destruct (check_dual_sound free d _ b _ G' l rows ridges _ _ lower HE HT Hrows HL HG Hlower) as (D & E0 & F & V & Q0).
      fold T in V, Q0. apply Rle_trans with (1 := Q0). apply (training_weak_duality d); try assumption. rewrite E0. split; [|exact V].
      intros u Hu. unfold T, training_of_rows. cbn [samples decay free_weights]. rewrite map_map. cbn [seen sample_of].
      rewrite <- (map_map for_neurons (map Q2R)). apply all_rows_sound in HX.
      assert (LX : length (theta_whole e) = length X').
      { rewrite HL. apply (f_equal (@length _)) in HX. rewrite !map_length in HX. symmetry. assumption. }
      assert (Hd : Forall (fun x => length x = d) (map (map Q2R) (map for_neurons rows))).
      { rewrite map_map. apply Forall_map. apply Forall_impl with (2 := Hrows). intros r (H1 & _). rewrite map_length. assumption. }
      pose proof (check_side_sound free d _ X' _ _ _ b 1 _ HD HT (Rlt_le _ _ Hb) (or_introl eq_refl) LX Hd HX Hup u Hu).
      pose proof (check_side_sound free d _ X' _ _ _ b (-1) _ HD HT (Rlt_le _ _ Hb) (or_intror eq_refl) LX Hd HX Hdown u Hu).
      apply Rabs_le. lra. }
    split; [exact W|]. split; [exact Hlow|]. split; [exact Hupper|]. split.
    - split; [|unfold T, training_of_rows; cbn [Spec.ridges]; rewrite !map_length; assumption].
      apply Forall_map. simpl. apply all_have_length, Forall_map in Hnet.
      apply Forall_impl with (2 := Hnet). intros k Hk. simpl in *. rewrite map_length. exact Hk.
    - intros net' g' A. specialize (Hlow net' g' A). lra.
  Qed.
End TrainingCertificates.

(** The checker over the whole numbers of the standard library. *)
Module ZTrainingCertificates := TrainingCertificates ZNumbers.
