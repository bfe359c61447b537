-- No matter appears, and none changes its stage, without an entry of the same
-- transaction that says so; and only along the edges of the machine.
CREATE FUNCTION workflows_stage_move_is_lawful() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT workflows_stage_may_follow(OLD.stage, NEW.stage) THEN
        RAISE EXCEPTION 'matter %: % does not follow %', NEW.uid, NEW.stage, OLD.stage
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stage_moves';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER stage_moves
    BEFORE UPDATE OF stage ON workflows_matter FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
    EXECUTE FUNCTION workflows_stage_move_is_lawful();

CREATE FUNCTION workflows_stage_change_is_recorded() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM audit_entry
     WHERE subject = 'matter/' || NEW.uid
       AND stage = NEW.stage
       AND (TG_OP = 'INSERT' OR from_stage = OLD.stage)
       AND txid = pg_current_xact_id()::text::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'matter % came to % without an entry', NEW.uid, NEW.stage
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'stage_change_is_recorded';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER stage_change_is_recorded
    AFTER UPDATE OF stage ON workflows_matter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
    EXECUTE FUNCTION workflows_stage_change_is_recorded();

CREATE CONSTRAINT TRIGGER a_new_matter_is_recorded
    AFTER INSERT ON workflows_matter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION workflows_stage_change_is_recorded();
