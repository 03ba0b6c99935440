-- A primary key changes its columns and type while foreign keys point at its table.
-- properties: primary key

-- == without ==
CREATE TABLE shelves (id int NOT NULL, room int NOT NULL, UNIQUE (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf int CONSTRAINT on_shelf REFERENCES shelves (id));

-- == with ==
CREATE TABLE shelves (id int NOT NULL, room int NOT NULL, PRIMARY KEY (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf int CONSTRAINT on_shelf REFERENCES shelves (id));

-- == altered ==
CREATE TABLE shelves (id bigint NOT NULL, room int NOT NULL, PRIMARY KEY (room, id), UNIQUE (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf bigint CONSTRAINT on_shelf REFERENCES shelves (id));

-- == without to with ==
ALTER TABLE "jars" DROP CONSTRAINT "on_shelf";
CREATE UNIQUE INDEX CONCURRENTLY "shelves_pkey_cqrs_new" ON "shelves" ("id");
ALTER TABLE "shelves" DROP CONSTRAINT "shelves_id_key", ADD CONSTRAINT "shelves_pkey" PRIMARY KEY USING INDEX "shelves_pkey_cqrs_new";
ALTER TABLE "jars" ADD CONSTRAINT "on_shelf" FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_shelf";

-- == with to altered ==
ALTER TABLE "jars" DROP CONSTRAINT "on_shelf";
ALTER TABLE "shelves"
    DROP CONSTRAINT "shelves_pkey",
    ALTER COLUMN "id" TYPE bigint,
    ADD CONSTRAINT "shelves_id_key" UNIQUE ("id"),
    ADD CONSTRAINT "shelves_pkey" PRIMARY KEY ("room", "id");
ALTER TABLE "jars" ALTER COLUMN "shelf" TYPE bigint;
ALTER TABLE "jars" ADD CONSTRAINT "on_shelf" FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_shelf";

-- == altered to with ==
ALTER TABLE "jars" DROP CONSTRAINT "on_shelf";
ALTER TABLE "shelves"
    DROP CONSTRAINT "shelves_pkey",
    DROP CONSTRAINT "shelves_id_key",
    ALTER COLUMN "id" TYPE integer,
    ADD CONSTRAINT "shelves_pkey" PRIMARY KEY ("id");
ALTER TABLE "jars" ALTER COLUMN "shelf" TYPE integer;
ALTER TABLE "jars" ADD CONSTRAINT "on_shelf" FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_shelf";

-- == with to without ==
ALTER TABLE "jars" DROP CONSTRAINT "on_shelf";
CREATE UNIQUE INDEX CONCURRENTLY "shelves_id_key_cqrs_new" ON "shelves" ("id");
ALTER TABLE "shelves" DROP CONSTRAINT "shelves_pkey", ADD CONSTRAINT "shelves_id_key" UNIQUE USING INDEX "shelves_id_key_cqrs_new";
ALTER TABLE "jars" ADD CONSTRAINT "on_shelf" FOREIGN KEY ("shelf") REFERENCES "shelves" ("id") NOT VALID;
ALTER TABLE "jars" VALIDATE CONSTRAINT "on_shelf";
