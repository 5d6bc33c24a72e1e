"""News of the tree for the apps above, which hang their own rows on areas."""

from django.dispatch import Signal

# Sent in the transaction that replaces areas: `successors` (a dict from the primary key of a closed
# area to the area that follows it), `on` (its first day) and `by`. Station nodes are not among
# them: a station chooses its own new leaf.
areas_replaced = Signal()
