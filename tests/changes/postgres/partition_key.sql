-- How a table is partitioned cannot be changed, and is refused.

-- == before ==
CREATE TABLE rains (at date, mm int, place int) PARTITION BY RANGE (at);

-- == after ==
CREATE TABLE rains (at date, mm int, place int) PARTITION BY LIST (place);

-- == there ==

-- == back ==
