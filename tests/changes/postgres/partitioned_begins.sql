-- A table cannot begin or cease to be partitioned, and that is refused.

-- == before ==
CREATE TABLE rains (at date, mm int);

-- == after ==
CREATE TABLE rains (at date, mm int) PARTITION BY RANGE (at);

-- == there ==

-- == back ==
