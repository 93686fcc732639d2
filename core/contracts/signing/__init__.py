"""Signatures: PDFs (PAdES) and any file (SM2), whose keys they are, and what proves it; no database."""
