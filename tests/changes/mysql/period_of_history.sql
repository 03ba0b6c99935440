-- The columns of a history's period are altered by no server, which is refused.
-- properties: table: period of the history

-- == before ==
CREATE TABLE jars (id int PRIMARY KEY, since timestamp(6) GENERATED ALWAYS AS ROW START, until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;

-- == after ==
CREATE TABLE jars (id int PRIMARY KEY, since timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE, until timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;

-- == before to after ==
-- refused: not supported: another definition of `jars.since` on MySQL: the server alters no column of a system-versioned table's period: make a table of another name, copy the rows, drop the old one and rename the new one

-- == after to before ==
-- refused: not supported: another definition of `jars.since` on MySQL: the server alters no column of a system-versioned table's period: make a table of another name, copy the rows, drop the old one and rename the new one
