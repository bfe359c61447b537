-- The numbered part of the record: leaves, tiles, checkpoints.

-- An entry waits for its number from the moment it is written (read_body.sql). It stops
-- waiting by getting it, and in no other way.
CREATE OR REPLACE FUNCTION audit_number_was_given() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM 1 FROM gone LEFT JOIN audit_leaf USING (entry_id)
     WHERE audit_leaf.entry_id IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'An entry waits until it has its number.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER only_numbered_entries_stop_waiting
    AFTER DELETE ON audit_unsequenced
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_number_was_given();

CREATE OR REPLACE TRIGGER who_waits_is_not_exchanged
    BEFORE UPDATE OR TRUNCATE ON audit_unsequenced
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'An entry waits until it has its number.',
        'Run `manage.py sequence_log`.'
    );

-- Numbers follow on each other without a gap, and each leaf is the hash of its entry.
CREATE OR REPLACE FUNCTION audit_leaves_follow() RETURNS trigger
    LANGUAGE plpgsql AS
$$
DECLARE
    low bigint;
    high bigint;
    many bigint;
BEGIN
    SELECT min(index), max(index), count(*) INTO low, high, many FROM added;
    IF many = 0 THEN
        RETURN NULL;
    END IF;
    IF high - low + 1 <> many
       OR low <> coalesce((SELECT max(index) + 1 FROM audit_leaf WHERE index < low), 0)
       OR high <> (SELECT max(index) FROM audit_leaf) THEN
        RAISE EXCEPTION 'The numbers of entries follow on each other.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    PERFORM 1 FROM added JOIN audit_entry ON audit_entry.id = added.entry_id
     WHERE audit_entry.leaf_hash <> added.hash;
    IF FOUND THEN
        RAISE EXCEPTION 'A leaf is the hash of its entry.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER leaves_follow_on_each_other
    AFTER INSERT ON audit_leaf
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION audit_leaves_follow();

CREATE OR REPLACE TRIGGER leaves_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'The number of an entry is never changed and never taken away.',
        'Record another entry that corrects it.'
    );

-- A tile only gets wider: what was published of it stays its beginning.
CREATE OR REPLACE FUNCTION audit_tile_grows() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF (NEW.level, NEW.number) IS DISTINCT FROM (OLD.level, OLD.number)
       OR length(NEW.hashes) <= length(OLD.hashes)
       OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION 'A tile only gets wider.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER tiles_only_get_wider
    BEFORE UPDATE ON audit_tile
    FOR EACH ROW EXECUTE FUNCTION audit_tile_grows();

CREATE OR REPLACE TRIGGER tiles_stay
    BEFORE DELETE OR TRUNCATE ON audit_tile
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'A tile that was published stays.',
        'To check the tree, run `manage.py verify_log`.'
    );

CREATE OR REPLACE TRIGGER checkpoints_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'A checkpoint that was published is never changed and never taken back.',
        'Publish another one: `manage.py sequence_log`.'
    );

CREATE OR REPLACE TRIGGER cosignatures_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(
        'What a witness signed is never changed and never taken away.',
        'Add another cosignature.'
    );
