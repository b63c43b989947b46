"""One file per screen; its style sheet lies beside it."""
