"""The console: a Textual app with one file per screen, widget and dialog.

Start reading at `deskterm.console.app`; it says how a screen, a dialog and an action are added.
"""
