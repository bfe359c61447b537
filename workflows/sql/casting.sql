-- Votes are cast by workflows_cast() alone, once by each who may, while the ballot is
-- open. The time is told to it; nothing here asks the database what time it is.

-- Why this line of the roster may not vote on that ballot at that moment; '' where it
-- may. It is true until the transaction ends where the ballot is held meanwhile.
CREATE OR REPLACE FUNCTION workflows_why_not(
    the_ballot bigint, the_entry bigint, cast_at timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    put record;
    voter record;
BEGIN
    SELECT state, method, closes_at, sitting_id INTO put
      FROM workflows_ballot WHERE id = the_ballot;
    IF put.state IS DISTINCT FROM 'open' OR put.method NOT IN ('named', 'secret') THEN
        RETURN 'not_open';
    ELSIF put.closes_at <= cast_at THEN
        RETURN 'closed';
    END IF;
    SELECT line.left_out, came.id IS NULL AS absent, came.left_at,
           EXISTS (SELECT FROM workflows_recusal
                    WHERE ballot_id = the_ballot AND entry_id = the_entry) AS recused,
           EXISTS (SELECT FROM workflows_participation
                    WHERE ballot_id = the_ballot AND entry_id = the_entry) AS voted
      INTO voter
      FROM workflows_sitting held
      JOIN villages_rosterentry line ON line.roster_id = held.roster_id
      LEFT JOIN workflows_attendance came
        ON came.sitting_id = held.id AND came.entry_id = line.id
     WHERE held.id = put.sitting_id AND line.id = the_entry;
    RETURN CASE
        WHEN NOT FOUND THEN 'stranger'
        WHEN voter.left_out = 'probationary' THEN 'probationary'
        WHEN voter.left_out <> '' THEN 'stranger'
        WHEN voter.absent THEN 'absent'
        WHEN voter.recused THEN 'recused'
        WHEN voter.voted THEN 'voted'
        WHEN voter.left_at IS NOT NULL THEN 'left'
        ELSE ''
    END;
END $$;

-- Whoever votes holds the ballot, so that it does not end meanwhile: who ends it waits
-- for those who have begun, and whoever begins after that waits for the end. A lock on
-- the row would be handed to the next voter, past who ends the vote, as long as people
-- press on and on; and each of a whole village would write down that they hold it.
CREATE OR REPLACE FUNCTION workflows_hold_ballot(the_ballot bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        hashtextextended('workflows_ballot', the_ballot));
END $$;

CREATE OR REPLACE FUNCTION workflows_hold_votes(the_ballot bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('workflows_ballot', the_ballot));
END $$;

-- The same for whoever ends a ballot by hand.
CREATE OR REPLACE FUNCTION workflows_ends_between_votes() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM workflows_hold_votes(OLD.id);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER a_ballot_ends_between_votes
    BEFORE UPDATE OF state ON workflows_ballot FOR EACH ROW
    WHEN (OLD.state = 'open' AND NEW.state <> 'open')
    EXECUTE FUNCTION workflows_ends_between_votes();

-- Casts a vote: who took part, what was chosen, what the voter keeps. '' where it
-- counts, else why it does not, which the guard of the first row finds out and says by
-- 'workflows.why'. Who presses twice at once waits for the first.
-- What was chosen was told before, in a statement of its own: servers write slow
-- statements and failed ones into their log, and none may tell who chose what. It is
-- told under a word that is used once; told to another session it is no choice.
CREATE OR REPLACE FUNCTION workflows_cast(
    the_ballot bigint, the_entry bigint, cast_at timestamptz, code text, word text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    told text[] := string_to_array(current_setting('workflows.chosen', true), ' ');
    chosen text := CASE WHEN told[1] = word THEN told[2] ELSE '' END;
    why text := '';
    named boolean;
BEGIN
    PERFORM set_config('workflows.chosen', '', false),
            set_config('workflows.cast_at', cast_at::text, true),
            set_config('workflows.why', 'voted', true);
    SELECT method = 'named' INTO named FROM workflows_ballot WHERE id = the_ballot;
    INSERT INTO workflows_participation (ballot_id, entry_id, choice)
        VALUES (the_ballot, the_entry, CASE WHEN named THEN chosen ELSE '' END)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        why := current_setting('workflows.why');
    ELSE
        IF NOT named THEN
            INSERT INTO workflows_secretvote (token, ballot_id, choice)
                VALUES (gen_random_uuid(), the_ballot, chosen);
        END IF;
        INSERT INTO workflows_receipt (code, ballot_id) VALUES (code, the_ballot);
    END IF;
    PERFORM set_config('workflows.cast_at', '', true),
            set_config('workflows.why', '', true);
    RETURN why;
END $$;

-- The same for who has signed in, as the person they are on the roster; NULL where
-- there is no such ballot.
CREATE OR REPLACE FUNCTION workflows_cast_by_resident(
    the_uid text, the_resident bigint, cast_at timestamptz, code text, word text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    put record;
    the_entry bigint;
BEGIN
    SELECT id, sitting_id INTO put FROM workflows_ballot WHERE uid = the_uid;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT line.id INTO the_entry
      FROM workflows_sitting held
      JOIN villages_rosterentry line ON line.roster_id = held.roster_id
     WHERE held.id = put.sitting_id AND line.resident_id = the_resident;
    RETURN workflows_cast(put.id, the_entry, cast_at, code, word);
END $$;

-- The same for whoever holds a slip; NULL where there is none, or none any more. While
-- the ballot is held nobody prints another slip, which would void this one.
CREATE OR REPLACE FUNCTION workflows_cast_by_slip(
    held text, cast_at timestamptz, code text, word text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    slip record;
BEGIN
    SELECT ballot_id INTO slip FROM workflows_slip WHERE hash = held;
    PERFORM workflows_hold_ballot(slip.ballot_id);
    SELECT ballot_id, entry_id INTO slip FROM workflows_slip WHERE hash = held;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN workflows_cast(slip.ballot_id, slip.entry_id, cast_at, code, word);
END $$;

CREATE OR REPLACE FUNCTION workflows_refuse_vote(what text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'vote refused: %', what
        USING ERRCODE = 'check_violation', CONSTRAINT = 'votes_are_cast_once';
END $$;

-- Who may vote is judged here, of workflows_cast() and of whoever writes a row by hand,
-- while the ballot is held. Inside another trigger, it is the closing that writes down
-- anew what was cast before. That nobody votes twice is left to the key where a row is
-- written by hand: who pressed first may not have committed yet.
CREATE OR REPLACE FUNCTION workflows_participation_is_cast() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    cast_at text := coalesce(current_setting('workflows.cast_at', true), '');
    asked boolean := coalesce(current_setting('workflows.why', true), '') <> '';
    why text;
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF cast_at = '' THEN
        PERFORM workflows_refuse_vote('not by workflows_cast()');
    END IF;
    PERFORM workflows_hold_ballot(NEW.ballot_id);
    why := workflows_why_not(NEW.ballot_id, NEW.entry_id, cast_at::timestamptz);
    IF why <> '' AND asked THEN
        PERFORM set_config('workflows.why', why, true);
        RETURN NULL;
    ELSIF why NOT IN ('', 'voted') THEN
        PERFORM workflows_refuse_vote(why);
    END IF;
    IF (NEW.choice = '') IS DISTINCT FROM (
        SELECT method = 'secret' FROM workflows_ballot WHERE id = NEW.ballot_id
    ) THEN
        PERFORM workflows_refuse_vote('a name beside a secret vote, or none beside another');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER participation_is_cast
    BEFORE INSERT ON workflows_participation FOR EACH ROW
    EXECUTE FUNCTION workflows_participation_is_cast();

CREATE OR REPLACE FUNCTION workflows_vote_is_cast() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF coalesce(current_setting('workflows.cast_at', true), '') = '' THEN
        PERFORM workflows_refuse_vote('not by workflows_cast()');
    END IF;
    PERFORM workflows_hold_ballot(NEW.ballot_id);
    PERFORM FROM workflows_ballot WHERE id = NEW.ballot_id AND state = 'open';
    IF NOT FOUND THEN
        PERFORM workflows_refuse_vote('not_open');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER secret_vote_is_cast
    BEFORE INSERT ON workflows_secretvote FOR EACH ROW
    EXECUTE FUNCTION workflows_vote_is_cast();

CREATE OR REPLACE TRIGGER receipt_is_given_with_a_vote
    BEFORE INSERT ON workflows_receipt FOR EACH ROW
    EXECUTE FUNCTION workflows_vote_is_cast();

-- What was cast stays: nothing is changed, and only the closing takes rows away, which
-- it writes down anew.
CREATE OR REPLACE FUNCTION workflows_votes_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'votes stay: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER participations_stay
    BEFORE UPDATE OR DELETE ON workflows_participation FOR EACH ROW
    EXECUTE FUNCTION workflows_votes_stay();
CREATE OR REPLACE TRIGGER secret_votes_stay
    BEFORE UPDATE OR DELETE ON workflows_secretvote FOR EACH ROW
    EXECUTE FUNCTION workflows_votes_stay();
CREATE OR REPLACE TRIGGER receipts_stay
    BEFORE UPDATE OR DELETE ON workflows_receipt FOR EACH ROW
    EXECUTE FUNCTION workflows_votes_stay();
CREATE OR REPLACE TRIGGER participations_are_not_truncated
    BEFORE TRUNCATE ON workflows_participation FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_votes_stay();
CREATE OR REPLACE TRIGGER secret_votes_are_not_truncated
    BEFORE TRUNCATE ON workflows_secretvote FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_votes_stay();
CREATE OR REPLACE TRIGGER receipts_are_not_truncated
    BEFORE TRUNCATE ON workflows_receipt FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_votes_stay();

-- Who has voted is not recused afterwards; nor is anybody once hands are raised.
CREATE OR REPLACE FUNCTION workflows_recused_in_time() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM workflows_hold_votes(NEW.ballot_id);
    PERFORM FROM workflows_ballot
      WHERE id = NEW.ballot_id
        AND (state = 'scheduled' OR state = 'open' AND method IN ('named', 'secret'))
        FOR UPDATE;
    IF NOT FOUND OR EXISTS (
        SELECT FROM workflows_participation
         WHERE ballot_id = NEW.ballot_id AND entry_id = NEW.entry_id
    ) THEN
        RAISE EXCEPTION 'too late to be recused'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recused_in_time';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER recused_in_time
    BEFORE INSERT ON workflows_recusal FOR EACH ROW
    EXECUTE FUNCTION workflows_recused_in_time();

CREATE OR REPLACE FUNCTION workflows_recusals_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'recusals stay: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER recusals_stay
    BEFORE UPDATE OF ballot_id, entry_id OR DELETE ON workflows_recusal FOR EACH ROW
    EXECUTE FUNCTION workflows_recusals_stay();
CREATE OR REPLACE TRIGGER recusals_are_not_truncated
    BEFORE TRUNCATE ON workflows_recusal FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_recusals_stay();
