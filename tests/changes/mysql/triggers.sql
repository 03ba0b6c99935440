-- Triggers: when, what, in which order, on a table that changes.
-- properties: trigger, trigger: order

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, n int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, n int);
CREATE TRIGGER one BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = 1;
CREATE TRIGGER two BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = NEW.n + 1;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, n bigint, m int);
CREATE TRIGGER two BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = NEW.n + 1;
CREATE TRIGGER one BEFORE INSERT ON jars FOR EACH ROW SET NEW.m = 2;
CREATE TRIGGER three AFTER UPDATE ON jars FOR EACH ROW SET @x = OLD.n;

-- == without to with ==
CREATE TRIGGER one BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = 1;
CREATE TRIGGER two BEFORE INSERT ON jars FOR EACH ROW FOLLOWS `one`SET NEW.n = NEW.n + 1;

-- == with to altered ==
DROP TRIGGER IF EXISTS `two`;
DROP TRIGGER IF EXISTS `one`;
ALTER TABLE `jars` MODIFY COLUMN `n` bigint NULL, ADD COLUMN `m` int NULL;
CREATE TRIGGER three AFTER UPDATE ON jars FOR EACH ROW SET @x = OLD.n;
CREATE TRIGGER two BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = NEW.n + 1;
CREATE TRIGGER one BEFORE INSERT ON jars FOR EACH ROW FOLLOWS `two`SET NEW.m = 2;

-- == altered to with ==
DROP TRIGGER IF EXISTS `one`;
DROP TRIGGER IF EXISTS `two`;
DROP TRIGGER IF EXISTS `three`;
ALTER TABLE `jars` DROP COLUMN `m`, MODIFY COLUMN `n` int NULL;
CREATE TRIGGER one BEFORE INSERT ON jars FOR EACH ROW SET NEW.n = 1;
CREATE TRIGGER two BEFORE INSERT ON jars FOR EACH ROW FOLLOWS `one`SET NEW.n = NEW.n + 1;

-- == with to without ==
DROP TRIGGER IF EXISTS `two`;
DROP TRIGGER IF EXISTS `one`;
