-- The comments of constraints and indexes come and go, and nothing is made again.
-- properties: key: comment, check: comment, foreign key: comment, index: comment

-- == before ==
CREATE TABLE harbours (code char(5) PRIMARY KEY, depth int);
CREATE TABLE ships (
    id int CONSTRAINT ships_key PRIMARY KEY,
    callsign text CONSTRAINT ships_callsign UNIQUE,
    home char(5) CONSTRAINT ships_home REFERENCES harbours (code),
    tons int CONSTRAINT ships_tons CHECK (tons > 0),
    berth int4range,
    CONSTRAINT ships_berth EXCLUDE USING gist (berth WITH &&)
);
CREATE INDEX ships_by_tons ON ships (tons);

-- == after ==
CREATE TABLE harbours (code char(5) PRIMARY KEY, depth int);
CREATE TABLE ships (
    id int CONSTRAINT ships_key PRIMARY KEY,
    callsign text CONSTRAINT ships_callsign UNIQUE,
    home char(5) CONSTRAINT ships_home REFERENCES harbours (code),
    tons int CONSTRAINT ships_tons CHECK (tons > 0),
    berth int4range,
    CONSTRAINT ships_berth EXCLUDE USING gist (berth WITH &&)
);
CREATE INDEX ships_by_tons ON ships (tons);
COMMENT ON CONSTRAINT ships_key ON ships IS 'the number on the stern';
COMMENT ON CONSTRAINT ships_callsign ON ships IS 'it''s heard once';
COMMENT ON CONSTRAINT ships_home ON ships IS 'where it winters';
COMMENT ON CONSTRAINT ships_tons ON ships IS 'dry';
COMMENT ON CONSTRAINT ships_berth ON ships IS 'one at a time';
COMMENT ON INDEX ships_by_tons IS 'for the toll';

-- == before to after ==
COMMENT ON CONSTRAINT "ships_key" ON "ships" IS 'the number on the stern';
COMMENT ON CONSTRAINT "ships_callsign" ON "ships" IS 'it''s heard once';
COMMENT ON INDEX "ships_by_tons" IS 'for the toll';
COMMENT ON CONSTRAINT "ships_home" ON "ships" IS 'where it winters';
COMMENT ON CONSTRAINT "ships_tons" ON "ships" IS 'dry';
COMMENT ON CONSTRAINT "ships_berth" ON "ships" IS 'one at a time';

-- == after to before ==
COMMENT ON CONSTRAINT "ships_key" ON "ships" IS NULL;
COMMENT ON CONSTRAINT "ships_callsign" ON "ships" IS NULL;
COMMENT ON INDEX "ships_by_tons" IS NULL;
COMMENT ON CONSTRAINT "ships_home" ON "ships" IS NULL;
COMMENT ON CONSTRAINT "ships_tons" ON "ships" IS NULL;
COMMENT ON CONSTRAINT "ships_berth" ON "ships" IS NULL;
