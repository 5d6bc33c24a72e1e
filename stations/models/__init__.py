from stations.models.point import Point, PointCommunity
from stations.models.post import Post
from stations.models.seat import StationSeat
from stations.models.station import Station

__all__ = ["Point", "PointCommunity", "Post", "Station", "StationSeat"]
