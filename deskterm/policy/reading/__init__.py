"""The sections of a policy file, one reader each; `deskterm.policy.reader` puts them together."""
