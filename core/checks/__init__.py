"""What a model says, held against what tools gave and what the reader said: pure functions over words and figures."""
