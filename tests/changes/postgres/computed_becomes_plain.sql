-- What was computed stays where the columns go from which it was.
-- properties: column

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, height int, litres int GENERATED ALWAYS AS (height * 2) STORED);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, litres int);

-- == without to with ==
ALTER TABLE "jars" ALTER COLUMN "litres" DROP EXPRESSION;
ALTER TABLE "jars" DROP COLUMN "height";

-- == with to without ==
ALTER TABLE "jars" DROP COLUMN "litres";
ALTER TABLE "jars"
    ADD COLUMN "height" integer,
    ADD COLUMN "litres" integer GENERATED ALWAYS AS (height * 2) STORED;
