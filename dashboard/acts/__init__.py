"""The audit as its administrator reads it: who did what to what, in words."""
