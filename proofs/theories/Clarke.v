(** * A Clarke-stationary network that is no optimum of any sub-sampled program

    In words: for X = [[0,1],[1,-1]], y = (2,2), penalty 1 the network of one neuron with hidden weights (1,0) and outer weight
    1 is Clarke-stationary (zero is in the Clarke subdifferential of the objective), yet whatever columns (patterns and signs)
    are chosen, no optimum of the program over these columns has the fit of the network. So the statement that Clarke-stationary
    networks are optima of sub-sampled programs (Wang, Lacotte and Pilanci 2022) needs a further assumption: here the neuron
    sits on a concave kink with a fractional gate. The fit decides, not the value: the program over the one column (on, off)
    with a positive sign has the same optimal value 7/2 with another fit. Source: our own counterexample. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics PaperBasics Slackness Program Equivalence StrongDuality ProgramDual.
Import ListNotations.
Open Scope R_scope.

(** ** Definitions *)

(** The network moved by [t] times a direction (a network of the same shape). *)
Fixpoint moved (t : R) (direction net : network) : network :=
  match net, direction with
  | k :: net', v :: direction' =>
      Neuron (vadd (hidden k) (vscale t (hidden v))) (outer k + t * outer v) :: moved t direction' net'
  | _, _ => []
  end.

(** Same shape, and all weights closer than [delta]. *)
Definition near (delta : R) (net net' : network) : Prop :=
  Forall2 (fun k k' => length (hidden k') = length (hidden k) /\
                       norm (vsub (hidden k') (hidden k)) < delta /\ Rabs (outer k' - outer k) < delta) net net'.

(** Clarke's generalised directional derivative is non-negative in all directions, that is, zero lies in the Clarke
    subdifferential: for every direction there are points as near as asked and steps as short as asked on which the difference
    quotient is at least [- eps]. *)
Definition clarke_stationary (P : problem) (net : network) : Prop :=
  forall direction, Forall2 (fun k v => length (hidden v) = length (hidden k)) net direction ->
  forall eps delta, 0 < eps -> 0 < delta ->
  exists base t, near delta net base /\ 0 < t < delta /\
                 - eps <= (objective P (moved t direction base) - objective P base) / t.

(** The optimum condition with gates: each gate is 1 on active rows, 0 on inactive rows and anything in [0,1] on the kink, and
    the gradient with these gates is zero. *)
Definition gate_allowed (t g : R) : Prop := 0 <= g <= 1 /\ (0 < t -> g = 1) /\ (t < 0 -> g = 0).

(** [sum of r_i g_i x_i]. *)
Fixpoint gated_sum (r gs : vector) (X : list vector) : vector :=
  match r, gs, X with
  | a :: r', g :: gs', x :: X' => vadd (vscale (a * g) x) (gated_sum r' gs' X')
  | _, _, _ => []
  end.

Definition gradient_zero_with_gates (P : problem) (net : network) : Prop :=
  Forall (fun k => exists gs,
    Forall2 (fun x g => gate_allowed (dot x (hidden k)) g) (inputs P) gs /\
    vscale (penalty P) (hidden k) = vscale (outer k) (gated_sum (residual P net) gs (inputs P)) /\
    penalty P * outer k = dot (residual P net) (features (inputs P) (hidden k))) net.

(** ** The example *)

Definition example : problem := Problem [[0; 1]; [1; -1]] [2; 2] 1.
Definition example_network : network := [Neuron [1; 0] 1].

Lemma example_well_formed : well_formed 2 example /\ accepts 2 example_network.
Proof. repeat split; simpl; repeat constructor; lra. Qed.

(** The gate on the kink is 1/2. *)
Theorem example_gates : gradient_zero_with_gates example example_network.
Proof.
  constructor; [|constructor]. exists [/ 2; 1].
  assert (R0 : relu (0 * 1 + (1 * 0 + 0)) = 0) by (rewrite relu_pos; lra).
  assert (R1 : relu (1 * 1 + (-1 * 0 + 0)) = 1) by (rewrite relu_pos; lra).
  repeat split; try (simpl; lra).
  - constructor; [unfold gate_allowed; simpl; repeat split; intros; lra|].
    constructor; [unfold gate_allowed; simpl; repeat split; intros; lra|constructor].
  - unfold vscale, residual, fit, output. simpl. rewrite R0, R1. repeat f_equal; lra.
  - unfold residual, fit, output, features. simpl. rewrite R0, R1. lra.
Qed.

(** The objective of one neuron of two inputs. *)
Lemma example_objective : forall p q a,
  objective example [Neuron [p; q] a] =
  / 2 * ((a * relu q - 2) * (a * relu q - 2) + (a * relu (p - q) - 2) * (a * relu (p - q) - 2)) + / 2 * (p * p + q * q + a * a).
Proof.
  intros. unfold objective, fit, output, squared_weights. simpl.
  replace (0 * p + (1 * q + 0)) with q by ring. replace (1 * p + (-1 * q + 0)) with (p - q) by ring. field.
Qed.

(** The difference quotient next to the network, on the side where the kink row is on, and on the side where it is off. *)
Definition quotient_on (p q s c h : R) : R :=
  / 2 * (q + s * h + c * h * s * q) * (2 * h + c * h * (q + s * h + c * h * s * q) - 4)
  + / 2 * (p - q + s * (1 - h) + c * h * s * (p - q)) * (2 * (1 - h) + c * h * (p - q + s * (1 - h) + c * h * s * (p - q)) - 4)
  + / 2 * (p * (2 + c * h * p) + q * (2 * h + c * h * q) + s * (2 + c * h * s)).
Definition quotient_off (p q s c h : R) : R :=
  / 2 * (p - q + s * (1 + h) + c * h * s * (p - q)) * (2 * (1 + h) + c * h * (p - q + s * (1 + h) + c * h * s * (p - q)) - 4)
  + / 2 * (p * (2 + c * h * p) + q * (c * h * q - 2 * h) + s * (2 + c * h * s)).

Lemma quotient_on_limit : forall p q s c eps, q <= 0 -> 0 < eps ->
  exists alp, 0 < alp /\ forall h, 0 < h < alp -> - eps <= quotient_on p q s c h.
Proof.
  intros p q s c eps Q E. assert (C : continuity_pt (quotient_on p q s c) 0) by (unfold quotient_on; reg).
  destruct (C eps E) as (alp & A & H). exists alp. split; [assumption|]. intros h Hh.
  assert (D : Rabs (quotient_on p q s c h - quotient_on p q s c 0) < eps).
  { apply (H h). split; [split; [exact I|lra]|]. simpl. unfold R_dist. rewrite Rabs_pos_eq; lra. }
  apply Rabs_def2 in D. replace (quotient_on p q s c 0) with (- q) in D by (unfold quotient_on; field). lra.
Qed.

Lemma quotient_off_limit : forall p q s c eps, 0 <= q -> 0 < eps ->
  exists alp, 0 < alp /\ forall h, 0 < h < alp -> - eps <= quotient_off p q s c h.
Proof.
  intros p q s c eps Q E. assert (C : continuity_pt (quotient_off p q s c) 0) by (unfold quotient_off; reg).
  destruct (C eps E) as (alp & A & H). exists alp. split; [assumption|]. intros h Hh.
  assert (D : Rabs (quotient_off p q s c h - quotient_off p q s c 0) < eps).
  { apply (H h). split; [split; [exact I|lra]|]. simpl. unfold R_dist. rewrite Rabs_pos_eq; lra. }
  apply Rabs_def2 in D. replace (quotient_off p q s c 0) with q in D by (unfold quotient_off; field). lra.
Qed.

Lemma near_example : forall delta e, Rabs e < delta -> near delta example_network [Neuron [1; e] 1].
Proof.
  intros delta e H. constructor; [|constructor]. simpl. repeat split.
  - unfold norm. simpl. replace ((1 - 1) * (1 - 1) + ((e - 0) * (e - 0) + 0)) with (Rsqr e) by (unfold Rsqr; ring).
    rewrite sqrt_Rsqr_abs. assumption.
  - replace (1 - 1) with 0 by ring. rewrite Rabs_R0. pose proof (Rabs_pos e). lra.
Qed.

(** A step [t = c h] so short that no kink is crossed. *)
Lemma step_bounds : forall p q h, 0 < h < / 4 -> let t := / (4 * (1 + Rabs p + Rabs q)) * h in
  0 < t < h /\ - h < t * q < h /\ - (/ 4) < t * (p - q) < / 4.
Proof.
  intros p q h H t. pose proof (Rabs_pos p). pose proof (Rabs_pos q).
  set (S := 4 * (1 + Rabs p + Rabs q)) in *. assert (HS : 0 < S) by (unfold S; lra).
  assert (I : 0 < / S) by (apply Rinv_0_lt_compat; assumption). assert (E : / S * S = 1) by (apply Rinv_l; lra).
  assert (T : 0 < t) by (unfold t; nra).
  assert (B : t * S = h) by (unfold t; rewrite Rmult_assoc, (Rmult_comm h), <- Rmult_assoc, E; ring).
  pose proof (Rle_abs p). pose proof (Rle_abs q). pose proof (Rle_abs (- p)). pose proof (Rle_abs (- q)). rewrite Rabs_Ropp in *.
  assert (0 <= t * Rabs p) by nra. assert (0 <= t * Rabs q) by nra.
  assert (B' : 4 * t + 4 * (t * Rabs p) + 4 * (t * Rabs q) = h) by (rewrite <- B; unfold S; ring).
  assert (t * q <= t * Rabs q) by nra. assert (- (t * Rabs q) <= t * q) by nra.
  assert (t * p <= t * Rabs p) by nra. assert (- (t * Rabs p) <= t * p) by nra.
  replace (t * (p - q)) with (t * p - t * q) by ring. lra.
Qed.

(** The network is Clarke-stationary. *)
Theorem example_clarke_stationary : clarke_stationary example example_network.
Proof.
  intros direction S eps delta He Hd. inversion S as [|k v net dir L S' E1 E2]; subst. inversion S'; subst. clear S S'.
  destruct v as [w s]. simpl in L. destruct w as [|p [|q [|? ?]]]; try discriminate. clear L.
  set (c := / (4 * (1 + Rabs p + Rabs q))). destruct (Rle_or_lt q 0) as [Q|Q].
  - destruct (quotient_on_limit p q s c eps Q He) as (alp & Ha & H).
    set (h := Rmin (alp / 2) (Rmin (delta / 2) (/ 8))).
    assert (Hh : 0 < h /\ h < alp /\ h < delta /\ h < / 4).
    { unfold h. pose proof (Rmin_l (alp / 2) (Rmin (delta / 2) (/ 8))). pose proof (Rmin_r (alp / 2) (Rmin (delta / 2) (/ 8))).
      pose proof (Rmin_l (delta / 2) (/ 8)). pose proof (Rmin_r (delta / 2) (/ 8)).
      split; [repeat apply Rmin_glb_lt; lra|lra]. }
    destruct (step_bounds p q h) as (T & TQ & TP); [lra|]. fold c in T, TQ, TP.
    assert (C0 : c <> 0) by (intros Z; rewrite Z in T; lra). assert (H0 : h <> 0) by (apply Rgt_not_eq; lra). clearbody c h.
    exists [Neuron [1; h] 1], (c * h). split; [apply near_example; rewrite Rabs_pos_eq; lra|]. split; [lra|].
    apply Rle_trans with (quotient_on p q s c h); [apply H; lra|]. right. unfold moved, vscale. simpl.
    rewrite !example_objective, !relu_pos by lra. unfold quotient_on. field. auto.
  - destruct (quotient_off_limit p q s c eps (Rlt_le _ _ Q) He) as (alp & Ha & H).
    set (h := Rmin (alp / 2) (Rmin (delta / 2) (/ 8))).
    assert (Hh : 0 < h /\ h < alp /\ h < delta /\ h < / 4).
    { unfold h. pose proof (Rmin_l (alp / 2) (Rmin (delta / 2) (/ 8))). pose proof (Rmin_r (alp / 2) (Rmin (delta / 2) (/ 8))).
      pose proof (Rmin_l (delta / 2) (/ 8)). pose proof (Rmin_r (delta / 2) (/ 8)).
      split; [repeat apply Rmin_glb_lt; lra|lra]. }
    destruct (step_bounds p q h) as (T & TQ & TP); [lra|]. fold c in T, TQ, TP.
    assert (C0 : c <> 0) by (intros Z; rewrite Z in T; lra). assert (H0 : h <> 0) by (apply Rgt_not_eq; lra). clearbody c h.
    exists [Neuron [1; - h] 1], (c * h). split; [apply near_example; rewrite Rabs_Ropp, Rabs_pos_eq; lra|]. split; [lra|].
    apply Rle_trans with (quotient_off p q s c h); [apply H; lra|]. right. unfold moved, vscale. simpl.
    rewrite !example_objective, (relu_neg (- h)), (relu_neg (- h + c * h * q)) by lra.
    rewrite !relu_pos by lra. unfold quotient_off. field. auto.
Qed.

(** Moving the neuron off the kink lowers the objective: it is no local minimum. *)
Theorem example_descent : forall h, 0 < h < / 2 -> objective example [Neuron [1; h] 1] < objective example example_network.
Proof.
  intros h H. unfold example_network. rewrite !example_objective, !relu_pos by lra. nra.
Qed.

(** ** No sub-sampled program has an optimum with this fit *)

(** A point whose fit is positive on the second row has a positive column that is on there. *)
Lemma second_row_column : forall x1 x2 p,
  Forall (fun k => length (part k) = 2%nat /\ in_cell [x1; x2] (gates (place k)) (part k)) p ->
  0 < dot [0; 1] (program_fit [x1; x2] p) ->
  exists p1 g v p2, p = p1 ++ Block (Column [g; true] true) v :: p2.
Proof.
  intros x1 x2. induction p as [|[[gs s] v] p IH]; intros F B; [simpl in B; lra|].
  inversion F as [|? ? [_ K] Fp]; subst. simpl in K.
  inversion K as [|? g1 ? gs' K1 K']; subst. inversion K' as [|? g2 ? gs'' K2 K'']; subst. inversion K''; subst. clear K K' K''.
  cbn [program_fit] in B. rewrite dot_add_r in B.
  set (rest := dot [0; 1] (program_fit [x1; x2] p)) in *. unfold block_fit, vscale, sign in B. simpl in B.
  assert (C : (s = true /\ g2 = true) \/ 0 < rest).
  { destruct s, g2; [left; split; reflexivity| | |]; right; lra. }
  destruct C as [[-> ->]|C].
  - exists [], g1, v, p. reflexivity.
  - destruct (IH Fp C) as (p1 & g & v' & p2 & ->). exists (Block (Column (g1 :: [g2]) s) v :: p1), g, v', p2. reflexivity.
Qed.

(** Whatever columns are chosen, no optimum of their program has the fit of the network. *)
Theorem example_no_subsampled_optimum : forall cols p,
  feasible 2 (inputs example) cols p -> program_fit (inputs example) p = fit (inputs example) example_network ->
  ~ (forall p', feasible 2 (inputs example) cols p' -> program_objective example p <= program_objective example p').
Proof.
  intros cols p F E O.
  assert (N : fit (inputs example) example_network = [0; 1]).
  { unfold fit, output. simpl. rewrite !relu_pos by lra. repeat f_equal; lra. }
  rewrite N in E. destruct (second_row_column [0; 1] [1; -1] p) as (p1 & g & v & p2 & ->); [apply F| |].
  { change [[0; 1]; [1; -1]] with (inputs example). rewrite E. simpl. lra. }
  set (c := Column [g; true] true) in *.
  assert (M : forall u, length u = 2%nat -> in_cell (inputs example) (gates c) u ->
    program_objective example (p1 ++ Block c v :: p2) <= program_objective example (p1 ++ Block c (vadd v u) :: p2)).
  { intros u L K. apply O. apply feasible_add; assumption. }
  unfold program_objective in M. rewrite E in M.
  destruct g.
  - specialize (M [/ 2; / 2] eq_refl). rewrite program_fit_add, E in M.
    pose proof (total_norm_add p1 p2 c v [/ 2; / 2]) as T. unfold block_fit, c, sign, vscale in M. simpl in M.
    assert (K : in_cell [[0; 1]; [1; -1]] [true; true] [/ 2; / 2]) by (repeat constructor; simpl; lra). specialize (M K).
    assert (S : norm [/ 2; / 2] <= 3 / 4).
    { apply square_le; [lra|]. rewrite norm_square. simpl. lra. }
    fold c in M. lra.
  - specialize (M [/ 4; - / 4] eq_refl). rewrite program_fit_add, E in M.
    pose proof (total_norm_add p1 p2 c v [/ 4; - / 4]) as T. unfold block_fit, c, sign, vscale in M. simpl in M.
    assert (K : in_cell [[0; 1]; [1; -1]] [false; true] [/ 4; - / 4]) by (repeat constructor; simpl; lra). specialize (M K).
    assert (S : norm [/ 4; - / 4] <= 0.36).
    { apply square_le; [lra|]. rewrite norm_square. simpl. lra. }
    fold c in M. lra.
Qed.

(** The value alone does not tell: the program over one column has the same optimal value, 7/2, and another fit. *)
Theorem example_same_value :
  program_optimal 2 example [Column [true; false] true] [Block (Column [true; false] true) [0; 1]] /\
  program_objective example [Block (Column [true; false] true) [0; 1]] = objective example example_network /\
  program_fit (inputs example) [Block (Column [true; false] true) [0; 1]] <> fit (inputs example) example_network.
Proof.
  set (p := [Block (Column [true; false] true) [0; 1]]).
  assert (N1 : norm [0; 1] = 1) by (unfold norm; simpl; replace (0 * 0 + (1 * 1 + 0)) with 1 by ring; apply sqrt_1).
  assert (E : program_fit (inputs example) p = [1; 0]).
  { unfold p, block_fit, sign, vscale. simpl. unfold sign. simpl. f_equal; [lra|]. f_equal. lra. }
  assert (R : program_residual example p = [1; 2]).
  { unfold program_residual. rewrite E. simpl. f_equal; [lra|]. f_equal. lra. }
  split; [|split].
  - apply program_kkt_sufficient.
    + split; [reflexivity|]. repeat constructor; simpl; lra.
    + rewrite R, E. unfold total_norm, p. simpl total. rewrite N1. simpl. lra.
    + intros c [<-|[]] u L K. rewrite R. destruct u as [|a [|e [|? ?]]]; try discriminate. simpl in K.
      inversion K as [|? ? ? ? K1 K']; subst. inversion K' as [|? ? ? ? K2 _]; subst. simpl in K1, K2.
      unfold sign, features. simpl. rewrite (relu_pos (0 * a + _)), (relu_neg (1 * a + _)) by lra.
      pose proof (cauchy_schwarz [0; 1] [a; e]) as C. rewrite N1 in C. simpl in C. lra.
  - unfold program_objective, example_network. rewrite E, example_objective, !relu_pos by lra.
    unfold total_norm, p. simpl total. rewrite N1. simpl. lra.
  - rewrite E. unfold fit, output. simpl. rewrite !relu_pos by lra. intros H. injection H. lra.
Qed.
