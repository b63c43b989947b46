"""A desk made up for looking around: invented customers, believable tickets, relative to now.

`cast` makes the people, `stories` makes the life of one ticket, both pure functions of a seed;
`build` puts them on a desk of any size through the same functions every other ticket goes through.
"""
