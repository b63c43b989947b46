"""Small windows over a screen; each returns what was decided and never asks the desk."""
