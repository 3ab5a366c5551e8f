(** * Rows of a matrix: products, combinations, orthonormal rows *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics.
Import ListNotations.
Open Scope R_scope.

(** [Xu], and [X'c], the combination of the rows with coefficients [c]. *)
Definition image (X : list vector) (u : vector) : vector := map (fun x => dot x u) X.
Fixpoint combination (c : vector) (X : list vector) : vector :=
  match c, X with
  | t :: c', x :: X' => vadd (vscale t x) (combination c' X')
  | _, _ => []
  end.

(** Rows of length 1 that are orthogonal to each other: [XX' = I]. *)
Fixpoint orthonormal (X : list vector) : Prop :=
  match X with
  | x :: X' => dot x x = 1 /\ Forall (fun z => dot x z = 0) X' /\ orthonormal X'
  | [] => True
  end.

Lemma length_image : forall X u, length (image X u) = length X.
Proof. intros. apply map_length. Qed.

Lemma features_image : forall X u, features X u = map relu (image X u).
Proof. intros. unfold features, image. rewrite map_map. reflexivity. Qed.

Lemma image_scale : forall X t u, image X (vscale t u) = vscale t (image X u).
Proof. intros. unfold image, vscale at 2. rewrite map_map. apply map_ext. intros. apply dot_scale_r. Qed.

Lemma image_add : forall X u v, image X (vadd u v) = vadd (image X u) (image X v).
Proof. induction X as [|x X IH]; intros; simpl; [reflexivity|]. rewrite IH, dot_add_r. reflexivity. Qed.

Lemma image_sub : forall X u v, image X (vsub u v) = vsub (image X u) (image X v).
Proof. induction X as [|x X IH]; intros; simpl; [reflexivity|]. rewrite IH, dot_sub_r. reflexivity. Qed.

Lemma image_nil : forall X, image X [] = map (fun _ => 0) X.
Proof. intros. apply map_ext. intros. apply dot_nil_r. Qed.

Lemma dot_combination : forall c X u, dot (combination c X) u = dot c (image X u).
Proof.
  induction c as [|t c IH]; intros [|x X] u; simpl; try reflexivity. rewrite dot_add_l, dot_scale_l, IH. reflexivity.
Qed.

Lemma length_combination : forall d c X, Forall (fun x => length x = d) X -> c <> [] -> X <> [] -> length (combination c X) = d.
Proof.
  intros d c. induction c as [|t c IH]; intros [|x X] F C N; try congruence. inversion F; subst. simpl.
  destruct c as [|s c]; [destruct X; simpl; destruct (vscale t x) eqn:E; rewrite <- (length_scale t x), E; reflexivity|].
  destruct X as [|z X]; [simpl; destruct (vscale t x) eqn:E; rewrite <- (length_scale t x), E; reflexivity|].
  rewrite length_add; [apply length_scale|]. rewrite length_scale, IH; congruence.
Qed.

Lemma combination_orthogonal : forall c X x, Forall (fun z => dot x z = 0) X -> dot x (combination c X) = 0.
Proof.
  induction c as [|t c IH]; intros [|z X] x F; simpl; try apply dot_nil_r. inversion F; subst.
  rewrite dot_add_r, dot_scale_r, IH by assumption. nra.
Qed.

(** With orthonormal rows, [X X'c = c]. *)
Lemma image_combination : forall X c, orthonormal X -> length c = length X -> image X (combination c X) = c.
Proof.
  induction X as [|x X IH]; intros [|t c] O L; simpl in *; try discriminate; [reflexivity|]. destruct O as (N & P & O). f_equal.
  - rewrite dot_add_r, dot_scale_r, N, combination_orthogonal by assumption. ring.
  - rewrite image_add, image_scale. assert (Z : image X x = map (fun _ => 0) X).
    { apply map_ext_in. intros z Hz. rewrite Forall_forall in P. rewrite dot_comm. apply P. assumption. }
    rewrite IH by (auto; congruence). rewrite Z. injection L as L. clear - L. revert X L.
    induction c as [|s c IH]; intros [|z X] L; simpl in *; try discriminate; [reflexivity|]. f_equal; [ring|]. apply IH.
    congruence.
Qed.

Lemma combination_square : forall X c, orthonormal X -> length c = length X ->
  dot (combination c X) (combination c X) = dot c c.
Proof. intros. rewrite dot_combination, image_combination by assumption. reflexivity. Qed.

(** Bessel's inequality. *)
Lemma bessel : forall X u, orthonormal X -> dot (image X u) (image X u) <= dot u u.
Proof.
  intros X u O. pose proof (dot_self_nonneg (vsub u (combination (image X u) X))) as S.
  rewrite dot_sub_self, combination_square, (dot_comm u (combination _ _)), dot_combination in S by (auto using length_image).
  lra.
Qed.

(** ** Positive and negative parts of a vector *)

Definition positive (v : vector) : vector := map relu v.
Definition negative (v : vector) : vector := map (fun t => relu (- t)) v.

Lemma positive_negative : forall v, vsub (positive v) (negative v) = v.
Proof.
  induction v as [|t v IH]; simpl; [reflexivity|]. rewrite IH, relu_minus. f_equal. ring.
Qed.

Lemma parts_orthogonal : forall v, dot (positive v) (negative v) = 0.
Proof.
  induction v as [|t v IH]; simpl; [reflexivity|]. rewrite IH.
  destruct (relu_cases t) as [[H E]|[H E]]; rewrite E; [rewrite (relu_neg (- t)) by lra|]; ring.
Qed.

Lemma positive_nonneg : forall v, Forall (fun t => 0 <= t) (positive v).
Proof. intros. apply Forall_forall. intros t Ht. apply in_map_iff in Ht as (s & <- & _). apply relu_nonneg. Qed.

Lemma negative_nonneg : forall v, Forall (fun t => 0 <= t) (negative v).
Proof. intros. apply Forall_forall. intros t Ht. apply in_map_iff in Ht as (s & <- & _). apply relu_nonneg. Qed.

Lemma positive_fixed : forall v, Forall (fun t => 0 <= t) v -> positive v = v.
Proof. induction 1; simpl; [reflexivity|]. rewrite IHForall, relu_pos by assumption. reflexivity. Qed.

Lemma positive_square : forall v, dot (positive v) (positive v) <= dot v v.
Proof.
  induction v as [|t v IH]; simpl; [lra|]. destruct (relu_cases t) as [[H E]|[H E]]; rewrite E; nra.
Qed.

Lemma dot_positive : forall v f, Forall (fun t => 0 <= t) f -> dot v f <= dot (positive v) f.
Proof.
  induction v as [|t v IH]; intros f F; [simpl; lra|]. destruct F as [|s f S F]; simpl; [lra|].
  specialize (IH f F). pose proof (relu_ge t). nra.
Qed.

Lemma length_parts : forall v, length (positive v) = length v /\ length (negative v) = length v.
Proof. intros. unfold positive, negative. rewrite !map_length. split; reflexivity. Qed.

Lemma positive_opposite : forall v, positive (vscale (-1) v) = negative v.
Proof. intros. unfold positive, negative, vscale. rewrite map_map. apply map_ext. intros. f_equal. ring. Qed.
