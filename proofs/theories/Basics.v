(** * Linear algebra on lists

    Lists stand for sequences that end in zeros, so no lemma needs lengths. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec.
Import ListNotations.
Open Scope R_scope.

Fixpoint vadd (u v : vector) : vector :=
  match u, v with
  | a :: u', c :: v' => (a + c) :: vadd u' v'
  | [], _ => v
  | _, [] => u
  end.

Definition vscale (t : R) (u : vector) : vector := map (fun a => t * a) u.

(** ** The inner product *)

Lemma dot_nil_r : forall u, dot u [] = 0.
Proof. destruct u; reflexivity. Qed.

Lemma dot_nil_l : forall u, dot [] u = 0.
Proof. reflexivity. Qed.

Lemma dot_comm : forall u v, dot u v = dot v u.
Proof. induction u as [|a u IH]; destruct v as [|c v]; simpl; try reflexivity. rewrite IH. ring. Qed.

Lemma dot_add_l : forall u v x, dot (vadd u v) x = dot u x + dot v x.
Proof.
  induction u as [|a u IH]; intros v x; [simpl; ring|].
  destruct v as [|c v]; [simpl; ring|]. destruct x as [|e x]; simpl; [ring|]. rewrite IH. ring.
Qed.

Lemma dot_add_r : forall x u v, dot x (vadd u v) = dot x u + dot x v.
Proof. intros. rewrite dot_comm, dot_add_l, (dot_comm u), (dot_comm v). reflexivity. Qed.

Lemma dot_scale_l : forall t u x, dot (vscale t u) x = t * dot u x.
Proof. unfold vscale. induction u as [|a u IH]; intros [|e x]; simpl; try ring. rewrite IH. ring. Qed.

Lemma dot_scale_r : forall t x u, dot x (vscale t u) = t * dot x u.
Proof. intros. rewrite dot_comm, dot_scale_l, dot_comm. reflexivity. Qed.

Lemma dot_sub_nil_l : forall v x, dot (vsub [] v) x = - dot v x.
Proof. induction v as [|c v IH]; intros [|e x]; simpl; try ring. rewrite IH. ring. Qed.

Lemma dot_sub_l : forall u v x, dot (vsub u v) x = dot u x - dot v x.
Proof.
  induction u as [|a u IH]; intros v x; [rewrite dot_sub_nil_l; simpl; ring|].
  destruct v as [|c v]; [simpl; ring|]. destruct x as [|e x]; simpl; [ring|]. rewrite IH. ring.
Qed.

Lemma dot_sub_r : forall x u v, dot x (vsub u v) = dot x u - dot x v.
Proof. intros. rewrite dot_comm, dot_sub_l, (dot_comm u), (dot_comm v). reflexivity. Qed.

Lemma dot_self_nonneg : forall u, 0 <= dot u u.
Proof. induction u as [|a u IH]; simpl; nra. Qed.

Lemma dot_self_zero : forall u x, dot u u = 0 -> dot u x = 0.
Proof.
  induction u as [|a u IH]; intros [|e x] H; simpl in *; try reflexivity.
  pose proof (dot_self_nonneg u). assert (a = 0) by nra. subst a. rewrite IH by nra. ring.
Qed.

(** ** Cauchy-Schwarz *)

Lemma dot_square_le : forall u v, dot u v * dot u v <= dot u u * dot v v.
Proof.
  intros u v. destruct (Req_dec (dot v v) 0) as [E|E].
  - rewrite (dot_comm u v), (dot_self_zero v u E). nra.
  - pose proof (dot_self_nonneg v).
    pose proof (dot_self_nonneg (vsub (vscale (dot v v) u) (vscale (dot u v) v))) as H0.
    rewrite !dot_sub_l, !dot_sub_r, !dot_scale_l, !dot_scale_r, (dot_comm v u) in H0.
    assert (0 < dot v v) by lra. nra.
Qed.

Lemma norm_nonneg : forall u, 0 <= norm u.
Proof. intros. apply sqrt_pos. Qed.

Lemma norm_square : forall u, norm u * norm u = dot u u.
Proof. intros. apply sqrt_sqrt, dot_self_nonneg. Qed.

(** [0 <= b] and [a^2 <= b^2] give [a <= b]. *)
Lemma square_le : forall a b, 0 <= b -> a * a <= b * b -> a <= b.
Proof. intros a b Hb H. destruct (Rle_or_lt a b); [assumption|nra]. Qed.

Lemma cauchy_schwarz : forall u v, dot u v <= norm u * norm v.
Proof.
  intros u v. pose proof (norm_nonneg u). pose proof (norm_nonneg v). apply square_le; [nra|].
  replace (norm u * norm v * (norm u * norm v)) with ((norm u * norm u) * (norm v * norm v)) by ring.
  rewrite !norm_square. apply dot_square_le.
Qed.

(** A vector whose squared norm is at most [c^2]. *)
Lemma dot_le_norm : forall v u c, 0 <= c -> dot v v <= c * c -> dot v u <= c * norm u.
Proof.
  intros v u c Hc H. pose proof (norm_nonneg u). pose proof (norm_nonneg v). pose proof (norm_square v).
  apply Rle_trans with (1 := cauchy_schwarz v u). apply Rmult_le_compat_r; [assumption|]. apply square_le; lra.
Qed.

Lemma norm_scale : forall t u, 0 <= t -> norm (vscale t u) = t * norm u.
Proof.
  intros t u Ht. unfold norm. rewrite dot_scale_l, dot_scale_r.
  replace (t * (t * dot u u)) with ((t * t) * dot u u) by ring.
  rewrite sqrt_mult; [|nra|apply dot_self_nonneg]. rewrite sqrt_square by assumption. reflexivity.
Qed.

(** ** Lengths *)

Lemma length_scale : forall t u, length (vscale t u) = length u.
Proof. intros. apply map_length. Qed.

Lemma length_add : forall u v, length u = length v -> length (vadd u v) = length u.
Proof. induction u as [|a u IH]; intros [|c v] H; simpl in *; try discriminate; auto. Qed.

Lemma length_sub : forall u v, length u = length v -> length (vsub u v) = length u.
Proof. induction u as [|a u IH]; intros [|c v] H; simpl in *; try discriminate; auto. Qed.

Lemma length_fit : forall X net, length (fit X net) = length X.
Proof. intros. apply map_length. Qed.

(** ** The ReLU function *)

Lemma relu_nonneg : forall t, 0 <= relu t.
Proof. intros. apply Rmax_l. Qed.

Lemma relu_ge : forall t, t <= relu t.
Proof. intros. apply Rmax_r. Qed.

Lemma relu_pos : forall t, 0 <= t -> relu t = t.
Proof. intros. apply Rmax_right. assumption. Qed.

Lemma relu_neg : forall t, t <= 0 -> relu t = 0.
Proof. intros. apply Rmax_left. assumption. Qed.

Lemma relu_cases : forall t, (0 <= t /\ relu t = t) \/ (t <= 0 /\ relu t = 0).
Proof. intros. destruct (Rle_or_lt 0 t); [left|right]; split; auto using relu_pos, relu_neg with real. Qed.

Lemma relu_scale : forall c t, 0 <= c -> relu (c * t) = c * relu t.
Proof.
  intros c t Hc. destruct (relu_cases t) as [[H E]|[H E]]; rewrite E.
  - apply relu_pos. nra.
  - rewrite relu_neg; nra.
Qed.

Lemma relu_minus : forall t, relu (- t) = relu t - t.
Proof.
  intros t. destruct (relu_cases t) as [[H E]|[H E]]; rewrite E.
  - rewrite relu_neg; lra.
  - rewrite relu_pos; lra.
Qed.

(** ** Sums *)

Lemma total_app : forall l m, total (l ++ m) = total l + total m.
Proof. induction l as [|a l IH]; intros; simpl; [ring|]. rewrite IH. ring. Qed.

Section Totals.
  Context {A : Type}.
  Implicit Types (f g : A -> R) (l : list A).

  Lemma total_map_plus : forall f g l, total (map (fun x => f x + g x) l) = total (map f l) + total (map g l).
  Proof. induction l as [|a l IH]; simpl; [ring|]. rewrite IH. ring. Qed.

  Lemma total_map_scale : forall c f l, total (map (fun x => c * f x) l) = c * total (map f l).
  Proof. induction l as [|a l IH]; simpl; [ring|]. rewrite IH. ring. Qed.

  Lemma total_map_le : forall f g l, (forall x, In x l -> f x <= g x) -> total (map f l) <= total (map g l).
  Proof.
    induction l as [|a l IH]; intros H; simpl; [lra|].
    apply Rplus_le_compat; [apply H; left; reflexivity|]. apply IH. intros x Hx. apply H. right. assumption.
  Qed.

  Lemma total_map_ext : forall f g l, (forall x, In x l -> f x = g x) -> total (map f l) = total (map g l).
  Proof.
    induction l as [|a l IH]; intros H; simpl; [reflexivity|].
    rewrite (H a) by (left; reflexivity). f_equal. apply IH. intros x Hx. apply H. right. assumption.
  Qed.

  Lemma total_map_nonneg : forall f l, (forall x, In x l -> 0 <= f x) -> 0 <= total (map f l).
  Proof.
    induction l as [|a l IH]; intros H; simpl; [lra|].
    pose proof (H a (or_introl eq_refl)). assert (0 <= total (map f l)) by (apply IH; intros; apply H; right; assumption). lra.
  Qed.

  Lemma total_map_zero : forall f l, (forall x, In x l -> f x = 0) -> total (map f l) = 0.
  Proof.
    induction l as [|a l IH]; intros H; simpl; [reflexivity|].
    rewrite (H a) by (left; reflexivity). rewrite IH; [ring|]. intros x Hx. apply H. right. assumption.
  Qed.
End Totals.

(** ** Outputs and fits *)

(** The features of hidden weights [w]: [(X w)+]. *)
Definition features (X : list vector) (w : vector) : vector := map (fun x => relu (dot x w)) X.

Lemma output_cons : forall k net x, output (k :: net) x = outer k * relu (dot x (hidden k)) + output net x.
Proof. reflexivity. Qed.

Lemma output_app : forall net net' x, output (net ++ net') x = output net x + output net' x.
Proof. intros. unfold output. rewrite map_app. apply total_app. Qed.

Lemma squared_weights_app : forall net net', squared_weights (net ++ net') = squared_weights net + squared_weights net'.
Proof. intros. unfold squared_weights. rewrite map_app. apply total_app. Qed.

Lemma dot_fit_nil : forall theta X, dot theta (fit X []) = 0.
Proof.
  induction theta as [|t theta IH]; destruct X as [|x X]; simpl; try reflexivity.
  change (map (output []) X) with (fit X []). rewrite IH. unfold output. simpl. ring.
Qed.

Lemma dot_fit_cons : forall theta X k net,
  dot theta (fit X (k :: net)) = outer k * dot theta (features X (hidden k)) + dot theta (fit X net).
Proof.
  induction theta as [|t theta IH]; destruct X as [|x X]; intros; simpl; try ring.
  change (map (output (k :: net)) X) with (fit X (k :: net)). rewrite IH, output_cons. unfold features, fit. ring.
Qed.

(** [theta . fit] is the sum over the neurons of [outer * theta . (X w)+]. *)
Lemma dot_fit : forall theta X net,
  dot theta (fit X net) = total (map (fun k => outer k * dot theta (features X (hidden k))) net).
Proof. induction net as [|k net IH]; [apply dot_fit_nil|]. rewrite dot_fit_cons, IH. reflexivity. Qed.

Lemma accepts_app : forall d net net', accepts d net -> accepts d net' -> accepts d (net ++ net').
Proof. intros. apply Forall_app. split; assumption. Qed.

(** ** Convex functions *)

Definition convex (f : R -> R) : Prop := forall x t c, 0 <= c <= 1 -> f (x + c * (t - x)) <= (1 - c) * f x + c * f t.
