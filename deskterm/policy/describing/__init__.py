"""The parts of a policy's description; `deskterm.policy.describe` puts them together."""
