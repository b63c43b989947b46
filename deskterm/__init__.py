"""deskterm: a service desk in the terminal, with clocks that can be trusted and explained."""

__version__ = "0.1.0"
