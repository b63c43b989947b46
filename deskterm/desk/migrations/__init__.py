"""How the schema came to be, step by step; applied on start by `deskterm.desk.schema`."""
