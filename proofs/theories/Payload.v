(** * Reading the evidence of a certificate

    The evidence is packed into an array of the kernel's 63-bit integers, 60 bits each, first bit first: numerals are slow to
    read, arrays of integers are not. Nothing has to be proved here, because the checker accepts evidence from anywhere.

    The stream: width of a wall's name (6 bits); common denominators of rows, targets, hidden and output weights; denominator and number of residuals, residuals; the two trees. A tree: number of
    its nodes, nodes from the last one in prefix order to the first. A node: 2 bits (split, tighten hi, tighten lo, leaf); wall;
    new bound; common denominator; lists of (wall, signed number). A number: 7 bits with its length in bits, at most 120, then its
    bits; length 126: a power of two, exponent in 12 bits; length 127: 30 bits with the number of 30-bit digits, digits from the
    greatest on.

    For the problem with any loss the denominators are those of the inputs of neurons and linear part, hidden and output weights,
    and for each sign there is the number of its trees; before each tree stands the number of its pivot. *)

From Coq Require Import ZArith List Uint63 PArray.
From ReluExact Require Import Numbers Tree Certificate TrainingCertificate.
Import ListNotations.
Local Open Scope uint63_scope.

(** Numbers that can be had from a machine integer. *)
Module Type READABLE.
  Include NUMBERS.
  Parameter of_int : int -> t.
End READABLE.

Module Payload (A : READABLE).
  Section Read.
  Variable bits : array int.

  (** The [k <= 30] bits from position [p] on. *)
  Definition field (k p : int) : int :=
    let index := p / 60 in
    let from := p - 60 * index in
    let word := bits.[index] in
    let kept := 60 - from in
    if k <=? kept then (word >> (kept - k)) land ((1 << k) - 1)
    else let missing := k - kept in
         ((word land ((1 << kept) - 1)) << missing) lor (bits.[index + 1] >> (60 - missing)).

  Definition Z_field (k p : int) : Z := to_Z (field k p).

  Definition digit_base : A.t := A.of_int (1 << 30).

  (** [count] whole digits after [acc]. *)
  Fixpoint digits (count : nat) (p : int) (acc : A.t) : A.t * int :=
    match count with
    | O => (acc, p)
    | S count' => digits count' (p + 30) (A.add (A.mul acc digit_base) (A.of_int (field 30 p)))
    end.

  (** [k <= 60] bits. *)
  Definition wide (k p : int) : int :=
    if k <=? 30 then field k p else ((field (k - 30) p) << 30) lor (field 30 (p + (k - 30))).

  (** Each reader takes a position and gives a value and the next position. *)
  Definition number (p : int) : A.t * int :=
    let k := field 7 p in
    let p := p + 7 in
    if k <=? 60 then (A.of_int (wide k p), p + k)
    else if k <=? 120 then
      (A.add (A.mul (A.of_int (wide (k - 60) p)) (A.mul digit_base digit_base)) (A.of_int (wide 60 (p + (k - 60)))), p + k)
    else if k =? 126 then (A.ofZ (Z.shiftl 1 (Z_field 12 p)), p + 12)
    else digits (Z.to_nat (Z_field 30 p)) (p + 30) (A.ofZ 0).

  Definition signed (p : int) : A.t * int :=
    let (z, next) := number (p + 1) in
    (if field 1 p =? 0 then z else A.sub (A.ofZ 0) z, next).

  Definition Z_number (p : int) : Z * int := let (z, p) := number p in (A.toZ z, p).
  Definition count (p : int) : nat * int := let (z, p) := Z_number p in (Z.to_nat z, p).

  Fixpoint integers (count : nat) (p : int) : list Z * int :=
    match count with
    | O => ([], p)
    | S count' => let (z, p) := signed p in let (l, p) := integers count' p in (A.toZ z :: l, p)
    end.

  Variable width : int.

  Definition name (p : int) : positive * int := (Z.to_pos (Z_field width p), p + width).

  Fixpoint entries (count : nat) (p : int) : list (positive * A.t) * int :=
    match count with
    | O => ([], p)
    | S count' =>
        let (h, p) := name p in
        let (z, p) := signed p in
        let (l, p) := entries count' p in ((h, z) :: l, p)
    end.

  Definition multipliers (p : int) : list (positive * A.t) * int :=
    let (n, p) := count p in entries n p.

  (** One node on top of the trees that were read before it. *)
  Definition node (p : int) (stack : list (tree A.t)) : option (list (tree A.t)) * int :=
    let kind := field 2 p in
    let p := p + 2 in
    if kind =? 0 then
      let (h, p) := name p in
      (match stack with on :: off :: rest => Some (Split h on off :: rest) | _ => None end, p)
    else if kind =? 3 then
      let (c, p) := number p in
      let (rho, p) := multipliers p in
      let (slope, p) := multipliers p in
      (Some (Leaf c rho slope :: stack), p)
    else
      let (h, p) := name p in
      let (r, p) := number p in
      let (c, p) := number p in
      let (rho, p) := multipliers p in
      (match stack with below :: rest => Some (Tighten h (kind =? 1) r c rho below :: rest) | _ => None end, p).

  Fixpoint nodes (count : nat) (p : int) (stack : list (tree A.t)) : option (tree A.t) * int :=
    match count with
    | O => (match stack with [T] => Some T | _ => None end, p)
    | S count' => match node p stack with (Some stack', p') => nodes count' p' stack' | (None, p') => (None, p') end
    end.

  Definition whole_tree (p : int) : option (tree A.t) * int :=
    let (n, p) := count p in nodes n p [].

  Fixpoint views (count : nat) (p : int) : option (list (nat * tree A.t)) * int :=
    match count with
    | O => (Some [], p)
    | S count' =>
        let (z, p) := Z_number p in
        match whole_tree p with
        | (Some T, p) => let (l, p) := views count' p in (option_map (cons (Z.to_nat z, T)) l, p)
        | (None, p) => (None, p)
        end
    end.

  Definition all_views (p : int) : option (list (nat * tree A.t)) * int :=
    let (n, p) := count p in views n p.

  (** A stream that is damaged in the first tree has no second one. *)
  Definition two_trees (p : int) : option (tree A.t) * option (tree A.t) :=
    match whole_tree p with
    | (Some T, p) => (Some T, fst (whole_tree p))
    | (None, _) => (None, None)
    end.
  End Read.

  Definition read (bits : array int) : evidence A.t :=
    let width := field bits 6 0 in
    let (D, p) := Z_number bits 6 in
    let (E, p) := Z_number bits p in
    let (W, p) := Z_number bits p in
    let (O, p) := Z_number bits p in
    let (denominator, p) := Z_number bits p in
    let (n, p) := count bits p in
    let (residual, p) := integers bits n p in
    let (positive_tree, negative_tree) := two_trees bits width p in
    Evidence D E W O residual denominator positive_tree negative_tree.

  Definition read_training (bits : array int) : training_evidence A.t :=
    let width := field bits 6 0 in
    let (D, p) := Z_number bits 6 in
    let (E, p) := Z_number bits p in
    let (W, p) := Z_number bits p in
    let (O, p) := Z_number bits p in
    let (denominator, p) := Z_number bits p in
    let (n, p) := count bits p in
    let (theta, p) := integers bits n p in
    let (positive, p) := all_views bits width p in
    TrainingEvidence D E W O theta denominator positive (match positive with Some _ => fst (all_views bits width p) | None => None end).
End Payload.

Module ReadableZ <: READABLE.
  Include ZNumbers.
  Definition of_int (x : int) : Z := to_Z x.
End ReadableZ.

Module ZPayload := Payload ReadableZ.
