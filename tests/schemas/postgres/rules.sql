-- Rules of tables and views.
CREATE SCHEMA app;
CREATE TABLE "TO t" (id integer PRIMARY KEY, a text);
CREATE TABLE app.log (id integer, what text, at timestamptz DEFAULT now());
CREATE VIEW v AS SELECT id, a FROM "TO t" WHERE a <> ' TO public.v';
CREATE RULE "TO public.r" AS ON INSERT TO v DO INSTEAD INSERT INTO "TO t" VALUES (NEW.id, NEW.a) RETURNING "TO t".id, "TO t".a;
CREATE RULE many AS ON UPDATE TO "TO t" WHERE NEW.a IS DISTINCT FROM OLD.a
    DO ALSO (INSERT INTO app.log (id, what) VALUES (NEW.id, 'changed; twice'); DELETE FROM app.log WHERE id < 0;
        UPDATE app.log SET what = NEW.a WHERE id = OLD.id);
CREATE RULE nothing AS ON DELETE TO app.log DO INSTEAD NOTHING;
CREATE RULE off AS ON INSERT TO app.log DO ALSO NOTIFY "app log";
CREATE RULE always AS ON UPDATE TO app.log DO INSTEAD SELECT * FROM v;
ALTER TABLE app.log DISABLE RULE off;
ALTER TABLE app.log ENABLE ALWAYS RULE always;
COMMENT ON RULE many ON "TO t" IS 'many things';
