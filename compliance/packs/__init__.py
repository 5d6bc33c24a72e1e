"""Packs: one TOML file a jurisdiction, with its reader and its checker."""

from compliance.packs.checking import check_pack
from compliance.packs.loading import BrokenPack, UnknownPack, load_pack, pack_ids, read_pack
from compliance.packs.pack import Clause, Pack
from tenancy.toml.mistakes import Mistake

__all__ = [
    "BrokenPack",
    "Clause",
    "Mistake",
    "Pack",
    "UnknownPack",
    "check_pack",
    "load_pack",
    "pack_ids",
    "read_pack",
]
