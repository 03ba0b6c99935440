-- Checks and foreign keys: every action, several columns, itself, circles, another name than the index's.
CREATE TABLE parent (a int, b int, c varchar(50) NOT NULL, PRIMARY KEY (b, a), UNIQUE KEY (c), KEY (a));
CREATE TABLE child (
  id int PRIMARY KEY, pa int, pb int, pc varchar(50), pc2 varchar(50), parent_id int, word varchar(20),
  KEY named_differently (pb, pa),
  CONSTRAINT several FOREIGN KEY (pb, pa) REFERENCES parent (b, a) ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT nulled FOREIGN KEY (pc) REFERENCES parent (c) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `odd``name` FOREIGN KEY (pc2) REFERENCES parent (c) ON DELETE RESTRICT ON UPDATE RESTRICT,
  FOREIGN KEY (parent_id) REFERENCES child (id) ON DELETE NO ACTION,
  CONSTRAINT positive CHECK (id > 0), CHECK (id <> 3 OR word IN ('a', 'it''s', 'semi;colon')),
  CONSTRAINT `check` CHECK (id < 100 AND (word IS NULL OR length(word) > 1)),
  CONSTRAINT emoji CHECK (word <> '😀')
);
CREATE TABLE egg (id int PRIMARY KEY, hen_id int);
CREATE TABLE hen (id int PRIMARY KEY, egg_id int, CONSTRAINT hatched FOREIGN KEY (egg_id) REFERENCES egg (id));
ALTER TABLE egg ADD CONSTRAINT laid FOREIGN KEY (hen_id) REFERENCES hen (id);
