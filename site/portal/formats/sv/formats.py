"""Swedish as it is written in Finland."""

SHORT_DATE_FORMAT = "j.n.Y"
TIME_FORMAT = "H.i"
SHORT_DATETIME_FORMAT = "j.n.Y H.i"
