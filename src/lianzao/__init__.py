"""Lianzao 联造: many factories, one plan."""

__version__ = "0.1.0"
