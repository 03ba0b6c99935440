-- An index whose comment changes is made again: the server has no other way.
-- properties: key: comment

-- == before ==
CREATE TABLE pots (id int PRIMARY KEY, size int, KEY by_size (size) COMMENT 'old');

-- == after ==
CREATE TABLE pots (id int PRIMARY KEY, size int, KEY by_size (size) COMMENT 'new');

-- == before to after ==
ALTER TABLE `pots` DROP INDEX `by_size`, ADD KEY `by_size` (`size`) COMMENT 'new', LOCK=NONE;

-- == after to before ==
ALTER TABLE `pots` DROP INDEX `by_size`, ADD KEY `by_size` (`size`) COMMENT 'old', LOCK=NONE;
