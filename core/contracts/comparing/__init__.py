"""Two versions of a contract: what changed, whom it serves, and a text that shows it; no database."""
