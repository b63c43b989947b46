"""One file per widget: it is given data and posts messages, and never asks the desk."""
