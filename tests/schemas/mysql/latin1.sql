-- A database whose default character set is another one than the session's.
-- needs: MariaDB 10.11
-- database: character set latin1 collate latin1_german2_ci
CREATE TABLE `Tür` (`Höhe` enum('klein','groß') DEFAULT 'groß' COMMENT 'für Räume', name varchar(20) DEFAULT 'é' CHECK (name <> 'ñ'),
    wide varchar(20) CHARACTER SET utf8mb4 DEFAULT '日本', tri varchar(10) COLLATE latin1_bin, KEY `Über` (name(3))) COMMENT 'Türen €';
CREATE TABLE wide (a varchar(10), b text) DEFAULT CHARSET=utf8mb4;
CREATE VIEW `Übersicht` AS SELECT `Höhe`, 'ß' AS `ß`, '日本' AS far FROM `Tür` WHERE name <> 'ö';
CREATE FUNCTION `fürs`(n varchar(10)) RETURNS varchar(20) CHARSET latin1 DETERMINISTIC RETURN concat('ä', n);
