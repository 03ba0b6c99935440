-- One row for each comment: the catalog table and the number of the object, the number of its column or zero, the text.
-- $1: nothing, or the relations to read: the columns of others are left out.
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_description d
WHERE d.objoid >= 16384
  AND (d.objsubid = 0 OR d.objoid = ANY ($1)) -- chosen
