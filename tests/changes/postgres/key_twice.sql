-- Two keys over the same columns stay two, although the server makes one of them where it is given both at once.
-- properties: unique, primary key

-- == without ==
CREATE TABLE lids (jar int);

-- == with ==
CREATE TABLE lids (jar int);
ALTER TABLE lids ADD CONSTRAINT of_jar UNIQUE (jar);
ALTER TABLE lids ADD PRIMARY KEY (jar);
ALTER TABLE lids ADD CONSTRAINT of_one_jar UNIQUE (jar);
CREATE TABLE jars (id int PRIMARY KEY);
ALTER TABLE jars ADD CONSTRAINT jars_id UNIQUE (id);

-- == altered ==
CREATE TABLE lids (jar int);
ALTER TABLE lids ADD CONSTRAINT of_jar UNIQUE (jar);
ALTER TABLE lids ADD PRIMARY KEY (jar);
CREATE TABLE jars (id int PRIMARY KEY, label text);
ALTER TABLE jars ADD CONSTRAINT jars_id UNIQUE (id);

-- == without to with ==
CREATE TABLE "jars" (
    "id" integer NOT NULL,
    CONSTRAINT "jars_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "jars" ADD CONSTRAINT "jars_id" UNIQUE ("id");
ALTER TABLE "lids" ADD CONSTRAINT "lids_jar_cqrs_not_null" CHECK ("jar" IS NOT NULL) NOT VALID;
ALTER TABLE "lids" VALIDATE CONSTRAINT "lids_jar_cqrs_not_null";
ALTER TABLE "lids" ALTER COLUMN "jar" SET NOT NULL;
ALTER TABLE "lids" DROP CONSTRAINT "lids_jar_cqrs_not_null";
CREATE UNIQUE INDEX CONCURRENTLY "of_jar" ON "lids" ("jar");
ALTER TABLE "lids" ADD CONSTRAINT "of_jar" UNIQUE USING INDEX "of_jar";
CREATE UNIQUE INDEX CONCURRENTLY "of_one_jar" ON "lids" ("jar");
ALTER TABLE "lids" ADD CONSTRAINT "of_one_jar" UNIQUE USING INDEX "of_one_jar";
CREATE UNIQUE INDEX CONCURRENTLY "lids_pkey" ON "lids" ("jar");
ALTER TABLE "lids" ADD CONSTRAINT "lids_pkey" PRIMARY KEY USING INDEX "lids_pkey";

-- == with to altered ==
ALTER TABLE "jars" ADD COLUMN "label" text;
ALTER TABLE "lids" DROP CONSTRAINT "of_one_jar";

-- == altered to with ==
ALTER TABLE "jars" DROP COLUMN "label";
CREATE UNIQUE INDEX CONCURRENTLY "of_one_jar" ON "lids" ("jar");
ALTER TABLE "lids" ADD CONSTRAINT "of_one_jar" UNIQUE USING INDEX "of_one_jar";

-- == with to without ==
ALTER TABLE "lids"
    DROP CONSTRAINT "lids_pkey",
    DROP CONSTRAINT "of_jar",
    DROP CONSTRAINT "of_one_jar",
    ALTER COLUMN "jar" DROP NOT NULL;
DROP TABLE "jars";
