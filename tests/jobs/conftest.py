from tests.jobs.bodies import book, district, district_official, foreign_street, registry, street
from tests.jobs.desk import desk

__all__ = ["book", "desk", "district", "district_official", "foreign_street", "registry", "street"]
