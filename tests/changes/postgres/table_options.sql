-- Whether a table is logged, its storage parameters and its comment.
-- properties: table, table: comment, table: unlogged, table: storage parameters

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, note text);

-- == with ==
CREATE UNLOGGED TABLE jars (id int PRIMARY KEY, note text) WITH (fillfactor = 70, autovacuum_enabled = false);
COMMENT ON TABLE jars IS 'of clay';
CREATE TABLE lids (id int PRIMARY KEY);

-- == altered ==
CREATE UNLOGGED TABLE jars (id int PRIMARY KEY, note text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
COMMENT ON TABLE jars IS 'it''s of "glass"';

-- == without to with ==
ALTER TABLE "jars"
    SET UNLOGGED,
    SET (fillfactor='70'),
    SET (autovacuum_enabled='false');
COMMENT ON TABLE "jars" IS 'of clay';
CREATE TABLE "lids" (
    "id" integer NOT NULL,
    CONSTRAINT "lids_pkey" PRIMARY KEY ("id")
);

-- == with to altered ==
ALTER TABLE "jars"
    RESET (autovacuum_enabled),
    SET (fillfactor='80'),
    SET (toast.autovacuum_enabled='false');
COMMENT ON TABLE "jars" IS 'it''s of "glass"';
DROP TABLE "lids";

-- == altered to with ==
ALTER TABLE "jars"
    RESET (toast.autovacuum_enabled),
    SET (fillfactor='70'),
    SET (autovacuum_enabled='false');
COMMENT ON TABLE "jars" IS 'of clay';
CREATE TABLE "lids" (
    "id" integer NOT NULL,
    CONSTRAINT "lids_pkey" PRIMARY KEY ("id")
);

-- == with to without ==
ALTER TABLE "jars"
    SET LOGGED,
    RESET (fillfactor),
    RESET (autovacuum_enabled);
COMMENT ON TABLE "jars" IS NULL;
DROP TABLE "lids";
