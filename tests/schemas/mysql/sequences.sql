-- Sequences, and what reads them.
CREATE SEQUENCE plain;
CREATE SEQUENCE down START WITH 100 INCREMENT BY -5 MINVALUE -1000 MAXVALUE 100 NOCACHE CYCLE;
CREATE SEQUENCE `odd name` START 7 CACHE 20;
CREATE SEQUENCE aria_one ENGINE=Aria;
CREATE TABLE a_user (id bigint DEFAULT nextval(plain) PRIMARY KEY, n int DEFAULT (nextval(`odd name`) + 1), m int DEFAULT (NEXT VALUE FOR down));
CREATE VIEW current_values AS SELECT next_not_cached_value FROM plain;
