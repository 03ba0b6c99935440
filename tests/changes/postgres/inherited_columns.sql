-- A parent gains, changes and loses columns and checks, and its children with it.
-- properties: column: inherited

-- == without ==
CREATE TABLE vessels (id int NOT NULL);
CREATE TABLE jars (lid text) INHERITS (vessels);

-- == with ==
CREATE TABLE vessels (id int NOT NULL, litres int DEFAULT 1, CONSTRAINT filled CHECK (litres > 0));
CREATE TABLE jars (lid text) INHERITS (vessels);
ALTER TABLE jars ALTER COLUMN litres SET DEFAULT 3;

-- == altered ==
CREATE TABLE vessels (id int NOT NULL, litres bigint DEFAULT 2, CONSTRAINT filled CHECK (litres > 5));
CREATE TABLE jars (lid text) INHERITS (vessels);
ALTER TABLE jars ALTER COLUMN litres SET DEFAULT 4, ALTER COLUMN litres SET NOT NULL;

-- == without to with ==
ALTER TABLE "vessels"
    ADD COLUMN "litres" integer DEFAULT 1,
    ADD CONSTRAINT "filled" CHECK (litres > 0);
ALTER TABLE "jars" ALTER COLUMN "litres" SET DEFAULT 3;

-- == with to altered ==
ALTER TABLE "vessels"
    DROP CONSTRAINT "filled",
    ALTER COLUMN "litres" DROP DEFAULT,
    ALTER COLUMN "litres" TYPE bigint,
    ALTER COLUMN "litres" SET DEFAULT 2,
    ADD CONSTRAINT "filled" CHECK (litres > 5);
ALTER TABLE "jars"
    ALTER COLUMN "litres" SET DEFAULT 4,
    ALTER COLUMN "litres" SET NOT NULL;

-- == altered to with ==
ALTER TABLE "vessels"
    DROP CONSTRAINT "filled",
    ALTER COLUMN "litres" DROP DEFAULT,
    ALTER COLUMN "litres" TYPE integer,
    ALTER COLUMN "litres" SET DEFAULT 1,
    ADD CONSTRAINT "filled" CHECK (litres > 0);
ALTER TABLE "jars"
    ALTER COLUMN "litres" DROP NOT NULL,
    ALTER COLUMN "litres" SET DEFAULT 3;

-- == with to without ==
ALTER TABLE "vessels"
    DROP CONSTRAINT "filled",
    DROP COLUMN "litres";
