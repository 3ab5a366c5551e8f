(** * Minimum-norm interpolation

    Among the networks of every width that meet all targets, the least half of the squared weights: its semi-infinite dual,
      and the
    gauge of the rectified ellipsoid [{(Xu)+ : |u| <= 1}]. Source: Ergen and Pilanci 2021 (Convex Geometry and Duality). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics.
Import ListNotations.
Open Scope R_scope.

(** [|theta . (Xu)+| <= |u|] for every [u]. *)
Definition dual_direction (d : nat) (X : list vector) (theta : vector) : Prop :=
  forall u, length u = d -> Rabs (dot theta (features X u)) <= norm u.

Theorem interpolation_weak_duality : forall d X y theta net,
  dual_direction d X theta -> accepts d net -> fit X net = y -> dot theta y <= / 2 * squared_weights net.
Proof.
  intros d X y theta net F A <-. rewrite dot_fit. unfold squared_weights. rewrite <- total_map_scale.
  apply total_map_le. intros [w a] Hk. unfold accepts in A. rewrite Forall_forall in A. specialize (F w (A _ Hk)). simpl.
  rewrite <- norm_square. pose proof (norm_nonneg w). pose proof (Rabs_square a). pose proof (Rabs_pos a).
  set (f := dot theta (features X w)) in *. assert (a * f <= Rabs a * norm w).
  { apply Rle_trans with (1 := Rle_abs _). rewrite Rabs_mult. apply Rmult_le_compat_l; assumption. }
  pose proof (Rle_0_sqr (Rabs a - norm w)) as S. unfold Rsqr in S. nra.
Qed.

(** With a free bias a dual point sums to zero: the constraint holds for [u = 0] and every bias. *)
Theorem free_bias_balances : forall X theta,
  length theta = length X ->
  (forall u t, Rabs (dot theta (map (fun x => relu (dot x u + t)) X)) <= norm u) -> total theta = 0.
Proof.
  intros X theta L F. specialize (F [] 1). assert (E : dot theta (map (fun x => relu (dot x [] + 1)) X) = total theta).
  { clear F. revert X L. induction theta as [|t theta IH]; intros [|x X] L; simpl in *; try discriminate; [reflexivity|].
    rewrite dot_nil_r, relu_pos, IH by (congruence || lra). ring. }
  rewrite E in F. assert (Z : norm [] = 0) by (unfold norm; simpl; apply sqrt_0). rewrite Z in F.
  pose proof (Rabs_pos (total theta)). destruct (Req_dec (total theta) 0) as [|N]; [assumption|].
  pose proof (Rabs_pos_lt _ N). lra.
Qed.

(** [y] lies in [t] times the convex hull of the rectified ellipsoid and its negative: a sum of its points, the absolute values of
    whose coefficients add up to [t] at most. *)
Definition in_hull (d : nat) (X : list vector) (t : R) (y : vector) : Prop :=
  exists points : network, accepts d points /\ Forall (fun k => norm (hidden k) <= 1) points /\ fit X points = y /\
    total (map (fun k => Rabs (outer k)) points) <= t.

(** The same neuron with hidden weights of length 1 (or no output), and with both weights of the same size. *)
Definition unit_neuron (k : neuron) : neuron :=
  if Req_EM_T (norm (hidden k)) 0 then Neuron (hidden k) 0
  else Neuron (vscale (/ norm (hidden k)) (hidden k)) (outer k * norm (hidden k)).
Definition shared_neuron (k : neuron) : neuron :=
  Neuron (vscale (sqrt (Rabs (outer k))) (hidden k)) (if Rle_dec 0 (outer k) then sqrt (Rabs (outer k)) else - sqrt (Rabs (outer k))).

Lemma fit_map : forall X (f : neuron -> neuron) net,
  (forall x k, In k net -> outer (f k) * relu (dot x (hidden (f k))) = outer k * relu (dot x (hidden k))) ->
  fit X (map f net) = fit X net.
Proof. intros X f net H. apply map_ext. intros x. unfold output. rewrite map_map. apply total_map_ext. intros. apply H.
assumption. Qed.

Lemma unit_neuron_output : forall x k, outer (unit_neuron k) * relu (dot x (hidden (unit_neuron k))) =
  outer k * relu (dot x (hidden k)).
Proof.
  intros x [w a]. unfold unit_neuron. simpl. destruct (Req_EM_T (norm w) 0) as [Z|N]; simpl.
  - rewrite (norm_zero_dot w x Z), relu_pos by lra. ring.
  - pose proof (norm_nonneg w). assert (0 < / norm w) by (apply Rinv_0_lt_compat; lra).
    rewrite dot_scale_r, relu_scale by lra. field. assumption.
Qed.

Lemma shared_neuron_output : forall x k,
  outer (shared_neuron k) * relu (dot x (hidden (shared_neuron k))) = outer k * relu (dot x (hidden k)).
Proof.
  intros x [w a]. unfold shared_neuron. simpl. rewrite dot_scale_r, relu_scale by apply sqrt_pos.
  pose proof (sqrt_sqrt (Rabs a) (Rabs_pos a)) as S. destruct (Rle_dec 0 a) as [P|N].
  - rewrite Rabs_pos_eq in * by assumption. rewrite <- Rmult_assoc, S. reflexivity.
  - rewrite Rabs_left in * by lra. replace (- sqrt (- a) * (sqrt (- a) * relu (dot x w)))
      with (- (sqrt (- a) * sqrt (- a)) * relu (dot x w)) by ring. rewrite S. ring.
Qed.

(** The least norm is the gauge: at most [t] exactly when the targets lie in [t] times the hull. *)
Theorem interpolation_gauge : forall d X y t,
  (exists net, accepts d net /\ fit X net = y /\ / 2 * squared_weights net <= t) <-> in_hull d X t y.
Proof.
  intros d X y t. split.
  - intros (net & A & <- & B). exists (map unit_neuron net). repeat split.
    + unfold accepts in *. rewrite Forall_map. revert A. apply Forall_impl. intros [w a] L. unfold unit_neuron.
      destruct (Req_EM_T _ _); simpl in *; [|rewrite length_scale]; assumption.
    + rewrite Forall_map. apply Forall_forall. intros [w a] _. unfold unit_neuron. simpl.
      destruct (Req_EM_T (norm w) 0) as [Z|N]; simpl; [lra|]. pose proof (norm_nonneg w).
      assert (0 < / norm w) by (apply Rinv_0_lt_compat; lra). rewrite norm_scale by lra.
      right. field. assumption.
    + apply fit_map. intros. apply unit_neuron_output.
    + apply Rle_trans with (2 := B). unfold squared_weights. rewrite <- total_map_scale, map_map. apply total_map_le.
      intros [w a] _. unfold unit_neuron. simpl. rewrite <- norm_square. pose proof (norm_nonneg w).
      destruct (Req_EM_T (norm w) 0) as [Z|N]; simpl; [rewrite Rabs_R0; nra|].
      rewrite Rabs_mult, (Rabs_pos_eq (norm w)) by assumption. pose proof (Rabs_square a).
      pose proof (Rle_0_sqr (Rabs a - norm w)) as S. unfold Rsqr in S. nra.
  - intros (points & A & U & <- & B). exists (map shared_neuron points). repeat split.
    + unfold accepts in *. rewrite Forall_map. revert A. apply Forall_impl. intros k L. simpl. rewrite length_scale. assumption.
    + apply fit_map. intros. apply shared_neuron_output.
    + apply Rle_trans with (2 := B). unfold squared_weights. rewrite <- total_map_scale, map_map. apply total_map_le.
      intros [w a] Hk. rewrite Forall_forall in U. specialize (U _ Hk). unfold shared_neuron. simpl in *.
      rewrite dot_scale_l, dot_scale_r, <- norm_square. pose proof (norm_nonneg w). pose proof (Rabs_pos a).
      pose proof (sqrt_sqrt (Rabs a) (Rabs_pos a)) as S. set (s := sqrt (Rabs a)) in *.
      assert (norm w * norm w <= 1) by nra. assert (s * s * (norm w * norm w) <= s * s * 1) by (apply Rmult_le_compat_l; nra).
      destruct (Rle_dec 0 a); nra.
Qed.
