"""The sheets 社工站, 社工点 and 岗位 of the city workbook."""

from stations.ledgers.point import PointLedger
from stations.ledgers.post import PostLedger
from stations.ledgers.station import StationLedger

__all__ = ["PointLedger", "PostLedger", "StationLedger"]
