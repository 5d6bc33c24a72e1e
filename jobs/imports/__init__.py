"""Importing a city workbook: all errors at once, then all rows or none.

A column absent from a sheet leaves its field as it is; an empty cell empties the field (or sets
the column's default). Rows absent from the file stay untouched.
"""

from jobs.imports.faults import Count, Fault, Outcome
from jobs.imports.run import apply, check

__all__ = ["Count", "Fault", "Outcome", "apply", "check"]
