(** * The same checker in the kernel's machine integers

    [Certificates], [TrainingCertificates] and [Payload] once more, with the digits of [BigNumbers] in the place of the standard
    integers. The theorems are the same, [BigCertificates.certificate_sound] and
    [BigTrainingCertificates.training_certificate_sound], by the same proofs. *)

From Coq Require Import List Uint63.
From ReluExact Require Import Numbers BigNumbers Certificate Payload TrainingCertificate.

Module ReadableBig <: READABLE.
  Include BigNumbers.BigNumbers.
  Definition of_int (x : int) : t := (false, if (x =? 0)%uint63 then nil else cons x nil).
End ReadableBig.

Module BigCertificates := Certificates ReadableBig.
Module BigTrainingCertificates := TrainingCertificates ReadableBig.
Module BigPayload := Payload ReadableBig.
