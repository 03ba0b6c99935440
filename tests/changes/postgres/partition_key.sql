-- How a table is partitioned cannot be changed, and is refused.
-- properties: table: partitioned

-- == before ==
CREATE TABLE rains (at date, mm int, place int) PARTITION BY RANGE (at);

-- == after ==
CREATE TABLE rains (at date, mm int, place int) PARTITION BY LIST (place);

-- == before to after ==
-- refused: not supported: `PARTITION BY LIST (place)` instead of `PARTITION BY RANGE (at)` of `rains` on PostgreSQL: a table that is there cannot be partitioned otherwise: make a table of another name, copy the rows, drop the old one and rename the new one

-- == after to before ==
-- refused: not supported: `PARTITION BY RANGE (at)` instead of `PARTITION BY LIST (place)` of `rains` on PostgreSQL: a table that is there cannot be partitioned otherwise: make a table of another name, copy the rows, drop the old one and rename the new one
