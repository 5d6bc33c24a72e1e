from stations.models.point import Point, PointCommunity
from stations.models.post import Post
from stations.models.seat import StationSeat
from stations.models.station import Station
from stations.models.station_count import StationCount

__all__ = ["Point", "PointCommunity", "Post", "Station", "StationCount", "StationSeat"]
