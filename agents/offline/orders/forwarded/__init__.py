"""Lists of goods that somebody sends as a table, a picture or pasted rows, on their way to an order draft."""
