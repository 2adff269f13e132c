"""A standard compiled to arrays; a batch of answers in, states and verdicts out."""
