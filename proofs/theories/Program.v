(** * Networks and the convex program

    In words: for every list of (activation pattern, sign) columns whose closed cones cover all directions for both signs, each
    network, of any width, maps to a feasible point of the convex program with the same fit and no greater value, and each
    feasible point maps back to a network of one neuron per column with the same fit and exactly its value. So the two problems
    have the same lower bounds and their optima map to optima. Sources: Pilanci and Ergen 2020, Wang, Lacotte and Pilanci 2022
    (Theorem 1), Mishkin and Pilanci 2023 (problem statement), with the scaling 1/2, b/2 in the network and 1/2, b in the
    program. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics.
Import ListNotations.
Open Scope R_scope.

(** A column of the program: one gate per row (on or off) and a sign. *)
Record column := Column { gates : list bool; positive : bool }.
Definition sign (c : column) : R := if positive c then 1 else -1.

(** The closed cone of a pattern: [x.w >= 0] on the rows that are on, [x.w <= 0] on the rows that are off. *)
Definition in_cell (X : list vector) (gs : list bool) (w : vector) : Prop :=
  Forall2 (fun x (g : bool) => if g then 0 <= dot x w else dot x w <= 0) X gs.

(** [D X w]: the linear output of the rows that are on. *)
Fixpoint gated (X : list vector) (gs : list bool) (w : vector) : vector :=
  match X, gs with
  | x :: X', g :: gs' => (if g then dot x w else 0) :: gated X' gs' w
  | _, _ => []
  end.

(** A point of the program: one vector per column. *)
Record block := Block { place : column; part : vector }.
Definition block_fit (X : list vector) (k : block) : vector := vscale (sign (place k)) (gated X (gates (place k)) (part k)).

Fixpoint program_fit (X : list vector) (p : list block) : vector :=
  match p with
  | [] => map (fun _ => 0) X
  | k :: p' => vadd (block_fit X k) (program_fit X p')
  end.

Definition total_norm (p : list block) : R := total (map (fun k => norm (part k)) p).

(** [1/2 |sum of D X (v - w) - y|^2 + b sum of (|v| + |w|)]. *)
Definition program_objective (P : problem) (p : list block) : R :=
  let error := vsub (program_fit (inputs P) p) (targets P) in
  / 2 * dot error error + penalty P * total_norm p.

(** One vector for each of the columns [cols], of [d] entries and in the closed cone of its column. *)
Definition feasible (d : nat) (X : list vector) (cols : list column) (p : list block) : Prop :=
  map place p = cols /\ Forall (fun k => length (part k) = d /\ in_cell X (gates (place k)) (part k)) p.

(** The closed cones of the columns cover all directions, for both signs. *)
Definition covers (d : nat) (X : list vector) (cols : list column) : Prop :=
  Forall (fun c => length (gates c) = length X) cols /\
  forall w s, length w = d -> exists c, In c cols /\ positive c = s /\ in_cell X (gates c) w.

(** ** From a point to a network *)

Definition neuron_of_block (k : block) : neuron :=
  let r := sqrt (norm (part k)) in Neuron (vscale (/ r) (part k)) (sign (place k) * r).
Definition network_of_point (p : list block) : network := map neuron_of_block p.

Lemma sign_square : forall c, sign c * sign c = 1.
Proof. intros c. unfold sign. destruct (positive c); lra. Qed.

Lemma gated_in_cell : forall X gs w, in_cell X gs w -> gated X gs w = features X w.
Proof.
  intros X gs w H. induction H as [|x g X gs Hx _ IH]; [reflexivity|]. simpl. rewrite IH. f_equal.
  destruct g; [rewrite relu_pos|rewrite relu_neg]; auto.
Qed.

Lemma neuron_of_block_contribution : forall k x,
  outer (neuron_of_block k) * relu (dot x (hidden (neuron_of_block k))) = sign (place k) * relu (dot x (part k)).
Proof.
  intros [c v] x. simpl. pose proof (norm_nonneg v) as N. destruct (Req_dec (norm v) 0) as [E|E].
  - rewrite E, sqrt_0, dot_scale_r, (norm_zero_dot v x E), !Rmult_0_r, Rmult_0_l, relu_pos by lra. ring.
  - assert (0 < sqrt (norm v)) by (apply sqrt_lt_R0; lra).
    rewrite dot_scale_r, relu_scale by (left; apply Rinv_0_lt_compat; assumption). field. lra.
Qed.

Lemma neuron_of_block_weight : forall k,
  dot (hidden (neuron_of_block k)) (hidden (neuron_of_block k)) + outer (neuron_of_block k) * outer (neuron_of_block k)
  = 2 * norm (part k).
Proof.
  intros [c v]. simpl. pose proof (norm_nonneg v) as N. rewrite dot_scale_l, dot_scale_r, <- norm_square.
  replace (sign c * sqrt (norm v) * (sign c * sqrt (norm v))) with (sign c * sign c * (sqrt (norm v) * sqrt (norm v))) by ring.
  rewrite sign_square, sqrt_sqrt by assumption. destruct (Req_dec (norm v) 0) as [E|E]; [rewrite E; ring|].
  assert (0 < sqrt (norm v)) by (apply sqrt_lt_R0; lra).
  replace (/ sqrt (norm v) * (/ sqrt (norm v) * (norm v * norm v)))
    with (norm v * norm v / (sqrt (norm v) * sqrt (norm v))) by (field; lra).
  rewrite sqrt_sqrt by assumption. field. assumption.
Qed.

Lemma fit_cons : forall X k net, fit X (k :: net) = vadd (vscale (outer k) (features X (hidden k))) (fit X net).
Proof. intros X k net. induction X as [|x X IH]; [reflexivity|]. simpl. rewrite <- IH. reflexivity. Qed.

Lemma fit_network_of_point : forall d X cols p, feasible d X cols p -> fit X (network_of_point p) = program_fit X p.
Proof.
  intros d X cols p [_ H]. induction H as [|k p [_ K] _ IH]; [reflexivity|]. simpl. rewrite <- IH.
  destruct k as [c v]. simpl in K. unfold block_fit. simpl place. simpl part. rewrite (gated_in_cell _ _ _ K). clear.
  induction X as [|x X IH]; [reflexivity|]. simpl. f_equal; [|exact IH].
  rewrite output_cons. f_equal. apply neuron_of_block_contribution.
Qed.

(** A feasible point maps to a network of one neuron per column, with the same fit and exactly the same value. *)
Theorem program_to_network : forall d P cols p, feasible d (inputs P) cols p ->
  accepts d (network_of_point p) /\ length (network_of_point p) = length cols /\
  fit (inputs P) (network_of_point p) = program_fit (inputs P) p /\
  objective P (network_of_point p) = program_objective P p.
Proof.
  intros d P cols p F. pose proof (fit_network_of_point _ _ _ _ F) as E. destruct F as [M H]. repeat split.
  - apply Forall_map. eapply Forall_impl; [|exact H]. intros k [L _]. simpl. rewrite length_scale. assumption.
  - rewrite <- M. unfold network_of_point. rewrite !map_length. reflexivity.
  - assumption.
  - unfold objective, program_objective. rewrite E. f_equal.
    assert (S : squared_weights (network_of_point p) = 2 * total_norm p); [|rewrite S; field].
    unfold squared_weights, network_of_point, total_norm. rewrite map_map, <- total_map_scale.
    apply total_map_ext. intros k _. apply neuron_of_block_weight.
Qed.

(** ** From a network to a point *)

Lemma in_cell_dec : forall X gs w, {in_cell X gs w} + {~ in_cell X gs w}.
Proof.
  induction X as [|x X IH]; intros [|g gs] w.
  - left. constructor.
  - right. intros H. inversion H.
  - right. intros H. inversion H.
  - destruct (IH gs w) as [Y|N]; [|right; intros H; inversion H; auto].
    destruct g; [destruct (Rle_dec 0 (dot x w)) as [D|D]|destruct (Rle_dec (dot x w) 0) as [D|D]];
      try (left; constructor; assumption); right; intros H; inversion H; auto.
Defined.

(** The sign of the outer weight (zero counts as positive). *)
Definition sign_bit (a : R) : bool := if Rle_dec 0 a then true else false.

(** Adds [|outer| * hidden] to the first column with the sign of the neuron whose closed cone contains its hidden weights. *)
Fixpoint insert (X : list vector) (k : neuron) (p : list block) : list block :=
  match p with
  | [] => []
  | Block c v :: p' =>
      if (if in_cell_dec X (gates c) (hidden k) then Bool.eqb (positive c) (sign_bit (outer k)) else false)
      then Block c (vadd v (vscale (Rabs (outer k)) (hidden k))) :: p'
      else Block c v :: insert X k p'
  end.

Definition zero_point (d : nat) (cols : list column) : list block := map (fun c => Block c (repeat 0 d)) cols.

Fixpoint point_of_network (d : nat) (X : list vector) (cols : list column) (net : network) : list block :=
  match net with
  | [] => zero_point d cols
  | k :: net' => insert X k (point_of_network d X cols net')
  end.

Lemma vadd_assoc : forall u v w, vadd u (vadd v w) = vadd (vadd u v) w.
Proof. induction u as [|a u IH]; intros [|c v] [|e w]; simpl; try reflexivity. rewrite IH. f_equal. ring. Qed.

Lemma vadd_comm : forall u v, vadd u v = vadd v u.
Proof. induction u as [|a u IH]; intros [|c v]; simpl; try reflexivity. rewrite IH. f_equal. ring. Qed.

Lemma gated_add : forall X gs v w, gated X gs (vadd v w) = vadd (gated X gs v) (gated X gs w).
Proof.
  induction X as [|x X IH]; intros [|g gs] v w; simpl; try reflexivity. rewrite IH, dot_add_r. f_equal. destruct g; ring.
Qed.

Lemma gated_scale : forall X gs t w, gated X gs (vscale t w) = vscale t (gated X gs w).
Proof.
  induction X as [|x X IH]; intros [|g gs] t w; simpl; try reflexivity. rewrite IH, dot_scale_r. f_equal. destruct g; ring.
Qed.

Lemma vscale_add : forall t u v, vscale t (vadd u v) = vadd (vscale t u) (vscale t v).
Proof.
  unfold vscale. induction u as [|a u IH]; intros [|c v]; simpl; try reflexivity. rewrite IH. f_equal. ring.
Qed.

Lemma vscale_scale : forall s t u, vscale s (vscale t u) = vscale (s * t) u.
Proof. intros. unfold vscale. rewrite map_map. apply map_ext. intros. ring. Qed.

Lemma in_cell_add : forall X gs v w, in_cell X gs v -> in_cell X gs w -> in_cell X gs (vadd v w).
Proof.
  intros X gs v w V. induction V as [|x g X gs Hx _ IH]; intros W; [constructor|]. inversion W; subst.
  constructor; [|apply IH; assumption]. rewrite dot_add_r. destruct g; lra.
Qed.

Lemma in_cell_scale : forall X gs t w, 0 <= t -> in_cell X gs w -> in_cell X gs (vscale t w).
Proof.
  intros X gs t w T W. induction W as [|x g X gs Hx _ IH]; constructor; [|assumption]. rewrite dot_scale_r. destruct g; nra.
Qed.

(** What the insertion of one neuron does. *)
Lemma insert_spec : forall d X k p, length (hidden k) = d ->
  Forall (fun k => length (part k) = d /\ in_cell X (gates (place k)) (part k)) p ->
  (exists c, In c (map place p) /\ positive c = sign_bit (outer k) /\ in_cell X (gates c) (hidden k)) ->
  map place (insert X k p) = map place p /\
  Forall (fun k => length (part k) = d /\ in_cell X (gates (place k)) (part k)) (insert X k p) /\
  program_fit X (insert X k p) = vadd (vscale (outer k) (features X (hidden k))) (program_fit X p) /\
  total_norm (insert X k p) <= Rabs (outer k) * norm (hidden k) + total_norm p.
Proof.
  intros d X k p L. induction p as [|[c v] p IH]; intros H (c0 & I & S & C); [contradiction|].
  inversion H as [|? ? [Lv Cv] Hp]; subst. simpl insert.
  destruct (in_cell_dec X (gates c) (hidden k)) as [Y|N];
    [destruct (Bool.eqb (positive c) (sign_bit (outer k))) eqn:Q|].
  - apply Bool.eqb_prop in Q. simpl in *. repeat split; auto.
    + constructor; [|assumption]. simpl. split.
      * rewrite length_add; [assumption|]. rewrite length_scale. congruence.
      * apply in_cell_add, in_cell_scale; auto. apply Rabs_pos.
    + unfold block_fit. simpl. rewrite gated_add, gated_scale, vscale_add, (gated_in_cell _ _ _ Y), vscale_scale.
      assert (E : sign c * Rabs (outer k) = outer k).
      { unfold sign. rewrite Q. unfold sign_bit. destruct (Rle_dec 0 (outer k)) as [G|G].
        - rewrite Rabs_pos_eq by assumption. ring.
        - rewrite Rabs_left by lra. ring. }
      rewrite E, (vadd_comm _ (vscale (outer k) _)), vadd_assoc. reflexivity.
    + unfold total_norm. simpl. pose proof (norm_triangle v (vscale (Rabs (outer k)) (hidden k))).
      rewrite norm_scale in * by apply Rabs_pos. lra.
  - assert (c <> c0) as D by (intros ->; rewrite S, Bool.eqb_reflx in Q; discriminate).
    destruct I as [I|I]; [contradiction|]. destruct IH as (M & F & E & T); [assumption|exists c0; auto|].
    simpl. repeat split; [congruence|constructor; auto| |].
    + rewrite E, !vadd_assoc, (vadd_comm (block_fit X (Block c v))). reflexivity.
    + unfold total_norm in *. simpl. lra.
  - assert (c <> c0) as D by (intros ->; contradiction).
    destruct I as [I|I]; [contradiction|]. destruct IH as (M & F & E & T); [assumption|exists c0; auto|].
    simpl. repeat split; [congruence|constructor; auto| |].
    + rewrite E, !vadd_assoc, (vadd_comm (block_fit X (Block c v))). reflexivity.
    + unfold total_norm in *. simpl. lra.
Qed.

Lemma zero_point_spec : forall d X cols, Forall (fun c => length (gates c) = length X) cols ->
  feasible d X cols (zero_point d cols) /\ program_fit X (zero_point d cols) = map (fun _ => 0) X /\
  total_norm (zero_point d cols) = 0.
Proof.
  intros d X cols H.
  assert (Z : forall x, dot x (repeat 0 d) = 0).
  { clear. intros x. revert d. induction x as [|a x IH]; intros [|d]; simpl; try reflexivity. rewrite IH. ring. }
  assert (G : forall gs, length gs = length X -> in_cell X gs (repeat 0 d)).
  { clear H. induction X as [|x X IH]; intros [|g gs] L; simpl in L; try discriminate; constructor; [|apply IH; congruence].
    rewrite Z. destruct g; lra. }
  repeat split.
  - unfold zero_point. rewrite map_map. simpl. apply map_id.
  - apply Forall_map. eapply Forall_impl; [|exact H]. intros c L. simpl. split; [apply repeat_length|apply G; assumption].
  - induction H as [|c cols L H IH]; [reflexivity|]. simpl. rewrite IH. unfold block_fit. simpl.
    rewrite (gated_in_cell _ _ _ (G _ L)). clear - Z. induction X as [|x X IH]; [reflexivity|]. simpl. f_equal; [|exact IH].
    rewrite Z, relu_pos by lra. ring.
  - unfold total_norm, zero_point. rewrite map_map. apply total_map_zero. intros c _. simpl. unfold norm. rewrite Z. apply sqrt_0.
Qed.

(** Some column has the sign of the neuron and its hidden weights in the closed cone. *)
Definition hosts (X : list vector) (cols : list column) (k : neuron) : Prop :=
  exists c, In c cols /\ positive c = sign_bit (outer k) /\ in_cell X (gates c) (hidden k).

Lemma point_of_network_spec : forall d X cols net, Forall (fun c => length (gates c) = length X) cols ->
  Forall (hosts X cols) net -> accepts d net ->
  feasible d X cols (point_of_network d X cols net) /\ program_fit X (point_of_network d X cols net) = fit X net /\
  total_norm (point_of_network d X cols net) <= total (map (fun k => Rabs (outer k) * norm (hidden k)) net).
Proof.
  intros d X cols net G H A. induction A as [|k net L A IH].
  - destruct (zero_point_spec d X cols G) as (F & E & T). simpl. repeat split; [apply F|apply F|assumption|lra].
  - inversion H as [|? ? K Hs]; subst. destruct (IH Hs) as ([M F] & E & T). simpl point_of_network.
    destruct (insert_spec (length (hidden k)) X k (point_of_network (length (hidden k)) X cols net) eq_refl F) as (M' & F' & E'
      & T').
    + rewrite M. assumption.
    + repeat split; [congruence|assumption|rewrite E', fit_cons, E; reflexivity|]. simpl. lra.
Qed.

Lemma covers_hosts : forall d X cols net, covers d X cols -> accepts d net -> Forall (hosts X cols) net.
Proof.
  intros d X cols net [_ C] A. eapply Forall_impl; [|exact A]. intros k L.
  destruct (C (hidden k) (sign_bit (outer k)) L) as (c & K). exists c. exact K.
Qed.

(** A network of any width maps to a feasible point with the same fit and no greater value. *)
Theorem network_to_program : forall d P cols net, well_formed d P -> covers d (inputs P) cols -> accepts d net ->
  feasible d (inputs P) cols (point_of_network d (inputs P) cols net) /\
  program_fit (inputs P) (point_of_network d (inputs P) cols net) = fit (inputs P) net /\
  program_objective P (point_of_network d (inputs P) cols net) <= objective P net.
Proof.
  intros d P cols net (_ & _ & B) C A.
  destruct (point_of_network_spec d (inputs P) cols net (proj1 C) (covers_hosts _ _ _ _ C A) A) as (F & E & T).
  repeat split; [apply F|apply F|assumption|]. unfold program_objective, objective. rewrite E. apply Rplus_le_compat_l.
  assert (S : 2 * total (map (fun k => Rabs (outer k) * norm (hidden k)) net) <= squared_weights net).
  { unfold squared_weights. rewrite <- total_map_scale. apply total_map_le. intros k _.
    rewrite <- norm_square, <- (Rabs_square (outer k)).
    pose proof (Rle_0_sqr (norm (hidden k) - Rabs (outer k))) as Q. unfold Rsqr in Q. lra. }
  nra.
Qed.
