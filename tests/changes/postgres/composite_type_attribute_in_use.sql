-- An attribute of a composite type that columns are of cannot get another type, and that is refused.
-- properties: composite type: attribute type

-- == before ==
CREATE TYPE place AS (x int, y int);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);

-- == after ==
CREATE TYPE place AS (x int, y bigint);
CREATE TABLE pins (id int PRIMARY KEY, at place, all_of place[]);
