(** * Shared definitions of the theory of the papers

    The residual, the dual problem (Pilanci and Ergen 2020), rescaled networks (amounts of neurons) and the identity between the
    objective of a network and the value of a dual point, from which weak duality and complementary slackness both follow. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality.
Import ListNotations.
Open Scope R_scope.

(** The residual [y - fit]. *)
Definition residual (P : problem) (net : network) : vector := vsub (targets P) (fit (inputs P) net).

(** [theta] has one entry per row and satisfies [|theta . (Xu)+| <= penalty * |u|] for every direction [u]. *)
Definition dual_point (d : nat) (P : problem) (theta : vector) : Prop :=
  length theta = length (inputs P) /\
  forall u, length u = d -> Rabs (dot theta (features (inputs P) u)) <= penalty P * norm u.

Lemma dual_feasible_point : forall d P theta, dual_feasible P theta -> length theta = length (inputs P) -> dual_point d P theta.
Proof. intros d P theta F L. split; [assumption|]. intros u _. apply F. Qed.

(** Hidden and outer weights of equal norm. *)
Definition balanced (k : neuron) : Prop := norm (hidden k) = Rabs (outer k).

(** The dual constraint holds with equality in the direction of the neuron, with the sign of its outer weight. *)
Definition tight (P : problem) (theta : vector) (k : neuron) : Prop :=
  outer k * dot theta (features (inputs P) (hidden k)) = penalty P * (Rabs (outer k) * norm (hidden k)).

(** A neuron without any weight. *)
Definition null_neuron (k : neuron) : Prop := norm (hidden k) = 0 /\ outer k = 0.

(** ** Vectors *)

Lemma vector_equal : forall u v, length u = length v -> dot (vsub u v) (vsub u v) = 0 -> u = v.
Proof.
  induction u as [|a u IH]; intros [|c v] L H; simpl in *; try discriminate; [reflexivity|].
  pose proof (dot_self_nonneg (vsub u v)). assert (a - c = 0) by nra.
  f_equal; [lra|]. apply IH; [congruence|nra].
Qed.

Lemma dot_sub_self : forall u v, dot (vsub u v) (vsub u v) = dot u u - 2 * dot u v + dot v v.
Proof. intros. rewrite dot_sub_l, !dot_sub_r, (dot_comm v u). ring. Qed.

Lemma dot_vsub_same : forall u, dot (vsub u u) (vsub u u) = 0.
Proof. intros. rewrite dot_sub_self. ring. Qed.

Lemma norm_zero_dot : forall u x, norm u = 0 -> dot x u = 0.
Proof.
  intros u x H. rewrite dot_comm. apply dot_self_zero. rewrite <- norm_square, H. ring.
Qed.

Lemma norm_triangle : forall u v, norm (vadd u v) <= norm u + norm v.
Proof.
  intros u v. pose proof (norm_nonneg u). pose proof (norm_nonneg v). apply square_le; [lra|].
  rewrite norm_square, dot_add_l, !dot_add_r, (dot_comm v u), <- !norm_square. pose proof (cauchy_schwarz u v). nra.
Qed.

Lemma Rabs_square : forall a, Rabs a * Rabs a = a * a.
Proof. intros. rewrite <- Rabs_mult. apply Rabs_pos_eq. nra. Qed.

Lemma features_scale : forall X c w, 0 <= c -> features X (vscale c w) = vscale c (features X w).
Proof.
  intros. unfold features, vscale at 2. rewrite map_map. apply map_ext. intros x. rewrite dot_scale_r. apply relu_scale.
  assumption.
Qed.

Lemma length_features : forall X w, length (features X w) = length X.
Proof. intros. apply map_length. Qed.

Lemma dot_features_null : forall theta X w, norm w = 0 -> dot theta (features X w) = 0.
Proof.
  intros theta X w H. revert theta. induction X as [|x X IH]; intros [|t theta]; simpl; try reflexivity.
  change (map (fun x0 => relu (dot x0 w)) X) with (features X w). rewrite IH, (norm_zero_dot w x H), relu_pos by lra. ring.
Qed.

(** ** The identity of duality *)

(** What the neuron [k] adds to the gap between the objective and the dual value. *)
Definition neuron_gap (P : problem) (theta : vector) (k : neuron) : R :=
  penalty P / 2 * (dot (hidden k) (hidden k) + outer k * outer k) - outer k * dot theta (features (inputs P) (hidden k)).

(** The gap is half the squared distance from the residual to [theta] plus the gaps of the neurons. No assumption is needed. *)
Theorem duality_identity : forall P theta net,
  objective P net - dual_value P theta =
  / 2 * dot (vsub (residual P net) theta) (vsub (residual P net) theta) + total (map (neuron_gap P theta) net).
Proof.
  intros P theta net.
  assert (E : total (map (neuron_gap P theta) net)
              = penalty P / 2 * squared_weights net - dot theta (fit (inputs P) net)).
  { rewrite dot_fit. unfold squared_weights. induction net as [|k net IH]; simpl; [ring|]. rewrite IH. unfold neuron_gap. ring. }
  rewrite E. unfold objective, dual_value, residual. rewrite !dot_sub_self, !dot_sub_l.
  rewrite (dot_comm (targets P) (fit _ _)), (dot_comm theta (fit _ _)). field.
Qed.

Lemma neuron_gap_split : forall P theta k,
  neuron_gap P theta k =
  penalty P / 2 * ((norm (hidden k) - Rabs (outer k)) * (norm (hidden k) - Rabs (outer k)))
  + (penalty P * (Rabs (outer k) * norm (hidden k)) - outer k * dot theta (features (inputs P) (hidden k))).
Proof.
  intros. unfold neuron_gap. rewrite <- norm_square. pose proof (Rabs_square (outer k)) as H.
  replace (outer k * outer k) with (Rabs (outer k) * Rabs (outer k)) by exact H. field.
Qed.

Lemma tight_bound : forall d P theta k, dual_point d P theta -> length (hidden k) = d ->
  outer k * dot theta (features (inputs P) (hidden k)) <= penalty P * (Rabs (outer k) * norm (hidden k)).
Proof.
  intros d P theta k [_ F] L. specialize (F _ L).
  apply Rle_trans with (1 := Rle_abs _). rewrite Rabs_mult.
  pose proof (Rmult_le_compat_l _ _ _ (Rabs_pos (outer k)) F). lra.
Qed.

Lemma neuron_gap_nonneg : forall d P theta k, 0 < penalty P -> dual_point d P theta -> length (hidden k) = d ->
  0 <= neuron_gap P theta k.
Proof.
  intros d P theta k B F L. rewrite neuron_gap_split. pose proof (tight_bound d P theta k F L).
  pose proof (Rle_0_sqr (norm (hidden k) - Rabs (outer k))) as Q. unfold Rsqr in Q.
  apply Rplus_le_le_0_compat; [apply Rmult_le_pos|]; lra.
Qed.

(** Weak duality, for networks of every width. *)
Theorem dual_value_le : forall d P theta net, well_formed d P -> dual_point d P theta -> accepts d net ->
  dual_value P theta <= objective P net.
Proof.
  intros d P theta net (_ & _ & B) F A. pose proof (duality_identity P theta net) as E.
  pose proof (dot_self_nonneg (vsub (residual P net) theta)).
  assert (0 <= total (map (neuron_gap P theta) net)); [|lra].
  apply total_map_nonneg. intros k Hk. apply (neuron_gap_nonneg d); auto. unfold accepts in A. rewrite Forall_forall in A. auto.
Qed.

(** ** Rescaled networks *)

(** Multiplying both weights of a neuron by [sqrt t] multiplies its contribution and its squared weights by [t]. *)
Definition rescale_neuron (t : R) (k : neuron) : neuron := Neuron (vscale (sqrt t) (hidden k)) (sqrt t * outer k).

(** The network with amounts [ts] of the neurons of [net]. *)
Fixpoint rescale (ts : list R) (net : network) : network :=
  match ts, net with
  | t :: ts', k :: net' => rescale_neuron t k :: rescale ts' net'
  | _, _ => []
  end.

(** What each neuron adds to the output at [x], and its squared weights. *)
Definition contributions (net : network) (x : vector) : vector := map (fun k => outer k * relu (dot x (hidden k))) net.
Definition weights (net : network) : vector := map (fun k => dot (hidden k) (hidden k) + outer k * outer k) net.

Definition nonnegative (ts : list R) : Prop := Forall (fun t => 0 <= t) ts.

Lemma rescale_contribution : forall t k x, 0 <= t ->
  outer (rescale_neuron t k) * relu (dot x (hidden (rescale_neuron t k))) = t * (outer k * relu (dot x (hidden k))).
Proof.
  intros. simpl. rewrite dot_scale_r, relu_scale by apply sqrt_pos.
  rewrite <- (sqrt_sqrt t) at 3 by assumption. ring.
Qed.

Lemma rescale_weight : forall t k, 0 <= t ->
  dot (hidden (rescale_neuron t k)) (hidden (rescale_neuron t k)) + outer (rescale_neuron t k) * outer (rescale_neuron t k)
  = t * (dot (hidden k) (hidden k) + outer k * outer k).
Proof.
  intros. simpl. rewrite dot_scale_l, dot_scale_r. rewrite <- (sqrt_sqrt t) at 5 by assumption. ring.
Qed.

Lemma output_rescale : forall ts net x, nonnegative ts -> output (rescale ts net) x = dot ts (contributions net x).
Proof.
  induction ts as [|t ts IH]; intros [|k net] x H; try reflexivity. inversion H; subst.
  simpl rescale. rewrite output_cons, rescale_contribution, IH by assumption. reflexivity.
Qed.

Lemma squared_weights_rescale : forall ts net, nonnegative ts -> squared_weights (rescale ts net) = dot ts (weights net).
Proof.
  induction ts as [|t ts IH]; intros [|k net] H; try reflexivity. inversion H; subst.
  simpl rescale. unfold squared_weights in *. simpl map. simpl total. rewrite IH by assumption.
  fold (rescale_neuron t k). simpl dot. f_equal. apply (rescale_weight t k). assumption.
Qed.

Lemma accepts_rescale : forall d ts net, accepts d net -> accepts d (rescale ts net).
Proof.
  unfold accepts. induction ts as [|t ts IH]; intros [|k net] H; simpl; auto. inversion H; subst.
  constructor; [simpl; apply length_scale|auto].
Qed.

Lemma length_rescale : forall ts net, length ts = length net -> length (rescale ts net) = length net.
Proof. induction ts as [|t ts IH]; intros [|k net] H; simpl in *; try discriminate; auto. Qed.

Lemma rescale_in : forall ts net k', In k' (rescale ts net) -> exists t k, In t ts /\ In k net /\ k' = rescale_neuron t k.
Proof.
  induction ts as [|t ts IH]; intros [|k net] k' H; simpl in *; try contradiction.
  destruct H as [H|H]; [exists t, k; auto|]. destruct (IH _ _ H) as (t' & k'' & ? & ? & ?). exists t', k''. auto.
Qed.
