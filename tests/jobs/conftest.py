from tests.jobs.bodies import book, district, district_official, foreign_street, registry, street
from tests.jobs.desk import desk, empty_queues

__all__ = [
    "book",
    "desk",
    "empty_queues",
    "district",
    "district_official",
    "foreign_street",
    "registry",
    "street",
]
