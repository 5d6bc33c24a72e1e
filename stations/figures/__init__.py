"""Figures that the platform knows of stations in a month: they pre-fill what people would type.

Apps register theirs from `AppConfig.ready()`; a form names them.
"""

from stations.figures.registry import Source, as_of, find, known, register, registered, shared

__all__ = ["Source", "as_of", "find", "known", "register", "registered", "shared"]
