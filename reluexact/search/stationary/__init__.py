"""Which kind of point a given network is: exact tests of stationarity, of local and of global minimality."""
