(** * Whole numbers to compute with

    The checker of trees is written once, for any implementation of the whole numbers; [ZNumbers] is the one of the standard
    library. Norms are rounded up to multiples of [2^-64], as in the certificate format. *)

From Coq Require Import ZArith Reals Lra Lia List.
Open Scope Z_scope.

Module Type NUMBERS.
  Parameter t : Set.
  Parameter toZ : t -> Z.
  Parameter ofZ : Z -> t.
  Parameters add sub mul : t -> t -> t.
  Parameter leb : t -> t -> bool.
  (** [norm_up s m] is the least multiple [r] of [2^-64] with [sqrt s / m <= r]. *)
  Parameter norm_up : t -> t -> t.

  Axiom toZ_ofZ : forall z, toZ (ofZ z) = z.
  Axiom toZ_add : forall a b, toZ (add a b) = toZ a + toZ b.
  Axiom toZ_sub : forall a b, toZ (sub a b) = toZ a - toZ b.
  Axiom toZ_mul : forall a b, toZ (mul a b) = toZ a * toZ b.
  Axiom leb_toZ : forall a b, leb a b = (toZ a <=? toZ b).
  Axiom norm_up_nonneg : forall s m, 0 <= toZ s -> 0 < toZ m -> 0 <= toZ (norm_up s m).
  Axiom norm_up_bound : forall s m, 0 <= toZ s -> 0 < toZ m ->
    toZ s * 2 ^ 128 <= (toZ (norm_up s m) * toZ m) * (toZ (norm_up s m) * toZ m).
End NUMBERS.

Module ZNumbers <: NUMBERS.
  Definition t := Z.
  Definition toZ (z : Z) := z.
  Definition ofZ (z : Z) := z.
  Definition add := Z.add.
  Definition sub := Z.sub.
  Definition mul := Z.mul.
  Definition leb := Z.leb.
  Definition norm_up (s m : Z) : Z := - (- Z.sqrt_up (Z.shiftl s 128) / m).

  Lemma toZ_ofZ : forall z, toZ (ofZ z) = z. Proof. reflexivity. Qed.
  Lemma toZ_add : forall a b, toZ (add a b) = toZ a + toZ b. Proof. reflexivity. Qed.
  Lemma toZ_sub : forall a b, toZ (sub a b) = toZ a - toZ b. Proof. reflexivity. Qed.
  Lemma toZ_mul : forall a b, toZ (mul a b) = toZ a * toZ b. Proof. reflexivity. Qed.
  Lemma leb_toZ : forall a b, leb a b = (toZ a <=? toZ b). Proof. reflexivity. Qed.

  Lemma root_le : forall r m, 0 < m -> r <= - (- r / m) * m.
  Proof. intros r m Hm. pose proof (Z.mul_div_le (- r) m Hm). lia. Qed.

  Lemma norm_up_nonneg : forall s m, 0 <= toZ s -> 0 < toZ m -> 0 <= toZ (norm_up s m).
  Proof.
    unfold toZ, norm_up. intros s m Hs Hm. pose proof (Z.sqrt_up_nonneg (Z.shiftl s 128)).
    pose proof (root_le (Z.sqrt_up (Z.shiftl s 128)) m Hm). nia.
  Qed.

  Lemma square_of_root : forall q, 0 <= q -> q <= Z.sqrt_up q * Z.sqrt_up q.
  Proof.
    intros q Hq. destruct (Z.eq_dec q 0) as [->|H]; [reflexivity|].
    pose proof (Z.sqrt_up_spec q ltac:(lia)). lia.
  Qed.

  Lemma norm_up_bound : forall s m, 0 <= toZ s -> 0 < toZ m ->
    toZ s * 2 ^ 128 <= (toZ (norm_up s m) * toZ m) * (toZ (norm_up s m) * toZ m).
  Proof.
    unfold toZ, norm_up. intros s m Hs Hm. rewrite <- Z.shiftl_mul_pow2 by lia.
    set (q := Z.shiftl s 128). assert (0 <= q) by (apply Z.shiftl_nonneg; assumption).
    apply Z.le_trans with (1 := square_of_root q ltac:(assumption)).
    pose proof (Z.sqrt_up_nonneg q). pose proof (root_le (Z.sqrt_up q) m Hm).
    apply Z.mul_le_mono_nonneg; lia.
  Qed.
End ZNumbers.
