-- A domain that columns are of: its default, whether it may be null, its checks and their comments.
-- properties: domain, domain: default, domain: not null, domain: check, domain: comment

-- == before ==
CREATE DOMAIN percent AS int DEFAULT 0 CONSTRAINT low CHECK (VALUE >= 0);
CREATE TABLE marks (id int, points percent);

-- == after ==
CREATE DOMAIN percent AS int DEFAULT 50 NOT NULL CONSTRAINT high CHECK (VALUE <= 100);
COMMENT ON CONSTRAINT high ON DOMAIN percent IS 'all of it';
CREATE TABLE marks (id int, points percent);

-- == before to after ==
ALTER DOMAIN "percent" DROP CONSTRAINT low;
ALTER DOMAIN "percent" DROP DEFAULT;
ALTER DOMAIN "percent" ADD CONSTRAINT high CHECK ((VALUE <= 100));
ALTER DOMAIN "percent" SET DEFAULT 50;
ALTER DOMAIN "percent" SET NOT NULL;
COMMENT ON CONSTRAINT high ON DOMAIN percent IS 'all of it';

-- == after to before ==
COMMENT ON CONSTRAINT high ON DOMAIN percent IS NULL;
ALTER DOMAIN "percent" DROP CONSTRAINT high;
ALTER DOMAIN "percent" DROP DEFAULT;
ALTER DOMAIN "percent" DROP NOT NULL;
ALTER DOMAIN "percent" ADD CONSTRAINT low CHECK ((VALUE >= 0));
ALTER DOMAIN "percent" SET DEFAULT 0;
