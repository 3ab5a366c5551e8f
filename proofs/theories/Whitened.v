(** * Whitened data: the optimum in closed form

    For orthonormal rows ([XX' = I]) two neurons are enough, one for the positive and one for the negative part of the targets,
      each
    shrunk by the penalty (soft threshold). Source: Ergen and Pilanci 2021 (Convex Geometry and Duality; whitened data). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Rows Interpolation.
Import ListNotations.
Open Scope R_scope.

(** The soft threshold [max (t - b, 0)], and what is left of the half square: [t^2 / 2] up to [b], then [b t - b^2 / 2]. *)
Definition soft (b t : R) : R := if Rle_dec t b then 0 else t - b.
Definition saved (b t : R) : R := if Rle_dec t b then t * t / 2 else b * t - b * b / 2.

(** The neuron of sign [s] in the direction [X'v], with amount [c]; and the network of both parts. *)
Definition part_neuron (X : list vector) (s c : R) (v : vector) : neuron :=
  Neuron (vscale (sqrt c / norm v) (combination v X)) (s * sqrt c).
Definition whitened_network (P : problem) : network :=
  let y := targets P in
  [part_neuron (inputs P) 1 (soft (penalty P) (norm (positive y))) (positive y);
   part_neuron (inputs P) (-1) (soft (penalty P) (norm (negative y))) (negative y)].

(** How much of a part the residual keeps. *)
Definition kept (b t : R) : R := if Rle_dec t b then 1 else b / t.

Lemma features_short : forall X u, orthonormal X -> dot (features X u) (features X u) <= dot u u.
Proof.
  intros X u O. rewrite features_image. apply Rle_trans with (1 := positive_square (image X u)). apply bessel. assumption.
Qed.

Lemma features_nonneg : forall X u, Forall (fun t => 0 <= t) (features X u).
Proof. intros. rewrite features_image. apply positive_nonneg. Qed.

(** [theta . (Xu)+ <= |theta+| |u|]. *)
Lemma whitened_feature_bound : forall X theta u c, orthonormal X -> norm (positive theta) <= c ->
  dot theta (features X u) <= c * norm u.
Proof.
  intros X theta u c O B. apply Rle_trans with (1 := dot_positive theta _ (features_nonneg X u)).
  apply Rle_trans with (1 := cauchy_schwarz _ _). pose proof (norm_nonneg (positive theta)). pose proof (norm_nonneg u).
  assert (norm (features X u) <= norm u); [|pose proof (norm_nonneg (features X u)); nra].
  apply square_le; [assumption|]. rewrite !norm_square. apply features_short. assumption.
Qed.

Lemma whitened_dual : forall X theta c u, orthonormal X -> norm (positive theta) <= c -> norm (negative theta) <= c ->
  Rabs (dot theta (features X u)) <= c * norm u.
Proof.
  intros X theta c u O P N. apply Rabs_le. split; [|apply whitened_feature_bound; assumption].
  rewrite <- positive_opposite in N. pose proof (whitened_feature_bound X (vscale (-1) theta) u c O N) as H.
  rewrite dot_scale_l in H. lra.
Qed.

(** A part of a vector with non-negative entries, alone or with the other part. *)
Lemma part_features : forall X c v, orthonormal X -> length v = length X -> Forall (fun t => 0 <= t) v -> 0 < norm v ->
  features X (vscale (sqrt c / norm v) (combination v X)) = vscale (sqrt c / norm v) v.
Proof.
  intros X c v O L F N. assert (0 <= sqrt c / norm v).
  { apply Rmult_le_pos; [apply sqrt_pos|]. apply Rlt_le, Rinv_0_lt_compat. assumption. }
  rewrite features_scale by assumption. f_equal. rewrite features_image, image_combination by assumption.
  apply positive_fixed. assumption.
Qed.

Lemma mixed_positive : forall v p q, 0 <= p -> 0 <= q ->
  positive (vsub (vscale p (positive v)) (vscale q (negative v))) = vscale p (positive v).
Proof.
  intros v p q P Q. induction v as [|t v IH]; simpl; [reflexivity|]. unfold positive, negative, vscale in *. rewrite IH. f_equal.
  destruct (relu_cases t) as [[H E]|[H E]]; rewrite E.
  - rewrite (relu_neg (- t)) by lra. pose proof (Rmult_le_pos p t P H). rewrite relu_pos by lra. ring.
  - rewrite (relu_pos (- t)) by lra. assert (0 <= q * - t) by (apply Rmult_le_pos; lra). rewrite relu_neg by lra. ring.
Qed.

Lemma mixed_negative : forall v p q, 0 <= p -> 0 <= q ->
  negative (vsub (vscale p (positive v)) (vscale q (negative v))) = vscale q (negative v).
Proof.
  intros v p q P Q. induction v as [|t v IH]; simpl; [reflexivity|]. unfold positive, negative, vscale in *. rewrite IH. f_equal.
  destruct (relu_cases t) as [[H E]|[H E]]; rewrite E.
  - rewrite (relu_neg (- t)) by lra. pose proof (Rmult_le_pos p t P H). rewrite relu_neg by lra. ring.
  - rewrite (relu_pos (- t)) by lra. assert (0 <= q * - t) by (apply Rmult_le_pos; lra). rewrite relu_pos by lra. ring.
Qed.

Lemma length_mixed : forall v p q, length (vsub (vscale p (positive v)) (vscale q (negative v))) = length v.
Proof. intros. destruct (length_parts v). rewrite length_sub; rewrite !length_scale; congruence. Qed.

(** [y . theta], [|theta|^2] for [theta = p y+ - q y-]. *)
Lemma mixed_products : forall y p q,
  let theta := vsub (vscale p (positive y)) (vscale q (negative y)) in
  dot y theta = p * dot (positive y) (positive y) + q * dot (negative y) (negative y) /\
  dot theta theta = p * p * dot (positive y) (positive y) + q * q * dot (negative y) (negative y).
Proof.
  intros y p q theta. pose proof (parts_orthogonal y) as O. split.
  - rewrite <- (positive_negative y) at 1. unfold theta.
    rewrite dot_sub_l, !dot_sub_r, !dot_scale_r, (dot_comm (negative y) (positive y)), O. ring.
  - unfold theta. rewrite dot_sub_self, !dot_scale_l, !dot_scale_r, O. ring.
Qed.

Lemma kept_bounds : forall b t, 0 < b -> 0 <= t -> 0 <= kept b t /\ kept b t * t <= b.
Proof.
  intros b t B T. unfold kept. destruct (Rle_dec t b); [lra|]. assert (0 < / t) by (apply Rinv_0_lt_compat; lra).
  split; [unfold Rdiv; nra|]. right. field. lra.
Qed.

(** The value that the residual [theta] attains as a dual point. *)
Lemma kept_value : forall b t, 0 < b -> 0 <= t -> kept b t * (t * t) - / 2 * (kept b t * kept b t * (t * t)) = saved b t.
Proof. intros b t B T. unfold kept, saved. destruct (Rle_dec t b); [field|]. field. lra. Qed.

Definition whitened_residual (P : problem) : vector :=
  let y := targets P in let b := penalty P in
  vsub (vscale (kept b (norm (positive y))) (positive y)) (vscale (kept b (norm (negative y))) (negative y)).

Lemma whitened_dual_point : forall d P, well_formed d P -> orthonormal (inputs P) ->
  dual_point d P (whitened_residual P) /\
  dual_value P (whitened_residual P)
  = saved (penalty P) (norm (positive (targets P))) + saved (penalty P) (norm (negative (targets P))).
Proof.
  intros d P (_ & L & B) O. set (y := targets P) in *. pose proof (norm_nonneg (positive y)) as NP.
  pose proof (norm_nonneg (negative y)) as NN.
  destruct (kept_bounds _ _ B NP) as (KP & BP). destruct (kept_bounds _ _ B NN) as (KN & BN).
  unfold whitened_residual. fold y. split.
  - split; [rewrite length_mixed; assumption|]. intros u _. apply whitened_dual; [assumption| |].
    + rewrite mixed_positive, norm_scale by assumption. assumption.
    + rewrite mixed_negative, norm_scale by assumption. assumption.
  - unfold dual_value. fold y. destruct (mixed_products y (kept (penalty P) (norm (positive y))) (kept (penalty P) (norm (negative y)))) as (E1 & E2).
    rewrite E1, E2, <- !norm_square. pose proof (kept_value _ _ B NP). pose proof (kept_value _ _ B NN). lra.
Qed.

Lemma zeros_of_length : forall (A B : Type) (l : list A) (m : list B),
  length l = length m -> map (fun _ => 0) l = map (fun _ => 0) m.
Proof. induction l as [|a l IH]; intros [|c m] L; simpl in *; try discriminate; [reflexivity|]. f_equal. apply IH. congruence.
Qed.

(** One neuron of the network: its output at the rows, and its squared weights. *)
Lemma part_neuron_fit : forall b X s v, 0 < b -> orthonormal X -> length v = length X -> Forall (fun t => 0 <= t) v ->
  let k := part_neuron X s (soft b (norm v)) v in
  vscale (outer k) (features X (hidden k)) = vscale (s * (1 - kept b (norm v))) v /\
  dot (hidden k) (hidden k) + outer k * outer k = (1 + s * s) * soft b (norm v).
Proof.
  intros b X s v B O L F. pose proof (norm_nonneg v) as N. unfold part_neuron, soft, kept. simpl.
  destruct (Rle_dec (norm v) b) as [H|H].
  - rewrite sqrt_0. split.
    + replace (s * 0) with 0 by ring. replace (s * (1 - 1)) with 0 by ring. unfold features, vscale. rewrite map_map.
      transitivity (map (fun _ => 0) X); [apply map_ext; intros; ring|]. rewrite <- (zeros_of_length _ _ v X L).
      apply map_ext. intros. ring.
    + rewrite dot_scale_l, dot_scale_r. unfold Rdiv. ring.
  - assert (0 < norm v) by lra. assert (S : sqrt (norm v - b) * sqrt (norm v - b) = norm v - b) by (apply sqrt_sqrt; lra).
    rewrite part_features by assumption. split.
    + unfold vscale. rewrite map_map. apply map_ext. intros t.
      replace (s * sqrt (norm v - b) * (sqrt (norm v - b) / norm v * t))
        with (s * (sqrt (norm v - b) * sqrt (norm v - b)) / norm v * t) by (field; lra).
      rewrite S. field. lra.
    + rewrite dot_scale_l, dot_scale_r, combination_square, <- norm_square by assumption.
      replace (sqrt (norm v - b) / norm v * (sqrt (norm v - b) / norm v * (norm v * norm v)))
        with (sqrt (norm v - b) * sqrt (norm v - b)) by (field; lra).
      replace (s * sqrt (norm v - b) * (s * sqrt (norm v - b))) with (s * s * (sqrt (norm v - b) * sqrt (norm v - b))) by ring.
      rewrite S. ring.
Qed.

Lemma fit_two : forall X k l, fit X [k; l] =
  vadd (vscale (outer k) (features X (hidden k))) (vscale (outer l) (features X (hidden l))).
Proof. induction X as [|x X IH]; intros k l; simpl; [reflexivity|]. rewrite IH. f_equal. unfold output. simpl. ring. Qed.

Lemma weights_two : forall k l, squared_weights [k; l]
  = dot (hidden k) (hidden k) + outer k * outer k + (dot (hidden l) (hidden l) + outer l * outer l).
Proof. intros. unfold squared_weights. simpl. ring. Qed.

(** The residual of the network, up to sign: what is kept of both parts. *)
Lemma whitened_error : forall y p q,
  dot (vsub (vadd (vscale (1 * (1 - p)) (positive y)) (vscale (-1 * (1 - q)) (negative y))) y)
      (vsub (vadd (vscale (1 * (1 - p)) (positive y)) (vscale (-1 * (1 - q)) (negative y))) y)
  = p * p * dot (positive y) (positive y) + q * q * dot (negative y) (negative y).
Proof.
  intros y p q. rewrite <- (positive_negative y) at 3 6. pose proof (parts_orthogonal y) as O.
  set (a := positive y) in *. set (c := negative y) in *.
  rewrite dot_sub_self, !dot_add_l, !dot_add_r, !dot_sub_l, !dot_sub_r, !dot_scale_l, !dot_scale_r, (dot_comm c a), O. ring.
Qed.

Theorem whitened_optimal : forall d P, well_formed d P -> orthonormal (inputs P) -> inputs P <> [] ->
  optimal d P (whitened_network P) /\
  objective P (whitened_network P)
  = saved (penalty P) (norm (positive (targets P))) + saved (penalty P) (norm (negative (targets P))).
Proof.
  intros d P W O E. destruct (whitened_dual_point d P W O) as (D & V). destruct W as (R & L & B). set (y := targets P) in *.
  destruct (length_parts y) as (LP & LN). rewrite L in LP, LN.
  destruct (part_neuron_fit (penalty P) (inputs P) 1 (positive y) B O LP (positive_nonneg y)) as (FP & SP).
  destruct (part_neuron_fit (penalty P) (inputs P) (-1) (negative y) B O LN (negative_nonneg y)) as (FN & SN).
  assert (T : objective P (whitened_network P) = saved (penalty P) (norm (positive y)) + saved (penalty P) (norm (negative y))).
  { unfold objective. fold y. unfold whitened_network. fold y. rewrite fit_two, FP, FN, whitened_error.
    rewrite weights_two, SP, SN, <- !norm_square.
    pose proof (norm_nonneg (positive y)). pose proof (norm_nonneg (negative y)).
    unfold kept, saved, soft. destruct (Rle_dec (norm (positive y)) (penalty P)), (Rle_dec (norm (negative y)) (penalty P));
      field; lra. }
  split; [|assumption]. assert (N : length y <> 0%nat) by (rewrite L; destruct (inputs P); [congruence|discriminate]).
  split.
  - unfold accepts, whitened_network. fold y. repeat constructor; simpl; rewrite length_scale; apply length_combination; auto;
      intros Z; rewrite Z in *; destruct (inputs P); discriminate || congruence.
  - intros other A. rewrite T, <- V. apply (dual_value_le d); [repeat split|..]; assumption.
Qed.

(** The limit of a small penalty: the least half of the squared weights among the networks that meet all targets. *)
Definition whitened_interpolant (P : list vector * vector) : network :=
  let (X, y) := P in
  [part_neuron X 1 (norm (positive y)) (positive y); part_neuron X (-1) (norm (negative y)) (negative y)].

Lemma interpolant_part : forall X s v, orthonormal X -> length v = length X -> Forall (fun t => 0 <= t) v ->
  let k := part_neuron X s (norm v) v in
  vscale (outer k) (features X (hidden k)) = vscale s v /\
  dot (hidden k) (hidden k) + outer k * outer k = (1 + s * s) * norm v.
Proof.
  intros X s v O L F. pose proof (norm_nonneg v) as N. unfold part_neuron. simpl.
  pose proof (sqrt_sqrt (norm v) N) as S. destruct (Req_dec (norm v) 0) as [Z|H].
  - rewrite Z, sqrt_0. split.
    + assert (E : v = map (fun _ => 0) v).
      { assert (D : dot v v = 0) by (rewrite <- norm_square, Z; ring). clear - D.
      induction v as [|t v IH]; simpl in *; [reflexivity|].
        pose proof (dot_self_nonneg v). assert (t = 0) by nra. subst. f_equal. apply IH. lra. }
      transitivity (map (fun _ => 0) X); [unfold features, vscale; rewrite map_map; apply map_ext; intros; ring|].
      rewrite <- (zeros_of_length _ _ v X L), E. unfold vscale. rewrite !map_map. apply map_ext. intros. ring.
    + rewrite dot_scale_l, dot_scale_r. unfold Rdiv. ring.
  - assert (0 < norm v) by lra. rewrite part_features by assumption. split.
    + unfold vscale. rewrite map_map. apply map_ext. intros t.
      replace (s * sqrt (norm v) * (sqrt (norm v) / norm v * t)) with (s * (sqrt (norm v) * sqrt (norm v)) / norm v * t) by (field; lra).
      rewrite S. field. lra.
    + rewrite dot_scale_l, dot_scale_r, combination_square, <- norm_square by assumption.
      replace (sqrt (norm v) / norm v * (sqrt (norm v) / norm v * (norm v * norm v))) with (sqrt (norm v) * sqrt (norm v)) by (field; lra).
      replace (s * sqrt (norm v) * (s * sqrt (norm v))) with (s * s * (sqrt (norm v) * sqrt (norm v))) by ring.
      rewrite S. ring.
Qed.

Lemma unit_part : forall v, norm (vscale (/ norm v) v) <= 1.
Proof.
  intros v. pose proof (norm_nonneg v). destruct (Req_dec (norm v) 0) as [Z|N].
  - apply square_le; [lra|]. rewrite norm_square, dot_scale_l, dot_scale_r, <- norm_square, Z. lra.
  - assert (0 < / norm v) by (apply Rinv_0_lt_compat; lra). rewrite norm_scale by lra. right. field. assumption.
Qed.

Theorem whitened_interpolation : forall d X y, Forall (fun x => length x = d) X -> length y = length X -> orthonormal X ->
  fit X (whitened_interpolant (X, y)) = y /\
  / 2 * squared_weights (whitened_interpolant (X, y)) = norm (positive y) + norm (negative y) /\
  forall net, accepts d net -> fit X net = y -> norm (positive y) + norm (negative y) <= / 2 * squared_weights net.
Proof.
  intros d X y R L O. destruct (length_parts y) as (LP & LN). rewrite L in LP, LN.
  destruct (interpolant_part X 1 (positive y) O LP (positive_nonneg y)) as (FP & SP).
  destruct (interpolant_part X (-1) (negative y) O LN (negative_nonneg y)) as (FN & SN). repeat split.
  - unfold whitened_interpolant. rewrite fit_two, FP, FN.
    transitivity (vsub (positive y) (negative y)); [|apply positive_negative].
    unfold positive, negative, vscale. clear. induction y as [|t y IH]; simpl; [reflexivity|]. rewrite IH. f_equal. ring.
  - unfold whitened_interpolant. rewrite weights_two, SP, SN. field.
  - intros net A E. set (p := / norm (positive y)). set (q := / norm (negative y)).
    assert (U : forall v, 0 <= / norm v).
    { intros v. pose proof (norm_nonneg v). destruct (Req_dec (norm v) 0) as [Z|N]; [rewrite Z, Rinv_0; lra|].
      apply Rlt_le, Rinv_0_lt_compat. lra. }
    set (theta := vsub (vscale p (positive y)) (vscale q (negative y))).
    assert (D : dual_direction d X theta).
    { intros u _. replace (norm u) with (1 * norm u) by ring. apply whitened_dual; [assumption| |]; unfold theta.
      - rewrite mixed_positive by apply U. apply unit_part.
      - rewrite mixed_negative by apply U. apply unit_part. }
    pose proof (interpolation_weak_duality d X y theta net D A E) as H.
    destruct (mixed_products y p q) as (E1 & _). fold theta in E1. rewrite (dot_comm theta y), E1, <- !norm_square in H.
    assert (C : forall v, / norm v * (norm v * norm v) = norm v).
    { intros v. destruct (Req_dec (norm v) 0) as [Z|N]; [rewrite Z; ring|field; assumption]. }
    unfold p, q in H. rewrite !C in H. assumption.
Qed.
