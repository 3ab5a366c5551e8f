"""The frame of certificates: documents, writing, reading back, Coq."""
