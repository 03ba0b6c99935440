-- Where and how tables and columns keep their rows, and what a table says of itself.
CREATE UNLOGGED TABLE fleeting (id bigint GENERATED ALWAYS AS IDENTITY, n serial, t text);
CREATE TABLE tuned (id int PRIMARY KEY, t text, u text, v text)
    WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 5, user_catalog_table = true);
ALTER TABLE tuned ALTER COLUMN t SET STORAGE EXTERNAL, ALTER COLUMN u SET COMPRESSION pglz;
ALTER TABLE tuned ALTER COLUMN v SET STORAGE PLAIN, ALTER COLUMN v SET STATISTICS 0;
ALTER TABLE tuned ALTER COLUMN id SET (n_distinct = -0.5, n_distinct_inherited = 10);
CREATE TABLE guarded (id int PRIMARY KEY, owner name);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE forced_only (id int);
ALTER TABLE forced_only FORCE ROW LEVEL SECURITY;
CREATE TABLE replicated_whole (id int);
ALTER TABLE replicated_whole REPLICA IDENTITY FULL;
CREATE TABLE replicated_not (id int);
ALTER TABLE replicated_not REPLICA IDENTITY NOTHING;
CREATE TABLE replicated_by (id int NOT NULL, "Key" text NOT NULL);
CREATE UNIQUE INDEX "by Key" ON replicated_by ("Key");
ALTER TABLE replicated_by REPLICA IDENTITY USING INDEX "by Key";
ALTER TABLE replicated_by CLUSTER ON "by Key";
CREATE TABLE clustered_on_key (id int, CONSTRAINT the_key PRIMARY KEY (id));
ALTER TABLE clustered_on_key CLUSTER ON the_key, REPLICA IDENTITY USING INDEX the_key;
CREATE TYPE point_of AS (x int, y int, label text);
CREATE TABLE typed OF point_of (PRIMARY KEY (x), y WITH OPTIONS DEFAULT 5 NOT NULL, CHECK (label <> ''));
CREATE TABLE no_columns ();
