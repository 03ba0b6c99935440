-- An index whose comment changes is made again: the server has no other way.

-- == before ==
CREATE TABLE pots (id int PRIMARY KEY, size int, KEY by_size (size) COMMENT 'old');

-- == after ==
CREATE TABLE pots (id int PRIMARY KEY, size int, KEY by_size (size) COMMENT 'new');

-- == there ==
ALTER TABLE `pots` DROP INDEX `by_size`, ADD KEY `by_size` (`size`) COMMENT 'new', LOCK=NONE;

-- == back ==
ALTER TABLE `pots` DROP INDEX `by_size`, ADD KEY `by_size` (`size`) COMMENT 'old', LOCK=NONE;
