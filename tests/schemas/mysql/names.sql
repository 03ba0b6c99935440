-- Names: quotes of every kind, dots, spaces, line breaks, the longest ones, words of SQL.
CREATE TABLE `Order` (`select` int PRIMARY KEY, `größe` int, `back``tick` int, `sp ace` int, `dot.ted` int, `semi;colon` int, `qu"ote` int, `it's` int, `comma,paren)` int DEFAULT 1, `--` int, `/* */` int, `日本` int, `line
break` int, KEY `key``s` (`back``tick`, `comma,paren)`), CONSTRAINT `ch'eck` CHECK (`it's` > 1 AND `comma,paren)` < 5));
CREATE TABLE `o'brien` (id int PRIMARY KEY, `PRIMARY KEY` int, `CONSTRAINT` int, UNIQUE KEY `UNIQUE` (`CONSTRAINT`), FOREIGN KEY (`PRIMARY KEY`) REFERENCES `Order` (`select`));
CREATE TABLE `a.b c``d"e'f;g` (`x` int COMMENT 'PERIOD FOR, KEY `k`');
CREATE TABLE abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl (abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl int PRIMARY KEY);
CREATE VIEW `v.i``e"w` AS SELECT `o`.`select` AS `it's`, `o`.`größe` AS `Order` FROM `Order` AS `o`;
CREATE VIEW `from` AS SELECT `it's` AS `join` FROM `v.i``e"w`;
CREATE TRIGGER `t.r``g` BEFORE INSERT ON `a.b c``d"e'f;g` FOR EACH ROW SET NEW.`x` = 1;
