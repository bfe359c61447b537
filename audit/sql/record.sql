-- An entry and what it keeps sealed, in one journey from the application. A session
-- plans these statements once; sent from outside they would be planned for every act,
-- which takes as long as everything else.

CREATE OR REPLACE FUNCTION audit_record(
    body text, paths text[], salts bytea[], sealed text[]
) RETURNS bigint
    LANGUAGE plpgsql AS
$$
DECLARE
    entry bigint;
BEGIN
    INSERT INTO audit_entry (body) VALUES (audit_record.body) RETURNING id INTO entry;
    INSERT INTO audit_commitment (entry_id, path, salt, value)
        SELECT entry, kept.path, kept.salt, kept.value
        FROM unnest(paths, salts, sealed) AS kept (path, salt, value);
    RETURN entry;
END
$$;
