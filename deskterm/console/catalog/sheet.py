"""What works on a sheet that is about to be printed."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_SHEET: Final = "A sheet"

#: Opens the sheet of a visit, wherever one is under the cursor or in a window.
OPEN: Final = Action("visits.sheet", "p", "sheet", "The visit's sheet or the report on the"
                     " condition of its AV, to be written to a file and printed.", "Visits",
                     footer=True)  # fmt: skip

ACTIONS: Final = (
    Action("sheet.write", "enter", "write the file", "Write what is shown to the file named below,"
           " in the folder deskterm was started in.", _SHEET, footer=True),
    Action("sheet.other", "tab,right,left", "visit or AV", "The visit's sheet, or the condition of"
           " each piece of classroom AV.", _SHEET, footer=True),
    Action("sheet.form", "f", "format", "Text, Markdown or HTML.", _SHEET, footer=True),
)  # fmt: skip
