-- A table cannot begin or cease to be partitioned, and that is refused.
-- properties: table: partitioned

-- == before ==
CREATE TABLE rains (at date, mm int);

-- == after ==
CREATE TABLE rains (at date, mm int) PARTITION BY RANGE (at);

-- == before to after ==
-- refused: not supported: `PARTITION BY RANGE (at)` from now on of `rains` on PostgreSQL: a table that is there cannot be partitioned otherwise: make a table of another name, copy the rows, drop the old one and rename the new one

-- == after to before ==
-- refused: not supported: no `PARTITION BY RANGE (at)` any more of `rains` on PostgreSQL: a table that is there cannot be partitioned otherwise: make a table of another name, copy the rows, drop the old one and rename the new one
