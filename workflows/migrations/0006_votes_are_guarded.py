"""The database casts votes, counts them, and lets nobody change them."""

from django.db import migrations

from audit import sql

CASTING = """
DROP TRIGGER recusals_are_not_truncated ON workflows_recusal;
DROP TRIGGER recusals_stay ON workflows_recusal;
DROP FUNCTION workflows_recusals_stay();
DROP TRIGGER recused_in_time ON workflows_recusal;
DROP FUNCTION workflows_recused_in_time();
DROP TRIGGER receipts_are_not_truncated ON workflows_receipt;
DROP TRIGGER secret_votes_are_not_truncated ON workflows_secretvote;
DROP TRIGGER participations_are_not_truncated ON workflows_participation;
DROP TRIGGER receipts_stay ON workflows_receipt;
DROP TRIGGER secret_votes_stay ON workflows_secretvote;
DROP TRIGGER participations_stay ON workflows_participation;
DROP FUNCTION workflows_votes_stay();
DROP TRIGGER receipt_is_given_with_a_vote ON workflows_receipt;
DROP TRIGGER secret_vote_is_cast ON workflows_secretvote;
DROP FUNCTION workflows_vote_is_cast();
DROP TRIGGER participation_is_cast ON workflows_participation;
DROP FUNCTION workflows_participation_is_cast();
DROP FUNCTION workflows_refuse_vote(text);
DROP FUNCTION workflows_cast_by_slip(text, timestamptz, text, text);
DROP FUNCTION workflows_cast_by_resident(text, bigint, timestamptz, text, text);
DROP FUNCTION workflows_cast(bigint, bigint, timestamptz, text, text);
DROP TRIGGER a_ballot_ends_between_votes ON workflows_ballot;
DROP FUNCTION workflows_ends_between_votes();
DROP FUNCTION workflows_hold_votes(bigint);
DROP FUNCTION workflows_hold_ballot(bigint);
DROP FUNCTION workflows_why_not(bigint, bigint, timestamptz);
"""
TALLYING = """
DROP TRIGGER votes_are_scattered_when_a_ballot_ends ON workflows_ballot;
DROP FUNCTION workflows_scatter_votes();
DROP TRIGGER a_ballot_is_put_once ON workflows_ballot;
DROP FUNCTION workflows_ballot_is_put_once();
DROP TRIGGER counts_are_not_truncated ON workflows_tally;
DROP FUNCTION workflows_counts_are_not_truncated();
DROP TRIGGER counts_are_not_taken_away ON workflows_tally;
DROP TRIGGER counts_stay ON workflows_tally;
DROP FUNCTION workflows_counts_stay();
DROP TRIGGER a_tally_is_what_was_cast ON workflows_tally;
DROP FUNCTION workflows_tally_is_what_was_cast();
DROP FUNCTION workflows_votes_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = (("workflows", "0005_votes_are_cast"),)
    operations = (
        sql.run(__file__, "casting.sql", undo=CASTING),
        sql.run(__file__, "tallying.sql", undo=TALLYING),
    )
