(** * Convexity in the amounts

    In words: as a function of the amounts of fixed neurons the objective is a convex quadratic; optimal amounts form a convex
    set; all optimal networks, of any two widths, have the same fit and the same squared weights. No dual point and no strong
    duality is needed here. Sources: Mishkin and Pilanci 2023 (the fit is the same for all optima). *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics OptimalSet.
Import ListNotations.
Open Scope R_scope.

(** The convex combination of two lists of amounts. *)
Definition mix (t : R) (u v : vector) : vector := vadd (vscale t u) (vscale (1 - t) v).

Lemma dot_mix : forall t u v x, dot (mix t u v) x = t * dot u x + (1 - t) * dot v x.
Proof. intros. unfold mix. rewrite dot_add_l, !dot_scale_l. reflexivity. Qed.

Lemma nonnegative_mix : forall t u v, 0 <= t <= 1 -> nonnegative u -> nonnegative v -> nonnegative (mix t u v).
Proof. intros. apply nonnegative_add; apply nonnegative_scale; auto; lra. Qed.

Lemma fit_mix : forall X t ts ts' net, 0 <= t <= 1 -> nonnegative ts -> nonnegative ts' ->
  fit X (rescale (mix t ts ts') net) = mix t (fit X (rescale ts net)) (fit X (rescale ts' net)).
Proof.
  intros X t ts ts' net T N N'. unfold mix at 2. induction X as [|x X IH]; [reflexivity|]. simpl. f_equal; [|exact IH].
  rewrite !output_rescale, dot_mix by auto using nonnegative_mix. reflexivity.
Qed.

(** The objective along a segment of amounts: the chord minus a multiple of the squared distance of the fits. *)
Theorem objective_mix : forall P t ts ts' net, 0 <= t <= 1 -> nonnegative ts -> nonnegative ts' ->
  let f := fit (inputs P) (rescale ts net) in
  let f' := fit (inputs P) (rescale ts' net) in
  objective P (rescale (mix t ts ts') net) =
  t * objective P (rescale ts net) + (1 - t) * objective P (rescale ts' net)
  - t * (1 - t) / 2 * dot (vsub f f') (vsub f f').
Proof.
  intros P t ts ts' net T N N' f f'. unfold objective. rewrite fit_mix by assumption. fold f f'.
  rewrite !squared_weights_rescale, dot_mix by auto using nonnegative_mix.
  rewrite !dot_sub_self, !dot_mix, (dot_comm f (mix t f f')), (dot_comm f' (mix t f f')), !dot_mix, (dot_comm f' f). field.
Qed.

(** The objective is convex in the amounts. *)
Theorem objective_convex : forall P t ts ts' net, 0 <= t <= 1 -> nonnegative ts -> nonnegative ts' ->
  objective P (rescale (mix t ts ts') net) <= t * objective P (rescale ts net) + (1 - t) * objective P (rescale ts' net).
Proof.
  intros P t ts ts' net T N N'. rewrite objective_mix by assumption.
  pose proof (dot_self_nonneg (vsub (fit (inputs P) (rescale ts net)) (fit (inputs P) (rescale ts' net)))).
  assert (0 <= t * (1 - t) / 2) by nra. nra.
Qed.

(** The optimal amounts form a convex set. *)
Theorem optimal_amounts_convex : forall d P t ts ts' net, 0 <= t <= 1 -> nonnegative ts -> nonnegative ts' -> accepts d net ->
  optimal d P (rescale ts net) -> optimal d P (rescale ts' net) -> optimal d P (rescale (mix t ts ts') net).
Proof.
  intros d P t ts ts' net T N N' A [_ O] [_ O']. split; [apply accepts_rescale; assumption|]. intros other Ho.
  pose proof (objective_convex P t ts ts' net T N N'). specialize (O other Ho). specialize (O' other Ho). nra.
Qed.

(** ** The fit of all optima is the same *)

(** Amounts 1 on the first network and 0 on the second, and the reverse. *)
Definition ones (net : network) : vector := map (fun _ => 1) net.
Definition zeros (net : network) : vector := map (fun _ => 0) net.

Lemma nonnegative_ones : forall net, nonnegative (ones net).
Proof. intros. apply Forall_map, Forall_forall. intros. lra. Qed.

Lemma nonnegative_zeros : forall net, nonnegative (zeros net).
Proof. intros. apply Forall_map, Forall_forall. intros. lra. Qed.

Lemma dot_ones : forall (f : neuron -> R) net, dot (ones net) (map f net) = total (map f net).
Proof. induction net as [|k net IH]; simpl; [reflexivity|]. fold (ones net). rewrite IH. ring. Qed.

Lemma dot_zeros : forall net v, dot (zeros net) v = 0.
Proof. induction net as [|k net IH]; intros [|a v]; simpl; try reflexivity. fold (zeros net). rewrite IH. ring. Qed.

Lemma dot_app : forall u v u' v', length u = length v -> dot (u ++ u') (v ++ v') = dot u v + dot u' v'.
Proof. induction u as [|a u IH]; intros [|c v] u' v' L; simpl in *; try discriminate; [ring|]. rewrite IH by congruence. ring.
Qed.

Lemma objective_same : forall P net net', (forall x, output net x = output net' x) ->
  squared_weights net = squared_weights net' ->
  objective P net = objective P net'.
Proof. intros P net net' F S. unfold objective, fit. rewrite S, (map_ext _ _ F). reflexivity. Qed.

Lemma select_left : forall P net net', let ts := ones net ++ zeros net' in
  fit (inputs P) (rescale ts (net ++ net')) = fit (inputs P) net /\ objective P (rescale ts (net ++ net')) = objective P net.
Proof.
  intros P net net' ts. assert (N : nonnegative ts) by (apply Forall_app; split;
    [apply nonnegative_ones|apply nonnegative_zeros]).
  assert (D : forall f, dot ts (map f (net ++ net')) = total (map f net)).
  { intros f. unfold ts. rewrite map_app, dot_app, dot_ones, dot_zeros; [ring|]. unfold ones. rewrite !map_length. reflexivity. }
  split; [apply map_ext|apply objective_same]; intros; try rewrite output_rescale by assumption;
    try rewrite squared_weights_rescale by assumption; apply D.
Qed.

Lemma select_right : forall P net net', let ts := zeros net ++ ones net' in
  fit (inputs P) (rescale ts (net ++ net')) = fit (inputs P) net' /\ objective P (rescale ts (net ++ net')) = objective P net'.
Proof.
  intros P net net' ts. assert (N : nonnegative ts) by (apply Forall_app; split;
    [apply nonnegative_zeros|apply nonnegative_ones]).
  assert (D : forall f, dot ts (map f (net ++ net')) = total (map f net')).
  { intros f. unfold ts. rewrite map_app, dot_app, dot_ones, dot_zeros; [ring|]. unfold zeros. rewrite !map_length. reflexivity. }
  split; [apply map_ext|apply objective_same]; intros; try rewrite output_rescale by assumption;
    try rewrite squared_weights_rescale by assumption; apply D.
Qed.

(** Any two optimal networks, of any widths, have the same fit and the same squared weights. *)
Theorem optimal_fit_unique : forall d P net net', well_formed d P -> optimal d P net -> optimal d P net' ->
  fit (inputs P) net = fit (inputs P) net' /\ squared_weights net = squared_weights net'.
Proof.
  intros d P net net' (_ & _ & B) [A O] [A' O'].
  destruct (select_left P net net') as [F E]. destruct (select_right P net net') as [F' E'].
  set (ts := ones net ++ zeros net') in *. set (ts' := zeros net ++ ones net') in *.
  assert (N : nonnegative ts) by (apply Forall_app; split; [apply nonnegative_ones|apply nonnegative_zeros]).
  assert (N' : nonnegative ts') by (apply Forall_app; split; [apply nonnegative_zeros|apply nonnegative_ones]).
  pose proof (objective_mix P (/ 2) ts ts' (net ++ net') ltac:(lra) N N') as M. cbv zeta in M. rewrite E, E', F, F' in M.
  assert (A2 : accepts d (rescale (mix (/ 2) ts ts') (net ++ net'))) by (apply accepts_rescale, accepts_app; assumption).
  pose proof (O _ A2). pose proof (O _ A'). pose proof (O' _ A).
  pose proof (dot_self_nonneg (vsub (fit (inputs P) net) (fit (inputs P) net'))).
  assert (G : fit (inputs P) net = fit (inputs P) net') by (apply vector_equal; [rewrite !length_fit; reflexivity|lra]).
  split; [assumption|]. assert (V : objective P net = objective P net') by lra. unfold objective in V. rewrite G in V.
  apply Rmult_eq_reg_l with (penalty P / 2); lra.
Qed.
