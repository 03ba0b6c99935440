-- Constraints and indexes that only have other names are renamed.
-- properties: constraint name, index: name

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
    id int CONSTRAINT stern PRIMARY KEY,
    callsign text CONSTRAINT calls UNIQUE,
    home char(5) CONSTRAINT winter REFERENCES harbours (code),
    tons int CONSTRAINT heavy CHECK (tons > 0),
    berth int4range,
    CONSTRAINT ships_berth EXCLUDE USING gist (berth WITH &&)
);
CREATE INDEX tolls ON ships (tons);

-- == before to after ==
ALTER TABLE "ships" RENAME CONSTRAINT "ships_key" TO "stern";
ALTER TABLE "ships" RENAME CONSTRAINT "ships_callsign" TO "calls";
ALTER INDEX "ships_by_tons" RENAME TO "tolls";
ALTER TABLE "ships" RENAME CONSTRAINT "ships_home" TO "winter";
ALTER TABLE "ships" RENAME CONSTRAINT "ships_tons" TO "heavy";

-- == after to before ==
ALTER TABLE "ships" RENAME CONSTRAINT "stern" TO "ships_key";
ALTER TABLE "ships" RENAME CONSTRAINT "calls" TO "ships_callsign";
ALTER INDEX "tolls" RENAME TO "ships_by_tons";
ALTER TABLE "ships" RENAME CONSTRAINT "winter" TO "ships_home";
ALTER TABLE "ships" RENAME CONSTRAINT "heavy" TO "ships_tons";
