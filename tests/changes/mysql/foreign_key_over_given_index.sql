-- A foreign key refers to another table, and the index that the server made for it keeps its name.

-- == before ==
CREATE TABLE bakers (id int PRIMARY KEY);
CREATE TABLE millers (id int PRIMARY KEY);
CREATE TABLE loaves (id int PRIMARY KEY, made_by int, FOREIGN KEY (made_by) REFERENCES bakers (id));

-- == after ==
CREATE TABLE bakers (id int PRIMARY KEY);
CREATE TABLE millers (id int PRIMARY KEY);
CREATE TABLE loaves (id int PRIMARY KEY, made_by int, FOREIGN KEY (made_by) REFERENCES millers (id));

-- == there ==

-- == back ==
