-- Row security is switched on, forced, and off; a policy stands on a column whose type changes.
-- properties: table: row security, policy

-- == without ==
CREATE TABLE secrets (id int PRIMARY KEY, owner varchar(20));

-- == with ==
CREATE TABLE secrets (id int PRIMARY KEY, owner varchar(20));
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets FOR SELECT USING (owner = current_user);

-- == altered ==
CREATE TABLE secrets (id int PRIMARY KEY, owner text);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets AS RESTRICTIVE FOR UPDATE USING (owner = current_user) WITH CHECK (id > 0);
COMMENT ON POLICY own ON secrets IS 'ones own';

-- == without to with ==
ALTER TABLE "secrets" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets FOR SELECT TO PUBLIC USING (((owner)::text = CURRENT_USER));

-- == with to altered ==
DROP POLICY IF EXISTS "own" ON "secrets";
ALTER TABLE "secrets"
    ALTER COLUMN "owner" TYPE text,
    FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets AS RESTRICTIVE FOR UPDATE TO PUBLIC USING ((owner = CURRENT_USER)) WITH CHECK ((id > 0));
COMMENT ON POLICY "own" ON "secrets" IS 'ones own';

-- == altered to with ==
DROP POLICY IF EXISTS "own" ON "secrets";
ALTER TABLE "secrets"
    ALTER COLUMN "owner" TYPE character varying(20),
    NO FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets FOR SELECT TO PUBLIC USING (((owner)::text = CURRENT_USER));

-- == with to without ==
DROP POLICY IF EXISTS "own" ON "secrets";
ALTER TABLE "secrets" DISABLE ROW LEVEL SECURITY;
