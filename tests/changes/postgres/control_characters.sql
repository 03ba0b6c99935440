-- What a terminal takes for its own stays in texts.
-- properties: column: default, table: comment

-- == without ==
CREATE TABLE jars (id int);

-- == with ==
CREATE TABLE jars (id int, a text DEFAULT E'x\x1b''; drop', b text DEFAULT E'x\x01y\x7f', c text DEFAULT E'\x1b[31m');
COMMENT ON TABLE jars IS E'\x1b]0;title\x07';

-- == without to with ==
ALTER TABLE "jars"
    ADD COLUMN "a" text DEFAULT 'x''; drop'::text,
    ADD COLUMN "b" text DEFAULT 'xy'::text,
    ADD COLUMN "c" text DEFAULT '[31m'::text;
COMMENT ON TABLE "jars" IS ']0;title';

-- == with to without ==
ALTER TABLE "jars"
    DROP COLUMN "a",
    DROP COLUMN "b",
    DROP COLUMN "c";
COMMENT ON TABLE "jars" IS NULL;
