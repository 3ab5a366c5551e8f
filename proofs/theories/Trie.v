(** * Maps from positive numbers, with sums over their entries *)

From Coq Require Import PArith Reals Lra.
Open Scope R_scope.

Inductive trie (A : Type) : Type :=
| Empty : trie A
| Fork : trie A -> option A -> trie A -> trie A.
Arguments Empty {A}.
Arguments Fork {A} _ _ _.

Section Maps.
  Context {A : Type}.

  Fixpoint find (h : positive) (m : trie A) {struct m} : option A :=
    match m with
    | Empty => None
    | Fork l o r => match h with xH => o | xO h' => find h' l | xI h' => find h' r end
    end.

  (** Store or, with [None], forget the entry at [h]. *)
  Fixpoint set (h : positive) (o : option A) (m : trie A) : trie A :=
    match m, h with
    | Empty, xH => Fork Empty o Empty
    | Empty, xO h' => Fork (set h' o Empty) None Empty
    | Empty, xI h' => Fork Empty None (set h' o Empty)
    | Fork l _ r, xH => Fork l o r
    | Fork l p r, xO h' => Fork (set h' o l) p r
    | Fork l p r, xI h' => Fork l p (set h' o r)
    end.

  Lemma find_empty : forall h, find h Empty = None.
  Proof. reflexivity. Qed.

  Lemma find_set_same : forall h o m, find h (set h o m) = o.
  Proof. induction h as [h IH|h IH|]; intros o [|l p r]; simpl; auto. Qed.

  Lemma find_set_other : forall h k o m, h <> k -> find h (set k o m) = find h m.
  Proof.
    induction h as [h IH|h IH|]; intros [k|k|] o [|l p r] H; simpl; try reflexivity; try congruence;
      rewrite IH by congruence; reflexivity.
  Qed.

  Lemma find_set : forall h k o m v, find h (set k o m) = Some v -> (h = k /\ o = Some v) \/ find h m = Some v.
  Proof.
    intros h k o m v H. destruct (Pos.eq_dec h k) as [->|E].
    - rewrite find_set_same in H. auto.
    - rewrite find_set_other in H by assumption. auto.
  Qed.

  (** The sum of [f] over the entries. *)
  Variable f : A -> R.
  Definition part (o : option A) : R := match o with Some v => f v | None => 0 end.

  Fixpoint sum (m : trie A) : R :=
    match m with
    | Empty => 0
    | Fork l o r => sum l + part o + sum r
    end.

  Lemma sum_set : forall h o m, sum (set h o m) = sum m - part (find h m) + part o.
  Proof. induction h as [h IH|h IH|]; intros o [|l p r]; simpl; try rewrite IH; simpl; lra. Qed.

  Lemma sum_forget : forall h m v, find h m = Some v -> sum m = f v + sum (set h None m).
  Proof. intros h m v H. rewrite sum_set, H. simpl. lra. Qed.
End Maps.

Lemma sum_le : forall A (f g : A -> R) (m : trie A),
  (forall h v, find h m = Some v -> f v <= g v) -> sum f m <= sum g m.
Proof.
  intros A f g. induction m as [|l IHl o r IHr]; intros H; simpl; [lra|].
  assert (part f o <= part g o) by (destruct o as [v|]; simpl; [apply (H xH); reflexivity|lra]).
  assert (sum f l <= sum g l) by (apply IHl; intros h v E; apply (H (xO h)); assumption).
  assert (sum f r <= sum g r) by (apply IHr; intros h v E; apply (H (xI h)); assumption). lra.
Qed.

Lemma sum_scale : forall A (f : A -> R) c (m : trie A), sum (fun v => f v * c) m = sum f m * c.
Proof.
  intros A f c. induction m as [|l IHl o r IHr]; simpl; [ring|]. rewrite IHl, IHr. destruct o; simpl; ring.
Qed.

Lemma sum_nonneg : forall A (f : A -> R) (m : trie A), (forall h v, find h m = Some v -> 0 <= f v) -> 0 <= sum f m.
Proof.
  intros A f m H. replace 0 with (sum (fun v : A => 0 * 0) m) by (rewrite (sum_scale _ (fun _ => 0)); ring).
  apply sum_le. intros h v E. specialize (H h v E). lra.
Qed.

(** Apply a function to every entry. *)
Fixpoint map_trie {A B : Type} (g : A -> B) (m : trie A) : trie B :=
  match m with
  | Empty => Empty
  | Fork l o r => Fork (map_trie g l) (option_map g o) (map_trie g r)
  end.

Lemma find_map : forall A B (g : A -> B) h m v, find h (map_trie g m) = Some v -> exists w, find h m = Some w /\ v = g w.
Proof.
  induction h as [h IH|h IH|]; intros [|l o r] v H; simpl in *; try discriminate; try (apply IH; assumption).
  destruct o as [w|]; simpl in H; [|discriminate]. exists w. split; congruence.
Qed.

Lemma sum_map : forall A B (g : A -> B) f m, sum f (map_trie g m) = sum (fun v => f (g v)) m.
Proof.
  intros A B g f. induction m as [|l IHl o r IHr]; simpl; [reflexivity|]. rewrite IHl, IHr. destruct o; reflexivity.
Qed.
