-- One row for each object that belongs to an extension: its catalog table, its number, the number of the extension.
SELECT d.classid, d.objid, d.refobjid
FROM pg_depend d
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.objid >= 16384
