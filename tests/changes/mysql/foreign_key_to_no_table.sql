-- A foreign key whose table was dropped while `foreign_key_checks` was off can be dropped, and its table altered.
-- properties: foreign key

-- == without ==
SET foreign_key_checks = 0;
CREATE TABLE pages (id int PRIMARY KEY, book int, CONSTRAINT of_book FOREIGN KEY (book) REFERENCES books (id));

-- == with ==
CREATE TABLE pages (id int PRIMARY KEY, book int, nth int, KEY of_book (book));

-- == without to with ==
ALTER TABLE `pages` DROP FOREIGN KEY `of_book`, LOCK=NONE;
ALTER TABLE `pages` ADD COLUMN `nth` int NULL, LOCK=NONE;

-- == with to without ==
-- refused: the database does not take `ALTER TABLE `pages` ADD CONSTRAINT `of_book` FOREIGN KEY (`book`) REFERENCES `books` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT`: Can't create table `pages` (errno: 150 "Foreign key constraint is incorrectly formed")
