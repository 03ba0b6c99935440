-- Primary keys and unique constraints: columns, what they carry along, when they are checked, whether nulls are distinct.
-- properties: primary key, unique, key: INCLUDE, key: deferrable, unique: NULLS NOT DISTINCT, key: comment

-- == without ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL);

-- == with ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL, CONSTRAINT jar_key PRIMARY KEY (id),
    CONSTRAINT jar_code UNIQUE (code));
COMMENT ON CONSTRAINT jar_code ON jars IS 'one each';

-- == altered ==
CREATE TABLE jars (id int NOT NULL, code text, shelf int NOT NULL,
    CONSTRAINT jar_key PRIMARY KEY (id, shelf) INCLUDE (code) DEFERRABLE,
    CONSTRAINT jar_code UNIQUE NULLS NOT DISTINCT (code) INCLUDE (shelf) DEFERRABLE INITIALLY DEFERRED);
COMMENT ON CONSTRAINT jar_code ON jars IS 'only one';

-- == without to with ==
CREATE UNIQUE INDEX CONCURRENTLY "jar_code" ON "jars" ("code");
ALTER TABLE "jars" ADD CONSTRAINT "jar_code" UNIQUE USING INDEX "jar_code";
COMMENT ON CONSTRAINT "jar_code" ON "jars" IS 'one each';
CREATE UNIQUE INDEX CONCURRENTLY "jar_key" ON "jars" ("id");
ALTER TABLE "jars" ADD CONSTRAINT "jar_key" PRIMARY KEY USING INDEX "jar_key";

-- == with to altered ==
CREATE UNIQUE INDEX CONCURRENTLY "jar_code_cqrs_new" ON "jars" ("code") INCLUDE ("shelf") NULLS NOT DISTINCT;
ALTER TABLE "jars" DROP CONSTRAINT "jar_code", ADD CONSTRAINT "jar_code" UNIQUE USING INDEX "jar_code_cqrs_new" DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT "jar_code" ON "jars" IS 'only one';
CREATE UNIQUE INDEX CONCURRENTLY "jar_key_cqrs_new" ON "jars" ("id", "shelf") INCLUDE ("code");
ALTER TABLE "jars" DROP CONSTRAINT "jar_key", ADD CONSTRAINT "jar_key" PRIMARY KEY USING INDEX "jar_key_cqrs_new" DEFERRABLE;

-- == altered to with ==
CREATE UNIQUE INDEX CONCURRENTLY "jar_code_cqrs_new" ON "jars" ("code");
ALTER TABLE "jars" DROP CONSTRAINT "jar_code", ADD CONSTRAINT "jar_code" UNIQUE USING INDEX "jar_code_cqrs_new";
COMMENT ON CONSTRAINT "jar_code" ON "jars" IS 'one each';
CREATE UNIQUE INDEX CONCURRENTLY "jar_key_cqrs_new" ON "jars" ("id");
ALTER TABLE "jars" DROP CONSTRAINT "jar_key", ADD CONSTRAINT "jar_key" PRIMARY KEY USING INDEX "jar_key_cqrs_new";

-- == with to without ==
ALTER TABLE "jars"
    DROP CONSTRAINT "jar_key",
    DROP CONSTRAINT "jar_code";
