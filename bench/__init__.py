"""Speed, measured: `make bench` prints one table. Nothing here is asserted by a test."""
