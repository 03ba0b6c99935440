-- Triggers and rules: when, on what, under which condition; on a column whose type changes.
-- properties: trigger, trigger: condition, trigger: enabled, trigger: deferrable, rule, rule: enabled

-- == without ==
CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TABLE jars (id int PRIMARY KEY, n int);
CREATE TABLE log (id int);

-- == with ==
CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TABLE jars (id int PRIMARY KEY, n int);
CREATE TABLE log (id int);
CREATE TRIGGER before_it BEFORE UPDATE OF n ON jars FOR EACH ROW WHEN (NEW.n > 1) EXECUTE FUNCTION act();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jars FOR EACH ROW EXECUTE FUNCTION act();
CREATE RULE no_more AS ON DELETE TO jars DO ALSO INSERT INTO log VALUES (OLD.n);

-- == altered ==
CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'begin return old; end';
CREATE TABLE jars (id int PRIMARY KEY, n bigint);
CREATE TABLE log (id int);
CREATE TRIGGER before_it BEFORE INSERT OR UPDATE OF n ON jars FOR EACH ROW WHEN (NEW.n > 2) EXECUTE FUNCTION act();
ALTER TABLE jars DISABLE TRIGGER before_it;
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jars DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION act();
CREATE RULE no_more AS ON DELETE TO jars WHERE OLD.n > 3 DO INSTEAD NOTHING;
ALTER TABLE jars DISABLE RULE no_more;
COMMENT ON RULE no_more ON jars IS 'kept';

-- == without to with ==
CREATE TRIGGER before_it BEFORE UPDATE OF n ON jars FOR EACH ROW WHEN ((new.n > 1)) EXECUTE FUNCTION act();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jars NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION act();
CREATE RULE no_more AS
    ON DELETE TO jars DO  INSERT INTO log (id)
  VALUES (old.n);

-- == with to altered ==
DROP RULE IF EXISTS "no_more" ON "jars";
DROP TRIGGER IF EXISTS "later" ON "jars";
DROP TRIGGER IF EXISTS "before_it" ON "jars";
ALTER TABLE "jars" ALTER COLUMN "n" TYPE bigint;
CREATE OR REPLACE FUNCTION act()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$begin return old; end$function$;
CREATE TRIGGER before_it BEFORE INSERT OR UPDATE OF n ON jars FOR EACH ROW WHEN ((new.n > 2)) EXECUTE FUNCTION act();
ALTER TABLE "jars" DISABLE TRIGGER "before_it";
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jars DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION act();
CREATE RULE no_more AS
    ON DELETE TO jars
   WHERE (old.n > 3) DO INSTEAD NOTHING;
ALTER TABLE "jars" DISABLE RULE "no_more";
COMMENT ON RULE "no_more" ON "jars" IS 'kept';

-- == altered to with ==
DROP RULE IF EXISTS "no_more" ON "jars";
DROP TRIGGER IF EXISTS "later" ON "jars";
DROP TRIGGER IF EXISTS "before_it" ON "jars";
ALTER TABLE "jars" ALTER COLUMN "n" TYPE integer;
CREATE OR REPLACE FUNCTION act()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$begin return new; end$function$;
CREATE TRIGGER before_it BEFORE UPDATE OF n ON jars FOR EACH ROW WHEN ((new.n > 1)) EXECUTE FUNCTION act();
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON jars NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION act();
CREATE RULE no_more AS
    ON DELETE TO jars DO  INSERT INTO log (id)
  VALUES (old.n);

-- == with to without ==
DROP RULE IF EXISTS "no_more" ON "jars";
DROP TRIGGER IF EXISTS "later" ON "jars";
DROP TRIGGER IF EXISTS "before_it" ON "jars";
