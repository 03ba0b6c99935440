-- Whether queries use an index changes in place (MariaDB; on MySQL it is `INVISIBLE`).
-- properties: key: ignored

-- == before ==
CREATE TABLE pots (id int PRIMARY KEY, size int, glaze varchar(20), KEY by_size (size), UNIQUE KEY by_glaze (glaze));

-- == after ==
CREATE TABLE pots (id int PRIMARY KEY, size int, glaze varchar(20), KEY by_size (size) IGNORED, UNIQUE KEY by_glaze (glaze) IGNORED);

-- == before to after ==
ALTER TABLE `pots` ALTER INDEX `by_glaze` IGNORED, ALTER INDEX `by_size` IGNORED, LOCK=NONE;

-- == after to before ==
ALTER TABLE `pots` ALTER INDEX `by_glaze` NOT IGNORED, ALTER INDEX `by_size` NOT IGNORED, LOCK=NONE;
