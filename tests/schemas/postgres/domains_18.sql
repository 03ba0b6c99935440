-- since 18
-- A domain whose NOT NULL has a name, and comments on both kinds of rule.
CREATE DOMAIN named AS integer CONSTRAINT "must be; there" NOT NULL CONSTRAINT low CHECK (VALUE > 0);
CREATE DOMAIN unnamed AS text NOT NULL;
COMMENT ON CONSTRAINT "must be; there" ON DOMAIN named IS 'it''s needed';
COMMENT ON CONSTRAINT unnamed_not_null ON DOMAIN unnamed IS 'this too';
CREATE TABLE holds (a named, b unnamed);
