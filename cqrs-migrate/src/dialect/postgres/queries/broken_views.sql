-- Finds the views that the server cannot print, as where what they call was deleted from the catalog by hand: their numbers
-- go into a setting of this transaction. One view that cannot be printed ends a query about all of them.
DO $$
DECLARE
    candidate oid;
    broken oid[] := '{}';
BEGIN
    FOR candidate IN SELECT c.oid FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384 LOOP
        BEGIN
            IF pg_get_viewdef(candidate) IS NULL THEN
                broken := broken || candidate;
            END IF;
        EXCEPTION WHEN internal_error THEN
            broken := broken || candidate;
        END;
    END LOOP;
    PERFORM set_config('cqrs.broken_views', array_to_string(broken, ','), true);
END
$$
