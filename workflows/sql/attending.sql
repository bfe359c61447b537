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

-- Nobody comes or leaves between the opening of a vote and its result; and only a
-- members' assembly lets people take part from elsewhere.
CREATE OR REPLACE FUNCTION workflows_people_vote(the_sitting bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM workflows_ballot WHERE sitting_id = the_sitting
                AND state IN ('open', 'counted', 'witnessed'))
$$;

CREATE OR REPLACE FUNCTION workflows_who_votes_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF workflows_people_vote(CASE TG_OP WHEN 'DELETE' THEN OLD.sitting_id
                                        ELSE NEW.sitting_id END) THEN
        PERFORM workflows_refuse_attendance('a vote is being taken');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.how <> 'in_person' AND NOT EXISTS (
        SELECT FROM workflows_sitting WHERE id = NEW.sitting_id AND body = 'members'
    ) THEN
        PERFORM workflows_refuse_attendance('not in the room');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER who_votes_stays
    BEFORE INSERT OR DELETE OR UPDATE OF how, left_at ON workflows_attendance
    FOR EACH ROW EXECUTE FUNCTION workflows_who_votes_stays();

-- The same of the numbers that votes are judged by; a sitting that is over stays so.
CREATE OR REPLACE FUNCTION workflows_sitting_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('closed', 'lapsed') THEN
        PERFORM workflows_refuse_attendance('the sitting is over');
    ELSIF workflows_people_vote(OLD.id) THEN
        PERFORM workflows_refuse_attendance('a vote is being taken');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER a_sitting_stays_while_people_vote
    BEFORE UPDATE ON workflows_sitting FOR EACH ROW
    WHEN ((OLD.state, OLD.roster_id, OLD.body, OLD.mode, OLD.held_at, OLD.ruleset,
           OLD.in_person, OLD.online, OLD.by_proxy, OLD.strangers, OLD.paper)
        IS DISTINCT FROM
          (NEW.state, NEW.roster_id, NEW.body, NEW.mode, NEW.held_at, NEW.ruleset,
           NEW.in_person, NEW.online, NEW.by_proxy, NEW.strangers, NEW.paper))
    EXECUTE FUNCTION workflows_sitting_stays();

-- Who came, how many, and how far a sitting and its votes are does not change without
-- an entry of the same transaction: the next act would seal what it found.
CREATE OR REPLACE FUNCTION workflows_sitting_change_is_recorded() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    of jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    the_sitting bigint := coalesce(of ->> 'sitting_id', of ->> 'id')::bigint;
BEGIN
    PERFORM FROM (
        SELECT 'sitting/' || uid AS subject FROM workflows_sitting
         WHERE id = the_sitting
        UNION SELECT 'ballot/' || b.uid FROM workflows_ballot b
         WHERE b.sitting_id = the_sitting
        UNION SELECT 'matter/' || m.uid FROM workflows_ballot b
          JOIN workflows_matter m ON m.id = b.matter_id
         WHERE b.sitting_id = the_sitting
    ) AS told, LATERAL (
        SELECT txid FROM audit_entry WHERE audit_entry.subject = told.subject
         ORDER BY id DESC LIMIT 1
    ) AS newest WHERE newest.txid = pg_current_xact_id()::text::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% of % without an entry', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'a_sitting_change_is_recorded';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS a_sitting_change_is_recorded ON workflows_attendance;
CREATE CONSTRAINT TRIGGER a_sitting_change_is_recorded
    AFTER INSERT OR DELETE OR UPDATE OF how, signed, came_at, left_at
    ON workflows_attendance DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION workflows_sitting_change_is_recorded();
DROP TRIGGER IF EXISTS a_sitting_change_is_recorded ON workflows_sitting;
CREATE CONSTRAINT TRIGGER a_sitting_change_is_recorded
    AFTER UPDATE OF state, roster_id, in_person, online, by_proxy, strangers
    ON workflows_sitting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION workflows_sitting_change_is_recorded();
DROP TRIGGER IF EXISTS a_sitting_change_is_recorded ON workflows_ballot;
CREATE CONSTRAINT TRIGGER a_sitting_change_is_recorded
    AFTER UPDATE OF state, method, closes_at
    ON workflows_ballot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION workflows_sitting_change_is_recorded();
