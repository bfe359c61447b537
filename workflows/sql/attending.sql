-- Who came is entered for the roster of the sitting, once, and until it ends. What is
-- personal may still be erased afterwards.

CREATE OR REPLACE FUNCTION workflows_refuse_attendance(what text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'attendance refused: %', what
        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_came_is_entered_in_time';
END $$;

-- The lock makes who enters somebody wait for who ends the sitting, and the other way
-- round. Called with 'line' for tables whose rows are lines of a roster.
CREATE OR REPLACE FUNCTION workflows_who_came_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    the_sitting bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.sitting_id
                                     ELSE OLD.sitting_id END;
    held record;
BEGIN
    SELECT state, roster_id INTO held
      FROM workflows_sitting WHERE id = the_sitting FOR SHARE;
    IF held.state IN ('closed', 'lapsed') THEN
        PERFORM workflows_refuse_attendance('the sitting is over');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.sitting_id <> OLD.sitting_id THEN
        PERFORM workflows_refuse_attendance('of another sitting');
    END IF;
    IF TG_ARGV[0] = 'line' THEN
        IF TG_OP = 'UPDATE' AND NEW.entry_id <> OLD.entry_id THEN
            PERFORM workflows_refuse_attendance('of another person');
        END IF;
        PERFORM FROM villages_rosterentry
          WHERE id = NEW.entry_id AND roster_id = held.roster_id;
        IF NOT FOUND THEN
            PERFORM workflows_refuse_attendance('not on the roster of the sitting');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER who_came_stays
    BEFORE INSERT OR DELETE
        OR UPDATE OF sitting_id, entry_id, how, signed, came_at, left_at
    ON workflows_attendance FOR EACH ROW
    EXECUTE FUNCTION workflows_who_came_stays('line');
CREATE OR REPLACE TRIGGER who_came_stays
    BEFORE INSERT OR DELETE OR UPDATE OF sitting_id, entry_id, hash
    ON workflows_signature FOR EACH ROW
    EXECUTE FUNCTION workflows_who_came_stays('line');
CREATE OR REPLACE TRIGGER who_came_stays
    BEFORE INSERT OR DELETE OR UPDATE OF sitting_id, entry_id, reason
    ON workflows_absence FOR EACH ROW
    EXECUTE FUNCTION workflows_who_came_stays('line');
CREATE OR REPLACE TRIGGER who_came_stays
    BEFORE INSERT OR DELETE OR UPDATE OF sitting_id, capacity
    ON workflows_observer FOR EACH ROW
    EXECUTE FUNCTION workflows_who_came_stays();

-- Once something was put to the vote, nobody who was there has not been.
CREATE OR REPLACE FUNCTION workflows_voters_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM workflows_ballot
      WHERE sitting_id = OLD.sitting_id AND state NOT IN ('scheduled', 'voided');
    IF FOUND THEN
        PERFORM workflows_refuse_attendance('votes were taken with this person there');
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER voters_stay
    BEFORE DELETE ON workflows_attendance FOR EACH ROW
    EXECUTE FUNCTION workflows_voters_stay();

CREATE OR REPLACE FUNCTION workflows_who_came_is_not_truncated() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM workflows_refuse_attendance(TG_OP);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER who_came_is_not_truncated
    BEFORE TRUNCATE ON workflows_attendance FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_who_came_is_not_truncated();
CREATE OR REPLACE TRIGGER who_came_is_not_truncated
    BEFORE TRUNCATE ON workflows_signature FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_who_came_is_not_truncated();
CREATE OR REPLACE TRIGGER who_came_is_not_truncated
    BEFORE TRUNCATE ON workflows_absence FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_who_came_is_not_truncated();
CREATE OR REPLACE TRIGGER who_came_is_not_truncated
    BEFORE TRUNCATE ON workflows_observer FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_who_came_is_not_truncated();
