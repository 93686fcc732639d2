"""The language model as a brain, with the built-in one beneath it."""
