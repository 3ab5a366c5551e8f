(** * Free hidden biases: it is enough to look where the slope can fall

    [h(c) = sum theta_i (t_i + c)+] is linear between its kinks [- t_i], 0 for small [c] and, when [sum theta = 0], constant for
    large [c]. Between kinks with [theta_i < 0] it is convex, so its maximum is 0 or is attained at one of them. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics.
Import ListNotations.
Open Scope R_scope.

(** The pairs are [(theta_i, t_i)]. *)
Definition bent (l : list (R * R)) (c : R) : R := total (map (fun p => fst p * relu (snd p + c)) l).

Lemma nearest_below : forall l c, (forall p, In p l -> fst p < 0 -> c < - snd p) \/
  exists q, In q l /\ fst q < 0 /\ - snd q <= c /\ forall p, In p l -> fst p < 0 -> - snd p <= - snd q \/ c < - snd p.
Proof.
  induction l as [|p l IH]; intros c; [left; intros p []|].
  destruct (Rlt_or_le (fst p) 0) as [N|N]; [destruct (Rlt_or_le c (- snd p)) as [C|C]|].
  - destruct (IH c) as [H|(q & I & Q & L & H)]; [left|right; exists q]; [|repeat split; auto; [right; assumption|]];
      intros r [->|Hr] Hn; auto.
  - right. destruct (IH c) as [H|(q & I & Q & L & H)].
    + exists p. repeat split; auto; [left; reflexivity|]. intros r [->|Hr] Hn; [left; lra|right; auto].
    + destruct (Rle_or_lt (- snd p) (- snd q)) as [E|E].
      * exists q. repeat split; auto; [right; assumption|]. intros r [->|Hr] Hn; auto.
      * exists p. repeat split; auto; [left; reflexivity|]. intros r [->|Hr] Hn; [left; lra|].
        destruct (H r Hr Hn); [left; lra|right; assumption].
  - destruct (IH c) as [H|(q & I & Q & L & H)]; [left|right; exists q]; [|repeat split; auto; [right; assumption|]];
      intros r [->|Hr] Hn; auto; lra.
Qed.

Lemma nearest_above : forall l c, (forall p, In p l -> fst p < 0 -> - snd p < c) \/
  exists q, In q l /\ fst q < 0 /\ c <= - snd q /\ forall p, In p l -> fst p < 0 -> - snd q <= - snd p \/ - snd p < c.
Proof.
  intros l c. pose proof (nearest_below (map (fun p => (fst p, - snd p)) l) (- c)) as H.
  assert (M : forall p, In p l -> In (fst p, - snd p) (map (fun p => (fst p, - snd p)) l)) by (intros p Hp; apply (in_map (fun p => (fst p, - snd p))); assumption).
  destruct H as [H|(q & I & Q & L & H)].
  - left. intros p Hp Hn. specialize (H _ (M p Hp) Hn). simpl in H. lra.
  - right. apply in_map_iff in I as (p & <- & Hp). simpl in *. exists p. repeat split; auto; [lra|].
    intros r Hr Hn. specialize (H _ (M r Hr) Hn). simpl in H. destruct H; [left|right]; lra.
Qed.

Lemma relu_mono : forall s t, s <= t -> relu s <= relu t.
Proof. intros s t H. destruct (relu_cases s) as [[? ->]|[? ->]], (relu_cases t) as [[? ->]|[? ->]]; lra. Qed.

Lemma relu_step : forall s t, s <= t -> relu t - relu s <= t - s.
Proof. intros s t H. destruct (relu_cases s) as [[? ->]|[? ->]], (relu_cases t) as [[? ->]|[? ->]]; lra. Qed.

Lemma relu_between : forall t a c b, a <= c -> c <= b ->
  (b - a) * relu (t + c) <= (b - c) * relu (t + a) + (c - a) * relu (t + b).
Proof.
  intros t a c b H1 H2. pose proof (relu_nonneg (t + a)). pose proof (relu_ge (t + a)). pose proof (relu_nonneg (t + b)).
  pose proof (relu_ge (t + b)). destruct (relu_cases (t + c)) as [[? ->]|[? ->]]; nra.
Qed.

Theorem bent_bound : forall l M, 0 <= M -> total (map fst l) = 0 ->
  (forall p, In p l -> fst p < 0 -> bent l (- snd p) <= M) -> forall c, bent l c <= M.
Proof.
  intros l M HM Z H c. unfold bent in *.
  destruct (nearest_below l c) as [A|(p & Ip & Np & Lp & A)]; destruct (nearest_above l c) as [B|(q & Iq & Nq & Lq & B)].
  - (* nothing is negative *)
    assert (P : forall r, In r l -> 0 <= fst r).
    { intros r Hr. destruct (Rle_or_lt 0 (fst r)) as [|N]; [assumption|]. specialize (A r Hr N). specialize (B r Hr N). lra. }
    assert (E : forall r, In r l -> fst r = 0).
    { clear - P Z. induction l as [|a l IH]; intros r Hr; [contradiction|]. cbn [map total] in Z.
      pose proof (total_map_nonneg fst l (fun x Hx => P x (or_intror Hx))). pose proof (P a (or_introl eq_refl)).
      destruct Hr as [->|Hr]; [lra|]. apply IH; [lra|intros x Hx; apply P; right; assumption|assumption]. }
    rewrite total_map_zero; [assumption|]. intros r Hr. rewrite (E r Hr). ring.
  - apply Rle_trans with (2 := H q Iq Nq). apply total_map_le. intros r Hr.
    destruct (Rle_or_lt 0 (fst r)) as [P|N]; [apply Rmult_le_compat_l; [assumption|apply relu_mono; lra]|].
    specialize (A r Hr N). destruct (B r Hr N); [|lra]. rewrite !relu_neg by lra. lra.
  - apply Rle_trans with (2 := H p Ip Np).
    assert (D : total (map (fun r => fst r * relu (snd r + c)) l)
      <= total (map (fun r => fst r * relu (snd r + - snd p) + (c + snd p) * fst r) l)).
    { apply total_map_le. intros r Hr. destruct (Rle_or_lt 0 (fst r)) as [P|N].
      - pose proof (relu_step (snd r + - snd p) (snd r + c) ltac:(lra)). nra.
      - specialize (B r Hr N). destruct (A r Hr N); [|lra]. rewrite !relu_pos by lra. lra. }
    rewrite total_map_plus, total_map_scale, Z in D. lra.
  - set (a := - snd p) in *. set (b := - snd q) in *.
    assert (D : (b - a) * total (map (fun r => fst r * relu (snd r + c)) l)
      <= (b - c) * total (map (fun r => fst r * relu (snd r + a)) l) + (c - a) * total (map (fun r => fst r * relu (snd r + b)) l)).
    { rewrite <- !total_map_scale, <- total_map_plus. apply total_map_le. intros r Hr.
      pose proof (relu_between (snd r) a c b Lp Lq) as C. destruct (Rle_or_lt 0 (fst r)) as [P|N]; [nra|].
      destruct (A r Hr N) as [A'|A'].
      - rewrite !relu_pos by lra. right. ring.
      - destruct (B r Hr N) as [B'|B']; [|lra]. rewrite !relu_neg by lra. right. ring. }
    specialize (H p Ip Np) as Hp. specialize (H q Iq Nq) as Hq. fold a in Hp. fold b in Hq.
    destruct (Req_dec a b) as [E|E]; [replace c with a by lra; assumption|].
    apply Rmult_le_reg_l with (b - a); [lra|]. apply Rle_trans with (1 := D). nra.
Qed.

(** For the rows [(1, x_i)]: the first hidden weight is the bias. *)
Definition minus_row (o x : vector) : vector := vsub x o.

Lemma bent_features : forall theta X c w,
  dot theta (features (map (cons 1) X) (c :: w)) = bent (combine theta (map (fun x => dot x w) X)) c.
Proof.
  unfold bent. induction theta as [|t theta IH]; intros [|x X] c w; try reflexivity. cbn [map features combine total dot fst snd].
  specialize (IH X c w). unfold features in IH. rewrite IH. rewrite Rmult_1_l, Rplus_comm with (r1 := c). reflexivity.
Qed.

Lemma bent_at_pivot : forall theta X o w,
  bent (combine theta (map (fun x => dot x w) X)) (- dot o w) = dot theta (features (map (minus_row o) X) w).
Proof.
  unfold bent. induction theta as [|t theta IH]; intros [|x X] o w; try reflexivity. cbn [map features combine total dot fst snd].
  specialize (IH X o w). unfold features in IH. rewrite IH. unfold minus_row. rewrite dot_sub_l. reflexivity.
Qed.

Theorem pivots_enough : forall theta X b w c, 0 <= b -> length theta = length X -> total theta = 0 ->
  (forall t x, In (t, x) (combine theta X) -> t < 0 -> dot theta (features (map (minus_row x) X) w) <= b * norm w) ->
  dot theta (features (map (cons 1) X) (c :: w)) <= b * norm w.
Proof.
  intros theta X b w c B L Z H. rewrite bent_features. apply bent_bound.
  - apply Rmult_le_pos; [assumption|apply norm_nonneg].
  - assert (E : forall (m : list R), length theta = length m -> map fst (combine theta m) = theta).
    { clear. induction theta as [|t theta IH]; intros [|x m] L; try discriminate; [reflexivity|]. simpl. f_equal. auto. }
    rewrite E; [assumption|]. rewrite map_length. assumption.
  - intros [t s] I N. cbn [fst snd] in *.
    assert (E : exists x, In (t, x) (combine theta X) /\ s = dot x w).
    { clear - I. revert X I. induction theta as [|a theta IH]; intros [|x X] I; try contradiction. simpl in I. destruct I as [I|I].
      - injection I as -> <-. exists x. split; [left; reflexivity|reflexivity].
      - destruct (IH X I) as (y & Hy & E). exists y. split; [right; assumption|assumption]. }
    destruct E as (x & Hx & ->). rewrite bent_at_pivot. apply (H t); assumption.
Qed.
