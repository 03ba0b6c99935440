-- Checks: their expression, whether children have them, whether rows were looked at, comments.
-- properties: check, check: NO INHERIT, check: NOT VALID, check: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, litres int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, litres int, CONSTRAINT filled CHECK (litres > 0), CONSTRAINT few CHECK (litres < 10) NO INHERIT);
ALTER TABLE jars ADD CONSTRAINT small CHECK (litres < 100) NOT VALID;
COMMENT ON CONSTRAINT filled ON jars IS 'not empty';

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, litres bigint, CONSTRAINT filled CHECK (litres > -1) NO INHERIT, CONSTRAINT few CHECK (litres < 10), CONSTRAINT small CHECK (litres < 100));
COMMENT ON CONSTRAINT filled ON jars IS 'not "less"';

-- == without to with ==
ALTER TABLE "jars"
    ADD CONSTRAINT "few" CHECK (litres < 10) NO INHERIT NOT VALID,
    ADD CONSTRAINT "filled" CHECK (litres > 0) NOT VALID,
    ADD CONSTRAINT "small" CHECK (litres < 100) NOT VALID;
COMMENT ON CONSTRAINT "filled" ON "jars" IS 'not empty';
ALTER TABLE "jars" VALIDATE CONSTRAINT "few";
ALTER TABLE "jars" VALIDATE CONSTRAINT "filled";

-- == with to altered ==
ALTER TABLE "jars"
    DROP CONSTRAINT "few",
    DROP CONSTRAINT "filled",
    DROP CONSTRAINT "small",
    ALTER COLUMN "litres" TYPE bigint,
    ADD CONSTRAINT "few" CHECK (litres < 10) NOT VALID,
    ADD CONSTRAINT "filled" CHECK (litres > '-1'::integer) NO INHERIT NOT VALID,
    ADD CONSTRAINT "small" CHECK (litres < 100) NOT VALID;
COMMENT ON CONSTRAINT "filled" ON "jars" IS 'not "less"';
ALTER TABLE "jars" VALIDATE CONSTRAINT "few";
ALTER TABLE "jars" VALIDATE CONSTRAINT "filled";
ALTER TABLE "jars" VALIDATE CONSTRAINT "small";

-- == altered to with ==
ALTER TABLE "jars"
    DROP CONSTRAINT "few",
    DROP CONSTRAINT "filled",
    DROP CONSTRAINT "small",
    ALTER COLUMN "litres" TYPE integer,
    ADD CONSTRAINT "few" CHECK (litres < 10) NO INHERIT NOT VALID,
    ADD CONSTRAINT "filled" CHECK (litres > 0) NOT VALID,
    ADD CONSTRAINT "small" CHECK (litres < 100) NOT VALID;
COMMENT ON CONSTRAINT "filled" ON "jars" IS 'not empty';
ALTER TABLE "jars" VALIDATE CONSTRAINT "few";
ALTER TABLE "jars" VALIDATE CONSTRAINT "filled";

-- == with to without ==
ALTER TABLE "jars"
    DROP CONSTRAINT "few",
    DROP CONSTRAINT "filled",
    DROP CONSTRAINT "small";
