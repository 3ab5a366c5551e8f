(** * Weak duality

    A dual feasible vector bounds the objective of every network from below, whatever its width. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics.
Open Scope R_scope.

(** [|theta . (X u)+| <= b |u|] for all hidden weights [u]. *)
Definition dual_feasible (P : problem) (theta : vector) : Prop :=
  forall u : vector, Rabs (dot theta (features (inputs P) u)) <= penalty P * norm u.

(** [y . theta - |theta|^2 / 2]. *)
Definition dual_value (P : problem) (theta : vector) : R :=
  dot (targets P) theta - / 2 * dot theta theta.

(** For one neuron: its share of [theta . fit] costs at least as much penalty. *)
Lemma neuron_bound : forall P theta k, 0 < penalty P -> dual_feasible P theta ->
  outer k * dot theta (features (inputs P) (hidden k))
  <= penalty P / 2 * (dot (hidden k) (hidden k) + outer k * outer k).
Proof.
  intros P theta [w a] Hb Hfeasible. simpl. specialize (Hfeasible w). rewrite <- norm_square.
  pose proof (norm_nonneg w). set (f := dot theta (features (inputs P) w)) in *. set (N := norm w) in *. set (b := penalty P) in *.
  assert (a * f <= Rabs a * (b * N)).
  { apply Rle_trans with (1 := Rle_abs _). rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|assumption]. }
  assert (Ha : Rabs a * Rabs a = a * a) by (rewrite <- Rabs_mult; apply Rabs_pos_eq, Rle_0_sqr).
  pose proof (Rmult_le_pos b _ (Rlt_le _ _ Hb) (Rle_0_sqr (Rabs a - N))) as Hsquare. unfold Rsqr in Hsquare.
  replace (b * ((Rabs a - N) * (Rabs a - N))) with (b * (Rabs a * Rabs a) - 2 * (Rabs a * (b * N)) + b * (N * N)) in Hsquare by ring.
  rewrite Ha in Hsquare. lra.
Qed.

Lemma fit_bound : forall P theta net, 0 < penalty P -> dual_feasible P theta ->
  dot theta (fit (inputs P) net) <= penalty P / 2 * squared_weights net.
Proof.
  intros P theta net Hb Hfeasible. rewrite dot_fit. unfold squared_weights. rewrite <- total_map_scale.
  apply total_map_le. intros k _. apply neuron_bound; assumption.
Qed.

Theorem weak_duality : forall P theta net, 0 < penalty P -> dual_feasible P theta ->
  dual_value P theta <= objective P net.
Proof.
  intros P theta net Hb Hfeasible. pose proof (fit_bound P theta net Hb Hfeasible) as Hfit.
  unfold dual_value, objective. set (f := fit (inputs P) net) in *. set (y := targets P) in *.
  pose proof (dot_self_nonneg (vadd (vsub f y) theta)) as Hsquare.
  rewrite dot_add_l, !dot_add_r, (dot_comm theta (vsub f y)), (dot_sub_l f y theta) in Hsquare.
  rewrite (dot_comm theta f) in Hfit. simpl. lra.
Qed.

Theorem dual_lower_bound : forall d P theta q, 0 < penalty P -> dual_feasible P theta -> q <= dual_value P theta ->
  lower_bound d P q.
Proof. intros d P theta q Hb Hfeasible Hq net _. apply Rle_trans with (1 := Hq). apply weak_duality; assumption. Qed.
