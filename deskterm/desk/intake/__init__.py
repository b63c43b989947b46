"""Taking in tickets and customers from other programs' files.

`csv_reading` turns a file into lines, `servicenow` and `csv_tickets`/`csv_customers` turn lines
into what a ticket or customer was, pure functions all; `taking_in` puts them on the desk.
"""
