-- What was cast is counted here. When a ballot ends, its votes are written down anew in
-- random order, and from then on neither they nor the counts change.

-- The counts of a ballot: handed out to who is present and not recused.
CREATE OR REPLACE FUNCTION workflows_votes_of(the_ballot bigint)
RETURNS TABLE (
    issued bigint, returned bigint, votes_for bigint, votes_against bigint,
    abstain bigint
) LANGUAGE plpgsql AS $$
DECLARE
    put record;
    many record;
BEGIN
    SELECT method, sitting_id INTO put FROM workflows_ballot WHERE id = the_ballot;
    SELECT
        (SELECT count(*) FROM workflows_participation p WHERE p.ballot_id = the_ballot)
            AS voters,
        (SELECT count(*) FROM workflows_secretvote s WHERE s.ballot_id = the_ballot)
            AS secret,
        (SELECT count(*) FROM workflows_receipt r WHERE r.ballot_id = the_ballot)
            AS receipts
      INTO many;
    IF many.receipts <> many.voters
       OR many.secret <> (CASE put.method WHEN 'secret' THEN many.voters ELSE 0 END)
    THEN
        PERFORM workflows_refuse_vote('votes, voters and receipts do not agree');
    END IF;
    SELECT count(*) INTO issued
      FROM workflows_attendance came
      JOIN villages_rosterentry line ON line.id = came.entry_id
     WHERE came.sitting_id = put.sitting_id AND line.left_out = ''
       AND came.left_at IS NULL
       AND NOT EXISTS (SELECT FROM workflows_recusal r
                        WHERE r.ballot_id = the_ballot AND r.entry_id = line.id);
    SELECT count(*), count(*) FILTER (WHERE choice = 'for'),
           count(*) FILTER (WHERE choice = 'against'),
           count(*) FILTER (WHERE choice = 'abstain')
      INTO returned, votes_for, votes_against, abstain
      FROM (SELECT p.choice FROM workflows_participation p
             WHERE p.ballot_id = the_ballot AND put.method = 'named'
            UNION ALL
            SELECT s.choice FROM workflows_secretvote s
             WHERE s.ballot_id = the_ballot AND put.method = 'secret') AS cast_here;
    RETURN NEXT;
END $$;

CREATE OR REPLACE FUNCTION workflows_tally_is_what_was_cast() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM workflows_ballot WHERE id = NEW.ballot_id
                    AND method IN ('named', 'secret')) THEN
        RETURN NEW;
    END IF;
    PERFORM FROM workflows_ballot b, workflows_votes_of(NEW.ballot_id) v
      WHERE b.id = NEW.ballot_id AND b.state = 'open' AND NEW.supersedes_id IS NULL
        AND NEW.invalid = 0
        AND (v.issued, v.returned, v.votes_for, v.votes_against, v.abstain)
          = (NEW.issued, NEW.returned, NEW.votes_for, NEW.votes_against, NEW.abstain);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ballot % was not cast like this', NEW.ballot_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_tally_is_what_was_cast';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER a_tally_is_what_was_cast
    BEFORE INSERT ON workflows_tally FOR EACH ROW
    EXECUTE FUNCTION workflows_tally_is_what_was_cast();

-- Counts never change. They may be entered anew until somebody has witnessed them; what
-- was cast is never entered.
CREATE OR REPLACE FUNCTION workflows_counts_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM workflows_ballot WHERE id = OLD.ballot_id
           AND method NOT IN ('named', 'secret') AND state IN ('open', 'counted')
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'counts stay: % of tally %', TG_OP, OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'counts_stay';
END $$;

CREATE OR REPLACE TRIGGER counts_stay
    BEFORE UPDATE ON workflows_tally FOR EACH ROW
    WHEN ((OLD.ballot_id, OLD.supersedes_id, OLD.eligible, OLD.present, OLD.issued,
           OLD.returned, OLD.votes_for, OLD.votes_against, OLD.abstain, OLD.invalid,
           OLD.quorum_need, OLD.need, OLD.passed, OLD.entered_by_id, OLD.counted_at)
        IS DISTINCT FROM
          (NEW.ballot_id, NEW.supersedes_id, NEW.eligible, NEW.present, NEW.issued,
           NEW.returned, NEW.votes_for, NEW.votes_against, NEW.abstain, NEW.invalid,
           NEW.quorum_need, NEW.need, NEW.passed, NEW.entered_by_id, NEW.counted_at))
    EXECUTE FUNCTION workflows_counts_stay();
CREATE OR REPLACE TRIGGER counts_are_not_taken_away
    BEFORE DELETE ON workflows_tally FOR EACH ROW
    EXECUTE FUNCTION workflows_counts_stay();

CREATE OR REPLACE FUNCTION workflows_counts_are_not_truncated() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'counts stay: TRUNCATE of %', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'counts_stay';
END $$;

CREATE OR REPLACE TRIGGER counts_are_not_truncated
    BEFORE TRUNCATE ON workflows_tally FOR EACH STATEMENT
    EXECUTE FUNCTION workflows_counts_are_not_truncated();

-- A ballot is put once; how, on which text and until when stays as it was put.
CREATE OR REPLACE FUNCTION workflows_ballot_is_put_once() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ballot % was put already', OLD.uid
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_ballot_is_put_once';
END $$;

CREATE OR REPLACE TRIGGER a_ballot_is_put_once
    BEFORE UPDATE ON workflows_ballot FOR EACH ROW
    WHEN (OLD.state <> 'scheduled' AND (
        (NEW.state IN ('scheduled', 'open') AND NEW.state <> OLD.state)
        OR (OLD.state = 'voided' AND NEW.state <> 'voided')
        OR (OLD.method, OLD.sitting_id, OLD.matter_id, OLD.version_id, OLD.opened_at,
            OLD.closes_at)
           IS DISTINCT FROM
           (NEW.method, NEW.sitting_id, NEW.matter_id, NEW.version_id, NEW.opened_at,
            NEW.closes_at)))
    EXECUTE FUNCTION workflows_ballot_is_put_once();

-- The transaction that cast a vote wrote participation, choice and receipt side by side,
-- and says so in each of the three (xmin, ctid). Written anew by the one transaction
-- that ends the ballot, in the order of new random numbers, they say nothing any more.
CREATE OR REPLACE FUNCTION workflows_scatter_votes() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    entries bigint[];
    choices text[];
    codes text[];
BEGIN
    SELECT array_agg(entry_id ORDER BY shuffled),
           array_agg(choice ORDER BY shuffled) INTO entries, choices
      FROM (SELECT entry_id, choice, gen_random_uuid() AS shuffled
              FROM workflows_participation WHERE ballot_id = NEW.id) AS voted;
    DELETE FROM workflows_participation WHERE ballot_id = NEW.id;
    INSERT INTO workflows_participation (ballot_id, entry_id, choice)
        SELECT NEW.id, voted.entry, voted.choice
          FROM unnest(entries, choices) AS voted (entry, choice);

    SELECT array_agg(choice ORDER BY gen_random_uuid()) INTO choices
      FROM workflows_secretvote WHERE ballot_id = NEW.id;
    DELETE FROM workflows_secretvote WHERE ballot_id = NEW.id;
    INSERT INTO workflows_secretvote (token, ballot_id, choice)
        SELECT gen_random_uuid(), NEW.id, chosen FROM unnest(choices) AS chosen;

    SELECT array_agg(code ORDER BY gen_random_uuid()) INTO codes
      FROM workflows_receipt WHERE ballot_id = NEW.id;
    DELETE FROM workflows_receipt WHERE ballot_id = NEW.id;
    INSERT INTO workflows_receipt (code, ballot_id)
        SELECT kept, NEW.id FROM unnest(codes) AS kept;

    -- Whose slip was left in somebody's hands votes with it no more.
    DELETE FROM workflows_slip WHERE ballot_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER votes_are_scattered_when_a_ballot_ends
    AFTER UPDATE OF state ON workflows_ballot FOR EACH ROW
    WHEN (OLD.state = 'open' AND NEW.state <> 'open'
          AND NEW.method IN ('named', 'secret'))
    EXECUTE FUNCTION workflows_scatter_votes();
