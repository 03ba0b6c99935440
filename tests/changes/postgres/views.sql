-- A view: its query, its columns, options, defaults, comments; another view and a function stand on it.
-- properties: view, view: options, view: check option, view: defaults of columns, view: comment

-- == without ==
CREATE TABLE people (id int PRIMARY KEY, name text, born date);

-- == with ==
CREATE TABLE people (id int PRIMARY KEY, name text, born date);
CREATE VIEW adults WITH (security_barrier) AS SELECT id, name FROM people WHERE born < '2000-01-01';
CREATE VIEW names AS SELECT name FROM adults;
ALTER VIEW adults ALTER COLUMN name SET DEFAULT 'nobody';
COMMENT ON VIEW adults IS 'of age';

-- == altered ==
CREATE TABLE people (id int PRIMARY KEY, name varchar(50), born date);
CREATE VIEW adults WITH (security_invoker = true) AS SELECT name, id, born FROM people WHERE born < '2001-01-01' WITH LOCAL CHECK OPTION;
CREATE VIEW names AS SELECT name FROM adults;
ALTER VIEW adults ALTER COLUMN name SET DEFAULT 'somebody', ALTER COLUMN born SET DEFAULT CURRENT_DATE;
COMMENT ON VIEW adults IS 'grown up';
COMMENT ON COLUMN adults.name IS 'the "name"';

-- == without to with ==
CREATE VIEW "adults" WITH (security_barrier='true') AS
SELECT people.id,
    people.name
   FROM people
  WHERE (people.born < '2000-01-01'::date);
ALTER VIEW "adults" ALTER COLUMN "name" SET DEFAULT 'nobody'::text;
COMMENT ON VIEW "adults" IS 'of age';
CREATE VIEW "names" AS
SELECT adults.name
   FROM adults;

-- == with to altered ==
DROP VIEW "names";
DROP VIEW "adults";
ALTER TABLE "people" ALTER COLUMN "name" TYPE character varying(50);
CREATE VIEW "adults" WITH (security_invoker='true', check_option='local') AS
SELECT people.name,
    people.id,
    people.born
   FROM people
  WHERE (people.born < '2001-01-01'::date);
ALTER VIEW "adults" ALTER COLUMN "born" SET DEFAULT CURRENT_DATE;
ALTER VIEW "adults" ALTER COLUMN "name" SET DEFAULT 'somebody'::character varying;
COMMENT ON VIEW "adults" IS 'grown up';
COMMENT ON COLUMN "adults"."name" IS 'the "name"';
CREATE VIEW "names" AS
SELECT adults.name
   FROM adults;

-- == altered to with ==
DROP VIEW "names";
DROP VIEW "adults";
ALTER TABLE "people" ALTER COLUMN "name" TYPE text;
CREATE VIEW "adults" WITH (security_barrier='true') AS
SELECT people.id,
    people.name
   FROM people
  WHERE (people.born < '2000-01-01'::date);
ALTER VIEW "adults" ALTER COLUMN "name" SET DEFAULT 'nobody'::text;
COMMENT ON VIEW "adults" IS 'of age';
CREATE VIEW "names" AS
SELECT adults.name
   FROM adults;

-- == with to without ==
DROP VIEW "names";
DROP VIEW "adults";
