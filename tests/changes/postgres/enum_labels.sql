-- Labels come in at their places while a column, its default and an index use the type.

-- == before ==
CREATE TYPE mood AS ENUM ('calm', 'angry');
CREATE TABLE people (id int, is mood DEFAULT 'calm');
CREATE INDEX people_by_mood ON people ("is");

-- == after ==
CREATE TYPE mood AS ENUM ('asleep', 'calm', 'cross', 'angry');
CREATE TABLE people (id int, is mood DEFAULT 'calm');
CREATE INDEX people_by_mood ON people ("is");
COMMENT ON TYPE mood IS 'of people';

-- == there ==


-- == back ==

