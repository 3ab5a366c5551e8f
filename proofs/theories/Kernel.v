(** * Linear dependence, decided by elimination

    In words: a matrix with [m] columns either has a non-zero vector in its kernel, or it has at least [m] rows and only the
    zero vector in its kernel. Used by the pruning theorems. *)

From Coq Require Import Reals List Lra Lia.
From ReluExact Require Import Spec Basics PaperBasics Convexity.
Import ListNotations.
Open Scope R_scope.

Definition in_kernel (rows : list vector) (beta : vector) : Prop := Forall (fun r => dot beta r = 0) rows.
Definition nonzero (beta : vector) : Prop := Exists (fun b => b <> 0) beta.
Definition all_zero (beta : vector) : Prop := Forall (fun b => b = 0) beta.

Lemma zero_or_nonzero : forall v, all_zero v \/ nonzero v.
Proof.
  induction v as [|a v IH]; [left; constructor|]. destruct (Req_dec a 0) as [E|E]; [|right; left; assumption].
  destruct IH as [Z|N]; [left; constructor; assumption|right; right; assumption].
Qed.

Lemma dot_all_zero_l : forall u v, all_zero u -> dot u v = 0.
Proof.
  intros u v H. revert v. induction H as [|a u E _ IH]; intros [|c v]; simpl; try reflexivity. rewrite E, IH. ring.
Qed.

(** Entry [j] of a vector, and the vector without it. *)
Definition entry (j : nat) (v : vector) : R := nth j v 0.
Definition without (j : nat) (v : vector) : vector := firstn j v ++ skipn (S j) v.

Lemma split_at : forall j v, (j < length v)%nat -> v = firstn j v ++ entry j v :: skipn (S j) v.
Proof.
  unfold entry. induction j as [|j IH]; intros [|a v] H; simpl in *; try lia; [reflexivity|]. f_equal. apply IH. lia.
Qed.

Lemma length_without : forall j v, (j < length v)%nat -> length (without j v) = pred (length v).
Proof. intros. unfold without. rewrite app_length, firstn_length, skipn_length. lia. Qed.

(** A vector of [m - 1] entries with [c] put in at place [j]. *)
Definition put (j : nat) (c : R) (v : vector) : vector := firstn j v ++ c :: skipn j v.

Lemma length_put : forall j c v, (j <= length v)%nat -> length (put j c v) = S (length v).
Proof. intros. unfold put. rewrite app_length, firstn_length. simpl. rewrite skipn_length. lia. Qed.

Lemma dot_put : forall j c beta v, (j < length v)%nat -> length beta = pred (length v) ->
  dot (put j c beta) v = dot beta (without j v) + c * entry j v.
Proof.
  intros j c beta v H L. rewrite (split_at j v H) at 1. unfold put, without.
  rewrite dot_app by (rewrite !firstn_length; lia). rewrite <- (firstn_skipn j beta) at 3.
  rewrite dot_app by (rewrite !firstn_length; lia). simpl. ring.
Qed.

Lemma dot_split : forall j beta v, (j < length v)%nat -> length beta = length v ->
  dot beta v = dot (without j beta) (without j v) + entry j beta * entry j v.
Proof.
  intros j beta v H L. rewrite (split_at j v H) at 1. rewrite (split_at j beta) at 1 by lia. unfold without.
  rewrite !dot_app by (rewrite !firstn_length; lia). simpl. ring.
Qed.

Lemma nonzero_entry : forall v, nonzero v -> exists j, (j < length v)%nat /\ entry j v <> 0.
Proof.
  unfold entry. intros v H. induction H as [a v E|a v _ (j & L & E)]; [exists 0%nat|exists (S j)]; simpl; split; auto; lia.
Qed.

Theorem kernel_alternative : forall rows m, Forall (fun r => length r = m) rows ->
  (exists beta, length beta = m /\ nonzero beta /\ in_kernel rows beta) \/
  ((m <= length rows)%nat /\ forall beta, length beta = m -> in_kernel rows beta -> all_zero beta).
Proof.
  intros rows. remember (length rows) as n eqn:N. symmetry in N. revert rows N.
  induction n as [|n IH]; intros [|r rows] N m L; simpl in N; try discriminate.
  - destruct m as [|m]; [right|left].
    + split; [lia|]. intros [|? ?] Lb _; [constructor|discriminate].
    + exists (repeat 1 (S m)). repeat split; [apply repeat_length|left; lra|constructor].
  - injection N as N. inversion L as [|? ? Lr Lrows]; subst. clear L.
    destruct (zero_or_nonzero r) as [Z|Z].
    + destruct (IH rows eq_refl _ Lrows) as [(beta & Lb & Nb & K)|(M & U)].
      * left. exists beta. repeat split; auto. constructor; [|assumption]. rewrite dot_comm. apply dot_all_zero_l. assumption.
      * right. split; [lia|]. intros beta Lb K. inversion K; subst. auto.
    + destruct (nonzero_entry r Z) as (j & Hj & Ej).
      set (rows' := map (fun v => vsub (without j v) (vscale (entry j v / entry j r) (without j r))) rows).
      assert (L' : Forall (fun v => length v = pred (length r)) rows').
      { apply Forall_map. eapply Forall_impl; [|exact Lrows]. intros v Lv. simpl in *.
        rewrite length_sub; rewrite ?length_scale, !length_without by lia; lia. }
      destruct (IH rows' ltac:(apply map_length) _ L') as [(beta & Lb & Nb & K)|(M & U)].
      * left. set (c := - dot beta (without j r) / entry j r). exists (put j c beta). repeat split.
        -- rewrite length_put by lia. lia.
        -- unfold nonzero, put in *. rewrite <- (firstn_skipn j beta) in Nb. apply Exists_app in Nb. apply Exists_app.
           destruct Nb as [E|E]; [left; assumption|right; right; assumption].
        -- constructor.
           ++ rewrite dot_put by lia. unfold c. field. assumption.
           ++ unfold in_kernel, rows' in K. rewrite Forall_map in K. rewrite Forall_forall in *. intros v Hv.
              specialize (K v Hv). specialize (Lrows v Hv). rewrite dot_sub_r, dot_scale_r in K.
              rewrite dot_put by lia. unfold c. replace (dot beta (without j v)) with
                (entry j v / entry j r * dot beta (without j r)) by lra. field. assumption.
      * right. split; [lia|]. intros beta Lb K. inversion K as [|? ? Kr Krows]; subst.
        rewrite (dot_split j) in Kr by lia.
        assert (Z' : all_zero (without j beta)).
        { apply U; [rewrite length_without; lia|]. apply Forall_map. rewrite Forall_forall in *. intros v Hv.
          specialize (Krows v Hv). specialize (Lrows v Hv). rewrite (dot_split j) in Krows by lia.
          rewrite dot_sub_r, dot_scale_r.
          replace (dot (without j beta) (without j v)) with (- (entry j beta * entry j v)) by lra.
          replace (dot (without j beta) (without j r)) with (- (entry j beta * entry j r)) by lra. field. assumption. }
        rewrite (dot_all_zero_l _ _ Z') in Kr. assert (E : entry j beta = 0) by nra.
        rewrite (split_at j beta) by lia. unfold all_zero, without in *. apply Forall_app in Z'. destruct Z'.
        apply Forall_app. split; [assumption|]. constructor; assumption.
Qed.
