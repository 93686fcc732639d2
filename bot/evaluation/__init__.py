"""Dialogues as data: cases from YAML, run on fresh copies of the demo, checked on reply and database."""
