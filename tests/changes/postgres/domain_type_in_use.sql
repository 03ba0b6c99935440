-- A domain over another type, while columns are of it, is refused.
-- properties: domain: type

-- == before ==
CREATE DOMAIN percent AS int;
CREATE TABLE jars (id int PRIMARY KEY, full_to percent);

-- == after ==
CREATE DOMAIN percent AS numeric(5,2);
CREATE TABLE jars (id int PRIMARY KEY, full_to percent);
