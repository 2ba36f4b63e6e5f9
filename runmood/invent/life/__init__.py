"""The runner's life: what was planned, what happened, how they felt, what they wrote down."""
