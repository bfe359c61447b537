-- What was recorded stays as it was recorded. Statements are refused before they look
-- for rows, so that one that would have met none is refused as well.

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0]
        USING HINT = TG_ARGV[1], ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE OR REPLACE TRIGGER entries_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'An entry of the record is never changed and never deleted.',
        'Record another entry that corrects it.'
    );

CREATE OR REPLACE TRIGGER commitments_can_only_be_erased
    BEFORE UPDATE OR TRUNCATE ON audit_commitment
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'What an entry keeps sealed is never changed.',
        'To erase personal data, delete the rows that hold it.'
    );
