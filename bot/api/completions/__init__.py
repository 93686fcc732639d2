"""The endpoint that speaks OpenAI's protocol: whatever talks to a model so can talk to the desk."""
