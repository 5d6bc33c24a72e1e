"""Facts of a scope as of a day, loaded set-wise: about twenty queries whatever its size."""

from compliance.facts.loading import Loaded, load

__all__ = ["Loaded", "load"]
