-- Events: schedule, whether they are on, what becomes of them, comment.
-- properties: event, event: schedule, event: enabled, event: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM jars;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE EVENT sweep ON SCHEDULE EVERY 2 HOUR STARTS '2030-01-02 00:00:00' ENDS '2031-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'clean' DO DELETE FROM jars WHERE id > 5;

-- == without to with ==
CREATE EVENT `sweep` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM jars;

-- == with to altered ==
DROP EVENT IF EXISTS `sweep`;
CREATE EVENT `sweep` ON SCHEDULE EVERY 2 HOUR STARTS '2030-01-02 00:00:00' ENDS '2031-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'clean' DO DELETE FROM jars WHERE id > 5;

-- == altered to with ==
DROP EVENT IF EXISTS `sweep`;
CREATE EVENT `sweep` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM jars;

-- == with to without ==
DROP EVENT IF EXISTS `sweep`;
