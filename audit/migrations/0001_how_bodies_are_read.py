from django.db import migrations

# What the columns of an entry were computed with until 0007 had a trigger fill them.
FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION audit_text(body text, key text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN body::json ->> key; END $$;

CREATE OR REPLACE FUNCTION audit_fact(body text, key text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN body::json -> 'facts' ->> key; END $$;

CREATE OR REPLACE FUNCTION audit_day(body text, key text) RETURNS date
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN (body::json ->> key)::date; END $$;

CREATE OR REPLACE FUNCTION audit_instant(body text, key text) RETURNS timestamptz
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN (body::json ->> key)::timestamptz; END $$;

CREATE OR REPLACE FUNCTION audit_scenario(body text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN body::json ->> 'clock' IS NOT DISTINCT FROM 'scenario'; END $$;

-- The leaf of RFC 6962: 0x00 and the bytes of the entry.
CREATE OR REPLACE FUNCTION audit_leaf(body text) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN RETURN sha256('\x00'::bytea || convert_to(body, 'UTF8')); END $$;
"""
GONE = """
    DROP FUNCTION IF EXISTS audit_leaf(text);
    DROP FUNCTION IF EXISTS audit_scenario(text);
    DROP FUNCTION IF EXISTS audit_instant(text, text);
    DROP FUNCTION IF EXISTS audit_day(text, text);
    DROP FUNCTION IF EXISTS audit_fact(text, text);
    DROP FUNCTION IF EXISTS audit_text(text, text);
    DROP FUNCTION IF EXISTS audit_read_body();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (migrations.RunSQL(FUNCTIONS, GONE),)
