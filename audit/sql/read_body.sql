-- The columns of an entry are what its body says, whatever the writer gave: all are read
-- off in one reading. (Generated columns would parse the body once for each of them, and
-- their expressions anew for every entry.)
--
-- So is the transaction an entry was written in the database's word, not the writer's: a
-- change of stage asks for an entry of its own transaction.
--
-- The leaf is that of RFC 6962: 0x00 and the bytes of the entry. And from this moment
-- the entry waits for its number.

CREATE OR REPLACE FUNCTION audit_read_body() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    SELECT id, kind, village, subject, office, held_on, recorded_at,
           facts ->> 'stage', facts ->> 'from_stage', clock IS NOT DISTINCT FROM 'scenario'
      INTO NEW.uid, NEW.kind, NEW.village, NEW.subject, NEW.office, NEW.held_on,
           NEW.recorded_at, NEW.stage, NEW.from_stage, NEW.scenario
      FROM json_to_record(NEW.body::json) AS said (
           id text, kind text, village text, subject text, office text, held_on date,
           recorded_at timestamptz, facts json, clock text);
    NEW.leaf_hash := sha256('\x00'::bytea || convert_to(NEW.body, 'UTF8'));
    NEW.txid := txid_current();
    INSERT INTO audit_unsequenced (entry_id) VALUES (NEW.id);
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER entries_are_what_their_body_says
    BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_read_body();
