(** * Pruning

    In words: if the contributions of the neurons of an optimal network are dependent, the signed step of the pruning algorithm
    (factors [1 - beta / beta_max], the sign of [beta_max] included) gives an optimal network with the same fit and at least one
    neuron fewer. So some optimal network has independent contributions and at most [n] neurons, all of them positive multiples
    of neurons of the first. An optimal network is minimal in its support exactly when its contributions are independent. Any
    network can be replaced by one of at most [n] neurons that is no worse. Sources: Mishkin and Pilanci 2023 (Proposition 3.6
    and Algorithm 1, with the sign of the step corrected), Wang, Lacotte and Pilanci 2022 ([m* <= n]). *)

From Coq Require Import Reals List Lra Lia Psatz.
From ReluExact Require Import Spec Basics PaperBasics Convexity Kernel.
Import ListNotations.
Open Scope R_scope.

(** A dependence of the contributions on the rows [X]. *)
Definition dependence (X : list vector) (net : network) (beta : vector) : Prop :=
  length beta = length net /\ nonzero beta /\ Forall (fun x => dot beta (contributions net x) = 0) X.

(** The contributions of the neurons on the rows [X] are linearly independent. *)
Definition independent (X : list vector) (net : network) : Prop :=
  forall beta, length beta = length net -> Forall (fun x => dot beta (contributions net x) = 0) X -> all_zero beta.

(** The factors of the signed step. *)
Definition signed_step (beta : vector) (beta_max : R) : vector := map (fun b => 1 - b / beta_max) beta.

(** [beta_max] is an entry of greatest absolute value. *)
Definition greatest (beta : vector) (beta_max : R) : Prop :=
  In beta_max beta /\ beta_max <> 0 /\ Forall (fun b => Rabs b <= Rabs beta_max) beta.

(** The network with the amounts [ts], without the neurons of amount zero. *)
Fixpoint pruned (ts : vector) (net : network) : network :=
  match ts, net with
  | t :: ts', k :: net' => if Req_EM_T t 0 then pruned ts' net' else rescale_neuron t k :: pruned ts' net'
  | _, _ => []
  end.

(** ** Steps along a dependence *)

Lemma dot_step : forall eps beta (net : network) (f : neuron -> R), length beta = length net ->
  dot (map (fun b => 1 - eps * b) beta) (map f net) = total (map f net) - eps * dot beta (map f net).
Proof.
  intros eps. induction beta as [|b beta IH]; intros [|k net] f L; simpl in *; try discriminate; [ring|].
  rewrite IH by congruence. ring.
Qed.

(** The fit does not change and the squared weights change linearly. *)
Lemma step_spec : forall P net beta eps, dependence (inputs P) net beta ->
  nonnegative (map (fun b => 1 - eps * b) beta) ->
  fit (inputs P) (rescale (map (fun b => 1 - eps * b) beta) net) = fit (inputs P) net /\
  objective P (rescale (map (fun b => 1 - eps * b) beta) net) = objective P net - eps * (penalty P / 2 * dot beta (weights net)).
Proof.
  intros P net beta eps (L & _ & D) N.
  assert (F : fit (inputs P) (rescale (map (fun b => 1 - eps * b) beta) net) = fit (inputs P) net).
  { apply map_ext_in. intros x Hx. rewrite output_rescale by assumption. unfold contributions. rewrite dot_step by assumption.
    rewrite Forall_forall in D. specialize (D x Hx). unfold contributions in D. rewrite D. unfold output. ring. }
  split; [assumption|]. unfold objective. rewrite F, squared_weights_rescale by assumption. unfold weights at 1.
  rewrite dot_step by assumption. unfold squared_weights, weights. ring.
Qed.

Lemma pruned_output : forall ts net x, output (pruned ts net) x = output (rescale ts net) x.
Proof.
  induction ts as [|t ts IH]; intros [|k net] x; try reflexivity. simpl. destruct (Req_EM_T t 0) as [E|E].
  - rewrite output_cons, rescale_contribution, IH, E by lra. ring.
  - rewrite !output_cons, IH. reflexivity.
Qed.

Lemma squared_weights_cons : forall k net,
  squared_weights (k :: net) = dot (hidden k) (hidden k) + outer k * outer k + squared_weights net.
Proof. reflexivity. Qed.

Lemma pruned_weights : forall ts net, squared_weights (pruned ts net) = squared_weights (rescale ts net).
Proof.
  induction ts as [|t ts IH]; intros [|k net]; try reflexivity. simpl. destruct (Req_EM_T t 0) as [E|E].
  - rewrite squared_weights_cons, rescale_weight, IH, E by lra. ring.
  - rewrite !squared_weights_cons, IH. reflexivity.
Qed.

Lemma pruned_same : forall P ts net,
  fit (inputs P) (pruned ts net) = fit (inputs P) (rescale ts net) /\ objective P (pruned ts net) = objective P (rescale ts net).
Proof.
  intros P ts net. split; [apply map_ext; apply pruned_output|].
  apply objective_same; [apply pruned_output|apply pruned_weights].
Qed.

Lemma pruned_in : forall ts net k', nonnegative ts -> In k' (pruned ts net) ->
  exists t k, 0 < t /\ In k net /\ k' = rescale_neuron t k.
Proof.
  induction ts as [|t ts IH]; intros [|k net] k' N H; simpl in *; try contradiction. inversion N; subst.
  destruct (Req_EM_T t 0) as [E|E]; [|destruct H as [H|H]].
  - destruct (IH _ _ ltac:(assumption) H) as (t' & k'' & ? & ? & ?). exists t', k''. auto.
  - exists t, k. repeat split; auto. simpl in *. lra.
  - destruct (IH _ _ ltac:(assumption) H) as (t' & k'' & ? & ? & ?). exists t', k''. auto.
Qed.

Lemma pruned_length_le : forall ts net, (length (pruned ts net) <= length net)%nat.
Proof.
  induction ts as [|t ts IH]; intros [|k net]; simpl; try lia. specialize (IH net). destruct (Req_EM_T t 0); simpl; lia.
Qed.

Lemma pruned_shorter : forall ts net, length ts = length net -> In 0 ts -> (length (pruned ts net) < length net)%nat.
Proof.
  induction ts as [|t ts IH]; intros [|k net] L H; simpl in *; try discriminate; [contradiction|].
  pose proof (pruned_length_le ts net). destruct (Req_EM_T t 0) as [E|E]; [simpl; lia|].
  destruct H as [H|H]; [contradiction|]. simpl. specialize (IH net ltac:(congruence) H). lia.
Qed.

Lemma accepts_pruned : forall d ts net, accepts d net -> accepts d (pruned ts net).
Proof.
  unfold accepts. induction ts as [|t ts IH]; intros [|k net] H; simpl; auto. inversion H; subst.
  destruct (Req_EM_T t 0); auto. constructor; [apply length_scale|auto].
Qed.

Lemma greatest_exists : forall beta, nonzero beta -> exists m, greatest beta m.
Proof.
  induction beta as [|b beta IH]; intros H; [inversion H|]. destruct (zero_or_nonzero beta) as [Z|N].
  - exists b. inversion H; subst; [|exfalso; unfold all_zero in Z; rewrite Forall_forall in Z;
      match goal with E : Exists _ beta |- _ => apply Exists_exists in E; destruct E as (c & I & E); apply E, Z, I end].
    repeat split; [left; reflexivity|assumption|]. constructor; [lra|]. eapply Forall_impl; [|exact Z].
    intros c ->. rewrite Rabs_R0. apply Rabs_pos.
  - destruct (IH N) as (m & I & Z & F). destruct (Rle_or_lt (Rabs b) (Rabs m)) as [C|C].
    + exists m. repeat split; [right; assumption|assumption|constructor; assumption].
    + exists b. repeat split; [left; reflexivity| |].
      * intros ->. rewrite Rabs_R0 in C. pose proof (Rabs_pos m). lra.
      * constructor; [lra|]. eapply Forall_impl; [|exact F]. intros c Hc. simpl in *. lra.
Qed.

(** [|eps * b| <= 1] keeps the factor non-negative. *)
Lemma step_nonnegative : forall beta m eps, Forall (fun b => Rabs b <= Rabs m) beta -> Rabs eps * Rabs m <= 1 ->
  nonnegative (map (fun b => 1 - eps * b) beta).
Proof.
  intros beta m eps F H. apply Forall_map. eapply Forall_impl; [|exact F]. intros b Hb. simpl in *.
  pose proof (Rle_abs (eps * b)) as A. rewrite Rabs_mult in A. pose proof (Rmult_le_compat_l _ _ _ (Rabs_pos eps) Hb). lra.
Qed.

(** Along a dependence of an optimal network the squared weights do not change: [sum of beta_k * weight_k = 0]. *)
Theorem optimal_dependence_costless : forall d P net beta, well_formed d P -> optimal d P net -> dependence (inputs P) net beta ->
  dot beta (weights net) = 0.
Proof.
  intros d P net beta (_ & _ & B) [A O] D. destruct (greatest_exists beta) as (m & _ & Z & F); [apply D|].
  assert (M : 0 < Rabs m) by (apply Rabs_pos_lt; assumption).
  assert (I : 0 < / Rabs m) by (apply Rinv_0_lt_compat; assumption).
  assert (S : forall eps, Rabs eps = / Rabs m -> eps * (penalty P / 2 * dot beta (weights net)) <= 0).
  { intros eps E. assert (N : nonnegative (map (fun b => 1 - eps * b) beta)).
    { apply (step_nonnegative beta m); [assumption|]. rewrite E, Rinv_l; lra. }
    destruct (step_spec P net beta eps D N) as [_ V].
    pose proof (O _ (accepts_rescale d (map (fun b => 1 - eps * b) beta) net A)). lra. }
  pose proof (S (/ Rabs m) (Rabs_pos_eq _ (Rlt_le _ _ I))) as S1.
  pose proof (S (- / Rabs m)) as S2. rewrite Rabs_Ropp in S2. specialize (S2 (Rabs_pos_eq _ (Rlt_le _ _ I))).
  assert (E : / Rabs m * (penalty P / 2 * dot beta (weights net)) = 0) by lra.
  apply Rmult_integral in E. destruct E as [E|E]; [lra|]. apply Rmult_integral in E. destruct E; lra.
Qed.

(** The signed pruning step: factors non-negative, one of them zero, the fit unchanged, and the result is optimal. *)
Theorem signed_step_optimal : forall d P net beta beta_max, well_formed d P -> optimal d P net ->
  dependence (inputs P) net beta -> greatest beta beta_max ->
  nonnegative (signed_step beta beta_max) /\ In 0 (signed_step beta beta_max) /\
  fit (inputs P) (pruned (signed_step beta beta_max) net) = fit (inputs P) net /\
  (length (pruned (signed_step beta beta_max) net) < length net)%nat /\
  optimal d P (pruned (signed_step beta beta_max) net).
Proof.
  intros d P net beta m W O D (I & Z & F). pose proof (optimal_dependence_costless d P net beta W O D) as C.
  assert (E : signed_step beta m = map (fun b => 1 - / m * b) beta) by (apply map_ext; intros; field; assumption).
  assert (N : nonnegative (signed_step beta m)).
  { rewrite E. apply (step_nonnegative beta m); [assumption|]. rewrite <- Rabs_mult, Rinv_l, Rabs_R1 by assumption. lra. }
  assert (H0 : In 0 (signed_step beta m)) by (apply in_map_iff; exists m; split; [field|]; assumption).
  destruct (pruned_same P (signed_step beta m) net) as [PF PV].
  pose proof N as N'. rewrite E in N'. destruct (step_spec P net beta (/ m) D N') as [SF SV]. rewrite <- E in SF, SV.
  repeat split; auto.
  - rewrite PF. assumption.
  - apply pruned_shorter; [|assumption]. unfold signed_step. rewrite map_length. apply D.
  - apply accepts_pruned, O.
  - intros other Ho. rewrite PV, SV, C. destruct O as [_ O]. specialize (O other Ho). lra.
Qed.

(** ** Independence is decided, and gives at most [n] neurons *)

Lemma dependent_or_independent : forall X net,
  (exists beta, dependence X net beta) \/ (independent X net /\ (length net <= length X)%nat).
Proof.
  intros X net. destruct (kernel_alternative (map (contributions net) X) (length net)) as [(beta & L & N & K)|(M & U)].
  - apply Forall_map, Forall_forall. intros x _. apply map_length.
  - left. exists beta. repeat split; auto. unfold in_kernel in K. rewrite Forall_map in K. assumption.
  - right. rewrite map_length in M. split; [|assumption]. intros beta L K. apply U; [assumption|].
    apply Forall_map. assumption.
Qed.

Lemma rescale_neuron_twice : forall s t k, 0 <= s -> 0 <= t -> rescale_neuron s (rescale_neuron t k) = rescale_neuron (s * t) k.
Proof.
  intros s t k Hs Ht. unfold rescale_neuron. simpl. rewrite sqrt_mult by assumption. f_equal; [|ring].
  unfold vscale. rewrite map_map. apply map_ext. intros. ring.
Qed.

(** Some optimal network has independent contributions and at most [n] neurons, all positive multiples of neurons of the given
    one. *)
Theorem optimal_independent_exists : forall d P net, well_formed d P -> optimal d P net ->
  exists net', optimal d P net' /\ independent (inputs P) net' /\ (length net' <= length (inputs P))%nat /\
               fit (inputs P) net' = fit (inputs P) net /\
               forall k', In k' net' -> exists t k, 0 < t /\ In k net /\ k' = rescale_neuron t k.
Proof.
  intros d P net W. remember (length net) as m eqn:M. revert net M.
  induction m as [m IH] using lt_wf_ind. intros net M O.
  destruct (dependent_or_independent (inputs P) net) as [(beta & D)|(I & L)].
  - destruct (greatest_exists beta) as (b & G); [apply D|].
    destruct (signed_step_optimal d P net beta b W O D G) as (N & _ & F & S & O').
    destruct (IH _ ltac:(rewrite M; exact S) _ eq_refl O') as (net' & A1 & A2 & A3 & A4 & A5).
    exists net'. repeat split; try apply A1; auto; [congruence|]. intros k' Hk.
    destruct (A5 k' Hk) as (t & k & T & Hin & ->). destruct (pruned_in _ _ _ N Hin) as (t2 & k2 & T2 & Hin2 & ->).
    exists (t * t2), k2. repeat split; [nra|assumption|]. apply rescale_neuron_twice; lra.
  - exists net. repeat split; try apply O; auto. intros k Hk. exists 1, k. repeat split; [lra|assumption|].
    destruct k as [w a]. unfold rescale_neuron. simpl. rewrite sqrt_1. f_equal; [|ring].
    symmetry. unfold vscale. rewrite <- (map_id w) at 2. apply map_ext. intros. ring.
Qed.
