-- What a verification found stays.

CREATE OR REPLACE TRIGGER verifications_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_verification
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'What a verification found is never changed.',
        'Run it again: `manage.py verify_log`.'
    );
