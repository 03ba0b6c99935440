-- By what rows are told to replicas, and in what order a table is clustered.
-- properties: table: replica identity, table: clustering index

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX by_code ON jars (code);
CREATE TABLE lids (id int PRIMARY KEY, code text NOT NULL);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX by_code ON jars (code);
ALTER TABLE jars REPLICA IDENTITY USING INDEX by_code;
ALTER TABLE jars CLUSTER ON by_code;
CREATE TABLE lids (id int PRIMARY KEY, code text NOT NULL);
ALTER TABLE lids REPLICA IDENTITY FULL;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX by_code ON jars (code DESC);
ALTER TABLE jars REPLICA IDENTITY USING INDEX by_code;
ALTER TABLE jars CLUSTER ON jars_pkey;
CREATE TABLE lids (id int PRIMARY KEY, code text NOT NULL);
ALTER TABLE lids REPLICA IDENTITY NOTHING;

-- == without to with ==
ALTER TABLE "jars"
    CLUSTER ON "by_code",
    REPLICA IDENTITY USING INDEX "by_code";
ALTER TABLE "lids" REPLICA IDENTITY FULL;

-- == with to altered ==
CREATE UNIQUE INDEX CONCURRENTLY "by_code_cqrs_new" ON "jars" ("code" DESC);
DROP INDEX "by_code";
ALTER INDEX "by_code_cqrs_new" RENAME TO "by_code";
ALTER TABLE "jars"
    CLUSTER ON "jars_pkey",
    REPLICA IDENTITY USING INDEX "by_code";
ALTER TABLE "lids" REPLICA IDENTITY NOTHING;

-- == altered to with ==
CREATE UNIQUE INDEX CONCURRENTLY "by_code_cqrs_new" ON "jars" ("code");
DROP INDEX "by_code";
ALTER INDEX "by_code_cqrs_new" RENAME TO "by_code";
ALTER TABLE "jars"
    CLUSTER ON "by_code",
    REPLICA IDENTITY USING INDEX "by_code";
ALTER TABLE "lids" REPLICA IDENTITY FULL;

-- == with to without ==
ALTER TABLE "jars"
    SET WITHOUT CLUSTER,
    REPLICA IDENTITY DEFAULT;
ALTER TABLE "lids" REPLICA IDENTITY DEFAULT;
