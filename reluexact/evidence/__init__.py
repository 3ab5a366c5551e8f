"""What proofs leave behind, as plain data that several kinds of claims share."""
