"""News of stations for the apps above, which keep figures by the streets where stations sit."""

from django.dispatch import Signal

# Sent in the transaction that moves stations, once they sit in their new streets: `stations`, `on`
# (the first day there) and `by`. A day in the past changes the streets of past months.
stations_reseated = Signal()
