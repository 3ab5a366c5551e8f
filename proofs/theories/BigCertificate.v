(** * The same checker in the kernel's machine integers

    [Certificates] and [Payload] once more, with the digits of [BigNumbers] in the place of the standard integers. The theorem is the
    same, [BigCertificates.certificate_sound], by the same proof. *)

From Coq Require Import List Uint63.
From ReluExact Require Import Numbers BigNumbers Certificate Payload.

Module ReadableBig <: READABLE.
  Include BigNumbers.BigNumbers.
  Definition of_int (x : int) : t := (false, if (x =? 0)%uint63 then nil else cons x nil).
End ReadableBig.

Module BigCertificates := Certificates ReadableBig.
Module BigPayload := Payload ReadableBig.
