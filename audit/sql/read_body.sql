-- What the generated columns of audit_entry are computed with.
--
-- IMMUTABLE is true although casts to time and convert_to() are only STABLE: instants
-- and days are of one fixed ISO form, which no setting of a session reads differently,
-- and a database in UTF-8 has no other bytes to convert to.
--
-- PL/pgSQL and not SQL: a session compiles each of them once, whereas SQL functions
-- are inlined, and so parsed, anew for every INSERT. And json, which is read for one
-- key faster than jsonb is built.

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
