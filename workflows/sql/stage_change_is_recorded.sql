-- No matter appears, and none changes its stage, without an entry of the same
-- transaction that says so; and only along the edges of the machine. Every matter
-- begins as a draft, and stands where its newest entry says.
CREATE OR REPLACE FUNCTION workflows_stage_move_is_lawful() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT workflows_stage_may_follow(OLD.stage, NEW.stage) THEN
        RAISE EXCEPTION 'matter %: % does not follow %', NEW.uid, NEW.stage, OLD.stage
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stage_moves';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER stage_moves
    BEFORE UPDATE OF stage ON workflows_matter FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
    EXECUTE FUNCTION workflows_stage_move_is_lawful();

CREATE OR REPLACE FUNCTION workflows_matter_begins_as_a_draft() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'matter % begins at %', NEW.uid, NEW.stage
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_matter_begins_as_a_draft';
END $$;

CREATE OR REPLACE TRIGGER a_matter_begins_as_a_draft
    BEFORE INSERT ON workflows_matter FOR EACH ROW
    WHEN (NEW.stage IS DISTINCT FROM 'drafted')
    EXECUTE FUNCTION workflows_matter_begins_as_a_draft();

-- Entries name a matter by its public id, so that it never changes.
CREATE OR REPLACE FUNCTION workflows_matter_keeps_its_name() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'matter % is named in the record', OLD.uid
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_matter_keeps_its_name';
END $$;

CREATE OR REPLACE TRIGGER a_matter_keeps_its_name
    BEFORE UPDATE OF uid ON workflows_matter FOR EACH ROW
    WHEN (OLD.uid IS DISTINCT FROM NEW.uid)
    EXECUTE FUNCTION workflows_matter_keeps_its_name();

CREATE OR REPLACE FUNCTION workflows_stage_change_is_recorded() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    came_from text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.stage END;
    this_one bigint := pg_current_xact_id()::text::bigint;
    newest record;
BEGIN
    SELECT stage, from_stage, txid INTO newest FROM audit_entry
     WHERE subject = 'matter/' || NEW.uid AND stage IS NOT NULL
     ORDER BY id DESC LIMIT 1;
    IF newest.stage = NEW.stage AND newest.txid = this_one
       AND newest.from_stage IS NOT DISTINCT FROM came_from THEN
        RETURN NULL;
    END IF;
    -- A transaction may move a matter several times; each move has its entry, and one
    -- does not vouch for going to and fro.
    PERFORM 1 FROM audit_entry
     WHERE subject = 'matter/' || NEW.uid
       AND stage = NEW.stage
       AND from_stage IS NOT DISTINCT FROM came_from
       AND txid = this_one;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'matter % came to % without an entry', NEW.uid, NEW.stage
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'stage_change_is_recorded';
    END IF;
    PERFORM 1 FROM workflows_matter WHERE id = NEW.id AND stage = newest.stage;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'matter % is not where its newest entry says', NEW.uid
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'stage_change_is_recorded';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS stage_change_is_recorded ON workflows_matter;
CREATE CONSTRAINT TRIGGER stage_change_is_recorded
    AFTER UPDATE OF stage ON workflows_matter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
    EXECUTE FUNCTION workflows_stage_change_is_recorded();

DROP TRIGGER IF EXISTS a_new_matter_is_recorded ON workflows_matter;
CREATE CONSTRAINT TRIGGER a_new_matter_is_recorded
    AFTER INSERT ON workflows_matter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION workflows_stage_change_is_recorded();
