(** * The optimal set

    In words: let [theta] be dual feasible. Non-negative amounts of optimal directions form an optimal network exactly when they
    have the right fit ([y - theta]); every optimal network, of any width, is of this form (up to null neurons and to splitting
    a direction over several neurons), and merges into amounts of the optimal directions. Convexity.v has the convexity.
    Sources: Mishkin and Pilanci 2023 (Theorem 3.2, Corollary 4.1), Kim, Mishkin and Pilanci 2025 (Theorem 1).

    "Attained" below says that some network reaches the value of [theta]. [StrongDuality.v] derives it from any optimum,
    [Existence.v] from nothing. *)

From Coq Require Import Reals List Lra Psatz.
From ReluExact Require Import Spec Basics Duality PaperBasics Slackness.
Import ListNotations.
Open Scope R_scope.

(** Some network attains the value of the dual point. *)
Definition attained (d : nat) (P : problem) (theta : vector) : Prop :=
  exists net, accepts d net /\ objective P net = dual_value P theta.

(** The optimal networks are those that attain the value of [theta]. *)
Lemma optimal_attains : forall d P theta, well_formed d P -> dual_point d P theta -> attained d P theta ->
  forall net, optimal d P net <-> accepts d net /\ objective P net = dual_value P theta.
Proof.
  intros d P theta W F (net0 & A0 & E0) net. split.
  - intros [A H]. split; [assumption|]. pose proof (H net0 A0). pose proof (dual_value_le d P theta net W F A). lra.
  - intros [A E]. split; [assumption|]. intros other Ho. rewrite E. apply (dual_value_le d); assumption.
Qed.

(** ** Amounts of optimal directions *)

(** Amounts of optimal directions with the right fit are optimal. *)
Theorem right_fit_optimal : forall d P theta units ts,
  well_formed d P -> dual_point d P theta -> Forall (optimal_neuron d P theta) units -> nonnegative ts ->
  residual P (rescale ts units) = theta -> optimal d P (rescale ts units).
Proof.
  intros d P theta units ts W F U N E.
  assert (A : accepts d (rescale ts units)).
  { apply accepts_rescale. eapply Forall_impl; [|exact U]. intros k (_ & L & _). assumption. }
  assert (V : objective P (rescale ts units) = dual_value P theta).
  { apply slackness_sufficient; [assumption| |]; apply Forall_forall; intros k Hk;
      destruct (rescale_in _ _ _ Hk) as (t & unit & Ht & Hu & ->); unfold nonnegative in N; rewrite Forall_forall in U, N;
      apply (optimal_neuron_rescaled d P theta t unit); auto. }
  split; [assumption|]. intros other Ho. rewrite V. apply (dual_value_le d); assumption.
Qed.

(** Exactly the non-negative amounts with the right fit are optimal. *)
Theorem optimal_amounts : forall d P theta units ts,
  well_formed d P -> dual_point d P theta -> attained d P theta ->
  Forall (optimal_neuron d P theta) units -> nonnegative ts ->
  (optimal d P (rescale ts units) <-> residual P (rescale ts units) = theta).
Proof.
  intros d P theta units ts W F T U N. split.
  - intros O. apply (optimal_attains d P theta W F T) in O. destruct O as [A E].
    apply (complementary_slackness d P theta _ W F A E).
  - apply right_fit_optimal; assumption.
Qed.

(** The optimal networks of every width: the right residual, and each neuron null or a positive amount of an optimal direction. *)
Theorem optimal_networks : forall d P theta, well_formed d P -> dual_point d P theta -> attained d P theta ->
  forall net, optimal d P net <->
  accepts d net /\ residual P net = theta /\ Forall (amount_of_optimal d P theta) net.
Proof.
  intros d P theta W F T net. rewrite (optimal_attains d P theta W F T net). split; intros [A E]; (split; [assumption|]);
    apply (attains_dual_value d P theta net W F A); assumption.
Qed.

(** The amounts that put one unit on [k]. *)
Lemma pick : forall k (units : network), In k units ->
  exists e, length e = length units /\ nonnegative e /\ forall f : neuron -> R, dot e (map f units) = f k.
Proof.
  induction units as [|k' units IH]; intros H; simpl in H; [contradiction|]. destruct H as [->|H].
  - exists (1 :: map (fun _ => 0) units). repeat split.
    + simpl. rewrite map_length. reflexivity.
    + constructor; [lra|]. apply Forall_map, Forall_forall. intros. lra.
    + intros f. simpl. assert (E : dot (map (fun _ => 0) units) (map f units) = 0); [|rewrite E; ring].
      clear. induction units as [|k' units IH]; simpl; [reflexivity|]. rewrite IH. ring.
  - destruct (IH H) as (e & L & N & D). exists (0 :: e). repeat split; [simpl; congruence|constructor; [lra|assumption]|].
    intros f. simpl. rewrite D. ring.
Qed.

Lemma nonnegative_add : forall u v, nonnegative u -> nonnegative v -> nonnegative (vadd u v).
Proof.
  unfold nonnegative. induction u as [|a u IH]; intros [|c v] Hu Hv; simpl; auto. inversion Hu; inversion Hv; subst.
  constructor; [lra|auto].
Qed.

Lemma nonnegative_scale : forall t u, 0 <= t -> nonnegative u -> nonnegative (vscale t u).
Proof. intros t u Ht Hu. apply Forall_map. eapply Forall_impl; [|exact Hu]. intros a Ha. simpl in *. nra. Qed.

(** If [units] lists all optimal directions, every optimal network, of any width, computes the function of some amounts of them,
    with the same squared weights; these amounts are optimal too. *)
Theorem optimal_networks_merge : forall d P theta units,
  well_formed d P -> dual_point d P theta -> attained d P theta ->
  Forall (optimal_neuron d P theta) units -> (forall k, optimal_neuron d P theta k -> In k units) ->
  forall net, optimal d P net ->
  exists ts, length ts = length units /\ nonnegative ts /\ optimal d P (rescale ts units) /\
             (forall x, output (rescale ts units) x = output net x) /\
             squared_weights (rescale ts units) = squared_weights net.
Proof.
  intros d P theta units W F T U C net O. apply (optimal_networks d P theta W F T) in O. destruct O as (A & E & H).
  assert (M : exists ts, length ts = length units /\ nonnegative ts /\
    (forall x, output (rescale ts units) x = output net x) /\ squared_weights (rescale ts units) = squared_weights net).
  { clear A E. induction H as [|k net K _ IH].
    - exists (map (fun _ => 0) units). assert (N : nonnegative (map (fun _ => 0) units)).
      { apply Forall_map, Forall_forall. intros. lra. }
      repeat split; [apply map_length|assumption| |].
      + intros x. rewrite output_rescale by assumption. unfold contributions, output. clear. simpl.
        induction units as [|k units IH]; simpl; [reflexivity|]. rewrite IH. ring.
      + rewrite squared_weights_rescale by assumption. unfold weights, squared_weights. clear. simpl.
        induction units as [|k units IH]; simpl; [reflexivity|]. rewrite IH. ring.
    - destruct IH as (ts & L & N & D & Q). destruct K as [[K1 K2]|(c & unit & Hc & Hu & ->)].
      + exists ts. repeat split; auto.
        * intros x. rewrite D, output_cons, K2. ring.
        * rewrite Q. unfold squared_weights. simpl. rewrite K2, <- norm_square, K1. ring.
      + destruct (pick unit units (C unit Hu)) as (e & Le & Ne & De). exists (vadd ts (vscale c e)).
        assert (N' : nonnegative (vadd ts (vscale c e))) by (apply nonnegative_add, nonnegative_scale; auto; lra).
        repeat split; auto.
        * rewrite length_add; [assumption|]. rewrite length_scale. congruence.
        * intros x. rewrite output_cons, rescale_contribution, <- D, !output_rescale, dot_add_l, dot_scale_l by (auto; lra).
          unfold contributions at 2. rewrite De. ring.
        * unfold squared_weights at 2. simpl map. simpl total. fold (squared_weights net).
          rewrite <- Q, !squared_weights_rescale, dot_add_l, dot_scale_l by (auto; lra).
          unfold weights at 2. rewrite De. pose proof (rescale_weight c unit ltac:(lra)) as R. simpl in R. rewrite R. ring. }
  destruct M as (ts & L & N & D & Q). exists ts. repeat split; auto.
  - apply accepts_rescale. eapply Forall_impl; [|exact U]. intros k (_ & Lk & _). assumption.
  - apply right_fit_optimal with theta; auto. rewrite <- E. unfold residual, fit. f_equal. apply map_ext. assumption.
Qed.
