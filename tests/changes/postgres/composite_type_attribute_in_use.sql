-- An attribute of a composite type that columns are of cannot get another type, and that is refused.
-- properties: composite type: attribute type

-- == before ==
CREATE TYPE place AS (x int, y int);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);

-- == after ==
CREATE TYPE place AS (x int, y bigint);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);

-- == before to after ==
-- refused: not supported: another composite type `place` under the parts of `pins` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one

-- == after to before ==
-- refused: not supported: another composite type `place` under the parts of `pins` on PostgreSQL: it cannot be altered in place, nor dropped while a column, default, constraint or index uses it: make one of another name, have the table use that, then drop this one
