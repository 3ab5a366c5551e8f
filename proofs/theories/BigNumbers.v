(** * Whole numbers in the kernel's machine integers

    A faster implementation of [NUMBERS]: a sign and a list of digits to the base 2^63, the least first. Theorems that compute with it
    rest, besides the real numbers, on the specifications of the machine integers in the standard library ([Uint63]). *)

From Coq Require Import ZArith Lia List Uint63.
From ReluExact Require Import Numbers.
Import ListNotations.
Local Open Scope Z_scope.

Notation digit := int (only parsing).
Notation "'val' x" := (Uint63.to_Z x) (at level 10, only parsing).
Definition base : Z := Uint63.wB.

Lemma digit_range : forall x : digit, 0 <= val x < base.
Proof. exact Uint63.to_Z_bounded. Qed.

Lemma wB_base : Uint63.wB = base.
Proof. reflexivity. Qed.

Fixpoint value (l : list digit) : Z :=
  match l with
  | [] => 0
  | x :: l' => val x + base * value l'
  end.

Lemma base_positive : 0 < base.
Proof. reflexivity. Qed.

Lemma value_nonneg : forall l, 0 <= value l.
Proof. induction l as [|x l IH]; cbn [value]; [lia|]. pose proof (digit_range x). pose proof (Z.mul_nonneg_nonneg base _ (Z.lt_le_incl _ _ base_positive) IH). lia. Qed.

(** ** Digits *)

Lemma add_digits : forall x y, match (x +c y)%uint63 with C0 r => val r | C1 r => base + val r end = val x + val y.
Proof. intros. pose proof (addc_spec x y) as H. destruct (x +c y)%uint63; unfold interp_carry in H; rewrite ?wB_base in H; lia. Qed.

Lemma add_digits_carry : forall x y,
  match addcarryc x y with C0 r => val r | C1 r => base + val r end = val x + val y + 1.
Proof. intros. pose proof (addcarryc_spec x y) as H. destruct (addcarryc x y); unfold interp_carry in H; rewrite ?wB_base in H; lia. Qed.

Lemma sub_digits : forall x y, match (x -c y)%uint63 with C0 r => val r | C1 r => val r - base end = val x - val y.
Proof. intros. pose proof (subc_spec x y) as H. destruct (x -c y)%uint63; unfold interp_carry in H; rewrite ?wB_base in H; lia. Qed.

Lemma sub_digits_carry : forall x y,
  match subcarryc x y with C0 r => val r | C1 r => val r - base end = val x - val y - 1.
Proof. intros. pose proof (subcarryc_spec x y) as H. destruct (subcarryc x y); unfold interp_carry in H; rewrite ?wB_base in H; lia. Qed.

(** ** Sums and differences *)

Definition of_carry (c : bool) : Z := if c then 1 else 0.

Fixpoint increase (a : list digit) : list digit :=
  match a with
  | [] => [1%uint63]
  | x :: a' => match (x +c 1)%uint63 with C0 r => r :: a' | C1 r => r :: increase a' end
  end.

Fixpoint sum_of (a b : list digit) (c : bool) : list digit :=
  match a, b with
  | [], _ => if c then increase b else b
  | _, [] => if c then increase a else a
  | x :: a', y :: b' =>
      match (if c then addcarryc x y else addc x y) with
      | C0 r => r :: sum_of a' b' false
      | C1 r => r :: sum_of a' b' true
      end
  end.

Fixpoint decrease (a : list digit) : list digit :=
  match a with
  | [] => []
  | x :: a' => match (x -c 1)%uint63 with C0 r => r :: a' | C1 r => r :: decrease a' end
  end.

Fixpoint difference (a b : list digit) (c : bool) : list digit :=
  match a, b with
  | [], _ => []
  | _, [] => if c then decrease a else a
  | x :: a', y :: b' =>
      match (if c then subcarryc x y else subc x y) with
      | C0 r => r :: difference a' b' false
      | C1 r => r :: difference a' b' true
      end
  end.

Lemma value_increase : forall a, value (increase a) = value a + 1.
Proof.
  induction a as [|x a IH]; [reflexivity|]. cbn [increase value]. pose proof (add_digits x 1) as H.
  change (val 1%uint63) with 1 in H. destruct (x +c 1)%uint63; cbn [value]; [|rewrite IH]; lia.
Qed.

Lemma value_sum_of : forall a b c, value (sum_of a b c) = value a + value b + of_carry c.
Proof.
  induction a as [|x a IH]; intros b c.
  - simpl. destruct c; [rewrite value_increase|]; simpl; lia.
  - destruct b as [|y b].
    + cbn [sum_of]. destruct c; [rewrite value_increase|]; simpl of_carry; simpl (value []); lia.
    + cbn [sum_of value]. pose proof (add_digits x y) as H0. pose proof (add_digits_carry x y) as H1. destruct c.
      * destruct (addcarryc x y); cbn [value]; rewrite IH; simpl of_carry; lia.
      * destruct (addc x y); cbn [value]; rewrite IH; simpl of_carry; lia.
Qed.

Lemma value_decrease : forall a, 1 <= value a -> value (decrease a) = value a - 1.
Proof.
  induction a as [|x a IH]; intros Ha; [simpl in Ha; lia|]. cbn [decrease value] in *. pose proof (sub_digits x 1) as H.
  change (val 1%uint63) with 1 in H. destruct (x -c 1)%uint63 as [r|r] eqn:E; cbn [value]; [lia|].
  pose proof (digit_range r). pose proof (digit_range x). pose proof base_positive. pose proof (value_nonneg a).
  rewrite IH; [lia|]. nia.
Qed.

Lemma value_difference : forall a b c, value b + of_carry c <= value a -> value (difference a b c) = value a - value b - of_carry c.
Proof.
  induction a as [|x a IH]; intros b c H.
  - pose proof (value_nonneg b). assert (0 <= of_carry c) by (destruct c; simpl; lia). simpl in *. lia.
  - destruct b as [|y b].
    + cbn [difference]. simpl (value []) in *. destruct c; simpl of_carry in *; [rewrite value_decrease by lia|]; lia.
    + cbn [difference value] in *. pose proof (sub_digits x y) as H0. pose proof (sub_digits_carry x y) as H1.
      pose proof base_positive. pose proof (digit_range x). pose proof (digit_range y). destruct c; simpl of_carry in *.
      * destruct (subcarryc x y) as [r|r]; pose proof (digit_range r); cbn [value]; rewrite IH; simpl of_carry; nia.
      * destruct (subc x y) as [r|r]; pose proof (digit_range r); cbn [value]; rewrite IH; simpl of_carry; nia.
Qed.

(** ** Comparison *)

Fixpoint is_nought (a : list digit) : bool :=
  match a with
  | [] => true
  | x :: a' => (x =? 0)%uint63 && is_nought a'
  end.

Fixpoint compare_digits (a b : list digit) : comparison :=
  match a, b with
  | [], _ => if is_nought b then Eq else Lt
  | _, [] => if is_nought a then Eq else Gt
  | x :: a', y :: b' => match compare_digits a' b' with Eq => (x ?= y)%uint63 | c => c end
  end.

Lemma is_nought_spec : forall a, is_nought a = (value a =? 0).
Proof.
  induction a as [|x a IH]; [reflexivity|]. cbn [is_nought value]. rewrite IH. pose proof (eqb_spec x 0) as H.
  pose proof (digit_range x). pose proof (value_nonneg a). pose proof base_positive.
  destruct (x =? 0)%uint63; destruct (Z.eqb_spec (value a) 0); destruct (Z.eqb_spec (val x + base * value a) 0); simpl; try reflexivity.
  - exfalso. destruct H as [H _]. rewrite (H eq_refl) in *. change (val 0%uint63) with 0 in *. nia.
  - exfalso. nia.
  - exfalso. destruct H as [_ H]. assert (x = 0%uint63) by (apply to_Z_inj; change (val 0%uint63) with 0; nia). discriminate H. assumption.
  - exfalso. nia.
Qed.

Lemma compare_digits_spec : forall a b, compare_digits a b = (value a ?= value b).
Proof.
  induction a as [|x a IH]; intros b.
  - cbn [compare_digits]. rewrite is_nought_spec. pose proof (value_nonneg b). simpl (value []).
    destruct (Z.eqb_spec (value b) 0) as [->|E]; [reflexivity|]. symmetry. apply Z.compare_lt_iff. lia.
  - destruct b as [|y b].
    + cbn [compare_digits]. rewrite is_nought_spec. pose proof (value_nonneg (x :: a)). change (value []) with 0.
      destruct (Z.eqb_spec (value (x :: a)) 0) as [->|E]; [reflexivity|]. symmetry. apply Z.compare_gt_iff. lia.
    + cbn [compare_digits value]. rewrite IH, compare_spec. pose proof (digit_range x). pose proof (digit_range y). pose proof base_positive.
      destruct (Z.compare_spec (value a) (value b)) as [->|E|E]; symmetry.
      * destruct (Z.compare_spec (val x) (val y)); [apply Z.compare_eq_iff|apply Z.compare_lt_iff|apply Z.compare_gt_iff]; lia.
      * apply Z.compare_lt_iff. nia.
      * apply Z.compare_gt_iff. nia.
Qed.

(** ** Products *)

Fixpoint times_digit (x : digit) (b : list digit) (carry : digit) : list digit :=
  match b with
  | [] => if (carry =? 0)%uint63 then [] else [carry]
  | y :: b' =>
      let (high, low) := mulc x y in
      match (low +c carry)%uint63 with
      | C0 r => r :: times_digit x b' high
      | C1 r => r :: times_digit x b' (high + 1)%uint63
      end
  end.

Fixpoint product (a b : list digit) : list digit :=
  match a with
  | [] => []
  | x :: a' => sum_of (times_digit x b 0) (match product a' b with [] => [] | p => 0%uint63 :: p end) false
  end.

Lemma value_times_digit : forall x b carry, value (times_digit x b carry) = val x * value b + val carry.
Proof.
  intros x. induction b as [|y b IH]; intros carry.
  - cbn [times_digit value]. pose proof (eqb_spec carry 0) as [H _]. destruct (carry =? 0)%uint63.
    + rewrite (H eq_refl). simpl. change (val 0%uint63) with 0. lia.
    + simpl value. lia.
  - cbn [times_digit value]. pose proof (mulc_spec x y) as Hm. rewrite wB_base in Hm. destruct (mulc x y) as [high low] eqn:E. simpl fst in Hm. simpl snd in Hm.
    pose proof (add_digits low carry) as Ha. pose proof (digit_range x). pose proof (digit_range y). pose proof (digit_range low).
    pose proof (digit_range high). pose proof base_positive.
    destruct (low +c carry)%uint63 as [r|r]; cbn [value]; rewrite IH.
    + lia.
    + assert (Hh : val high + 1 < base).
      { assert (val x * val y <= (base - 1) * (base - 1)) by (apply Z.mul_le_mono_nonneg; lia).
        assert (1 < base) by reflexivity. destruct (Z.lt_ge_cases (val high + 1) base) as [|H']; [assumption|exfalso].
        assert ((base - 1) * base <= val high * base) by (apply Z.mul_le_mono_nonneg_r; lia). lia. }
      rewrite add_spec, wB_base. change (val 1%uint63) with 1. rewrite Z.mod_small by lia. lia.
Qed.

Lemma value_product : forall a b, value (product a b) = value a * value b.
Proof.
  induction a as [|x a IH]; intros b; [reflexivity|]. cbn [product]. rewrite value_sum_of, value_times_digit.
  assert (Hp : value (match product a b with [] => [] | p => 0%uint63 :: p end) = base * value (product a b)).
  { destruct (product a b); [simpl; lia|]. cbn [value]. change (val 0%uint63) with 0. lia. }
  rewrite Hp, IH. change (val 0%uint63) with 0. cbn [value]. simpl of_carry. lia.
Qed.

(** ** From and to the standard integers *)

Fixpoint digits_of (fuel : nat) (z : Z) : list digit :=
  match fuel with
  | O => []
  | S fuel' => if z =? 0 then [] else of_Z z :: digits_of fuel' (Z.shiftr z 63)
  end.

Lemma value_digits_of : forall fuel z, 0 <= z < 2 ^ Z.of_nat fuel -> value (digits_of fuel z) = z.
Proof.
  induction fuel as [|fuel IH]; intros z Hz; [simpl in Hz |- *; lia|]. cbn [digits_of].
  destruct (Z.eqb_spec z 0) as [->|E]; [reflexivity|]. cbn [value].
  assert (Hs : Z.shiftr z 63 = z / base) by (rewrite Z.shiftr_div_pow2 by lia; reflexivity).
  rewrite Hs, of_Z_spec, wB_base, IH.
  - pose proof (Z.div_mod z base ltac:(discriminate)). lia.
  - split; [apply Z.div_pos; [lia|reflexivity]|]. rewrite Nat2Z.inj_succ, Z.pow_succ_r in Hz by lia.
    apply Z.le_lt_trans with (z / 2); [|apply Z.div_lt_upper_bound; lia]. apply Z.div_le_compat_l; [lia|split; [reflexivity|]].
    change 2 with (2 ^ 1). unfold base. apply Z.pow_le_mono_r; [lia|]. discriminate.
Qed.

(** Forget zeros at the end. *)
Fixpoint trim (a : list digit) : list digit :=
  match a with
  | [] => []
  | x :: a' => match trim a' with [] => if (x =? 0)%uint63 then [] else [x] | t => x :: t end
  end.

Lemma value_trim : forall a, value (trim a) = value a.
Proof.
  induction a as [|x a IH]; [reflexivity|]. cbn [trim value]. rewrite <- IH. destruct (trim a) as [|y t].
  - pose proof (eqb_spec x 0) as [H _]. destruct (x =? 0)%uint63; [rewrite (H eq_refl); reflexivity|reflexivity].
  - reflexivity.
Qed.

Module BigNumbers <: NUMBERS.
  (** [(true, l)] is the number [- value l]. *)
  Definition t : Set := (bool * list digit)%type.

  Definition toZ (x : t) : Z := if fst x then - value (snd x) else value (snd x).
  Definition ofZ (z : Z) : t := (z <? 0, digits_of (S (Z.to_nat (Z.log2 (Z.abs z)))) (Z.abs z)).

  Definition add (x y : t) : t :=
    let (s, a) := x in
    let (r, b) := y in
    if Bool.eqb s r then (s, sum_of a b false)
    else match compare_digits a b with
         | Lt => (r, trim (difference b a false))
         | _ => (s, trim (difference a b false))
         end.

  Definition opposite (x : t) : t := (negb (fst x), snd x).
  Definition sub (x y : t) : t := add x (opposite y).
  Definition mul (x y : t) : t := (xorb (fst x) (fst y), product (snd x) (snd y)).

  Definition leb (x y : t) : bool :=
    match fst x, fst y with
    | false, false => match compare_digits (snd x) (snd y) with Gt => false | _ => true end
    | true, true => match compare_digits (snd y) (snd x) with Gt => false | _ => true end
    | true, false => true
    | false, true => is_nought (snd x) && is_nought (snd y)
    end.

  Definition norm_up (s m : t) : t := ofZ (ZNumbers.norm_up (toZ s) (toZ m)).

  Lemma toZ_ofZ : forall z, toZ (ofZ z) = z.
  Proof.
    intros z. unfold toZ, ofZ. cbn [fst snd]. rewrite value_digits_of.
    - destruct (Z.ltb_spec z 0); lia.
    - split; [lia|]. rewrite Nat2Z.inj_succ, Z2Nat.id by apply Z.log2_nonneg.
      destruct (Z.eq_dec z 0) as [->|E]; [reflexivity|]. apply Z.log2_spec. lia.
  Qed.

  Lemma toZ_add : forall x y, toZ (add x y) = toZ x + toZ y.
  Proof.
    intros [s a] [r b]. unfold add. pose proof (compare_digits_spec a b) as Hc. destruct (Bool.eqb s r) eqn:E.
    - apply Bool.eqb_prop in E. subst r. unfold toZ. cbn [fst snd]. rewrite value_sum_of. simpl of_carry. destruct s; lia.
    - assert (r = negb s) by (destruct s, r; simpl in *; congruence). subst r.
      destruct (compare_digits a b); symmetry in Hc; unfold toZ; cbn [fst snd]; rewrite value_trim, value_difference; simpl of_carry.
      + apply Z.compare_eq in Hc. destruct s; simpl; lia.
      + apply Z.compare_eq in Hc. lia.
      + rewrite Z.compare_lt_iff in Hc. destruct s; simpl; lia.
      + rewrite Z.compare_lt_iff in Hc. lia.
      + rewrite Z.compare_gt_iff in Hc. destruct s; simpl; lia.
      + rewrite Z.compare_gt_iff in Hc. lia.
  Qed.

  Lemma toZ_sub : forall x y, toZ (sub x y) = toZ x - toZ y.
  Proof. intros x [r b]. unfold sub. rewrite toZ_add. unfold toZ, opposite. cbn [fst snd]. destruct r; simpl; lia. Qed.

  Lemma toZ_mul : forall x y, toZ (mul x y) = toZ x * toZ y.
  Proof. intros [s a] [r b]. unfold toZ, mul. cbn [fst snd]. rewrite value_product. destruct s, r; simpl; lia. Qed.

  Lemma leb_toZ : forall x y, leb x y = (toZ x <=? toZ y).
  Proof.
    intros [s a] [r b]. unfold leb, toZ. cbn [fst snd]. pose proof (value_nonneg a). pose proof (value_nonneg b). symmetry.
    destruct s, r.
    - rewrite compare_digits_spec. destruct (Z.compare_spec (value b) (value a)); [apply Z.leb_le|apply Z.leb_le|apply Z.leb_gt]; lia.
    - apply Z.leb_le. lia.
    - rewrite !is_nought_spec. destruct (Z.eqb_spec (value a) 0), (Z.eqb_spec (value b) 0); simpl; [apply Z.leb_le|apply Z.leb_gt..]; lia.
    - rewrite compare_digits_spec. destruct (Z.compare_spec (value a) (value b)); [apply Z.leb_le|apply Z.leb_le|apply Z.leb_gt]; lia.
  Qed.

  Lemma norm_up_nonneg : forall s m, 0 <= toZ s -> 0 < toZ m -> 0 <= toZ (norm_up s m).
  Proof. intros. unfold norm_up. rewrite toZ_ofZ. apply ZNumbers.norm_up_nonneg; assumption. Qed.

  Lemma norm_up_bound : forall s m, 0 <= toZ s -> 0 < toZ m ->
    toZ s * 2 ^ 128 <= (toZ (norm_up s m) * toZ m) * (toZ (norm_up s m) * toZ m).
  Proof. intros. unfold norm_up. rewrite toZ_ofZ. apply ZNumbers.norm_up_bound; assumption. Qed.
End BigNumbers.
