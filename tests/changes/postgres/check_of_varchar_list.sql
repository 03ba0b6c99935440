-- A list of values of a `varchar` comes out as the server prints it at first, and not as it prints what it printed.
-- properties: check, index: predicate, view

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, state varchar(10));

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, state varchar(10) CHECK (state IN ('open', 'shut')));
CREATE INDEX jars_closed ON jars (id) WHERE state NOT IN ('open', 'ajar');
CREATE VIEW open_jars AS SELECT id FROM jars WHERE state IN ('open', 'ajar');

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, state varchar(10) CHECK (state IN ('open', 'shut', 'lost')));
CREATE INDEX jars_closed ON jars (id) WHERE state NOT IN ('open', 'ajar', 'lost');
CREATE VIEW open_jars AS SELECT id FROM jars WHERE state IN ('open', 'ajar', 'shut');

-- == without to with ==
ALTER TABLE "jars" ADD CONSTRAINT "jars_state_check" CHECK ((state)::text = ANY (ARRAY['open'::character varying, 'shut'::character varying])) NOT VALID;
CREATE VIEW "open_jars" AS
SELECT jars.id
   FROM jars
  WHERE ((jars.state)::text = ANY (ARRAY['open'::character varying, 'ajar'::character varying]));
CREATE INDEX CONCURRENTLY "jars_closed" ON "jars" ("id") WHERE (state)::text <> ALL (ARRAY['open'::character varying, 'ajar'::character varying]);
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_state_check";

-- == with to altered ==
DROP VIEW "open_jars";
ALTER TABLE "jars"
    DROP CONSTRAINT "jars_state_check",
    ADD CONSTRAINT "jars_state_check" CHECK ((state)::text = ANY (ARRAY['open'::character varying, 'shut'::character varying, 'lost'::character varying])) NOT VALID;
CREATE VIEW "open_jars" AS
SELECT jars.id
   FROM jars
  WHERE ((jars.state)::text = ANY (ARRAY['open'::character varying, 'ajar'::character varying, 'shut'::character varying]));
CREATE INDEX CONCURRENTLY "jars_closed_cqrs_new" ON "jars" ("id") WHERE (state)::text <> ALL (ARRAY['open'::character varying, 'ajar'::character varying, 'lost'::character varying]);
DROP INDEX "jars_closed";
ALTER INDEX "jars_closed_cqrs_new" RENAME TO "jars_closed";
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_state_check";

-- == altered to with ==
DROP VIEW "open_jars";
ALTER TABLE "jars"
    DROP CONSTRAINT "jars_state_check",
    ADD CONSTRAINT "jars_state_check" CHECK ((state)::text = ANY (ARRAY['open'::character varying, 'shut'::character varying])) NOT VALID;
CREATE VIEW "open_jars" AS
SELECT jars.id
   FROM jars
  WHERE ((jars.state)::text = ANY (ARRAY['open'::character varying, 'ajar'::character varying]));
CREATE INDEX CONCURRENTLY "jars_closed_cqrs_new" ON "jars" ("id") WHERE (state)::text <> ALL (ARRAY['open'::character varying, 'ajar'::character varying]);
DROP INDEX "jars_closed";
ALTER INDEX "jars_closed_cqrs_new" RENAME TO "jars_closed";
ALTER TABLE "jars" VALIDATE CONSTRAINT "jars_state_check";

-- == with to without ==
DROP VIEW "open_jars";
ALTER TABLE "jars" DROP CONSTRAINT "jars_state_check";
DROP INDEX CONCURRENTLY "jars_closed";
