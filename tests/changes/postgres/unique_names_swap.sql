-- Two unique constraints swap their names, each of which is in use until the other has gone.
-- properties: unique

-- == without ==
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (b));

-- == with ==
CREATE TABLE t (a int, b int, CONSTRAINT y UNIQUE (a), CONSTRAINT x UNIQUE (b));

-- == altered ==
CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE (b, a), CONSTRAINT y UNIQUE (a, b));

-- == without to with ==
CREATE UNIQUE INDEX CONCURRENTLY "x_cqrs_new" ON "t" ("b");
ALTER TABLE "t" DROP CONSTRAINT "x", ADD CONSTRAINT "x" UNIQUE USING INDEX "x_cqrs_new";
CREATE UNIQUE INDEX CONCURRENTLY "y_cqrs_new" ON "t" ("a");
ALTER TABLE "t" DROP CONSTRAINT "y", ADD CONSTRAINT "y" UNIQUE USING INDEX "y_cqrs_new";

-- == with to altered ==
CREATE UNIQUE INDEX CONCURRENTLY "x_cqrs_new" ON "t" ("b", "a");
ALTER TABLE "t" DROP CONSTRAINT "x", ADD CONSTRAINT "x" UNIQUE USING INDEX "x_cqrs_new";
CREATE UNIQUE INDEX CONCURRENTLY "y_cqrs_new" ON "t" ("a", "b");
ALTER TABLE "t" DROP CONSTRAINT "y", ADD CONSTRAINT "y" UNIQUE USING INDEX "y_cqrs_new";

-- == altered to with ==
CREATE UNIQUE INDEX CONCURRENTLY "x_cqrs_new" ON "t" ("b");
ALTER TABLE "t" DROP CONSTRAINT "x", ADD CONSTRAINT "x" UNIQUE USING INDEX "x_cqrs_new";
CREATE UNIQUE INDEX CONCURRENTLY "y_cqrs_new" ON "t" ("a");
ALTER TABLE "t" DROP CONSTRAINT "y", ADD CONSTRAINT "y" UNIQUE USING INDEX "y_cqrs_new";

-- == with to without ==
CREATE UNIQUE INDEX CONCURRENTLY "x_cqrs_new" ON "t" ("a");
ALTER TABLE "t" DROP CONSTRAINT "x", ADD CONSTRAINT "x" UNIQUE USING INDEX "x_cqrs_new";
CREATE UNIQUE INDEX CONCURRENTLY "y_cqrs_new" ON "t" ("b");
ALTER TABLE "t" DROP CONSTRAINT "y", ADD CONSTRAINT "y" UNIQUE USING INDEX "y_cqrs_new";
