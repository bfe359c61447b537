-- A frozen roster stays as it is: neither its lines nor its count, root and time change.

CREATE OR REPLACE FUNCTION villages_refuse_frozen(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_is_frozen: %', what USING ERRCODE = 'restrict_violation';
END $$;

-- The lock makes who writes a line wait for who freezes, and the other way round; a
-- foreign key's own lock is weaker than that.
CREATE OR REPLACE FUNCTION villages_lines_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM villages_roster
        WHERE id IN (SELECT roster_id FROM touched) ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT FROM villages_roster
        WHERE id IN (SELECT roster_id FROM touched) AND frozen_at IS NOT NULL
    ) THEN
        PERFORM villages_refuse_frozen(TG_OP || ' of a line');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER no_line_is_added_to_a_frozen_roster
    AFTER INSERT ON villages_rosterentry
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION villages_lines_stay();

CREATE OR REPLACE TRIGGER no_line_leaves_a_frozen_roster
    AFTER DELETE ON villages_rosterentry
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION villages_lines_stay();

CREATE OR REPLACE TRIGGER no_line_of_a_frozen_roster_changes
    AFTER UPDATE ON villages_rosterentry
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION villages_lines_stay();

CREATE OR REPLACE TRIGGER no_line_moves_to_a_frozen_roster
    AFTER UPDATE ON villages_rosterentry
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION villages_lines_stay();

CREATE OR REPLACE FUNCTION villages_roster_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM villages_refuse_frozen(TG_OP);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER frozen_roster_does_not_change
    BEFORE UPDATE OR DELETE ON villages_roster
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
    EXECUTE FUNCTION villages_roster_stays();

CREATE OR REPLACE TRIGGER rosters_are_not_truncated
    BEFORE TRUNCATE ON villages_roster
    FOR EACH STATEMENT EXECUTE FUNCTION villages_roster_stays();

CREATE OR REPLACE TRIGGER lines_are_not_truncated
    BEFORE TRUNCATE ON villages_rosterentry
    FOR EACH STATEMENT EXECUTE FUNCTION villages_roster_stays();

-- A roster is born open, and is frozen with the count that its lines have.
CREATE OR REPLACE FUNCTION villages_roster_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.frozen_at IS NOT NULL AND NEW.eligible <> (
        SELECT count(*) FROM villages_rosterentry
        WHERE roster_id = NEW.id AND left_out = ''
    ) THEN
        RAISE EXCEPTION 'roster_is_counted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER roster_is_frozen_with_its_own_count
    BEFORE INSERT OR UPDATE OF frozen_at ON villages_roster
    FOR EACH ROW EXECUTE FUNCTION villages_roster_is_counted();
