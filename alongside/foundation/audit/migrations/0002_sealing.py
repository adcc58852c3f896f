"""The database seals the chain itself, as the last thing before commit.

The functions run with the owner's rights, because the application's role may insert and read, and nothing else. A chain
is sealed by a deferred trigger: heads are locked in order of id only when the rest of the transaction is done, so that
two transactions hold each other up for as short a time as can be.
"""

from django.db import migrations

CANONICAL = """
CREATE FUNCTION audit_event_digest(previous bytea, e foundation_audit_event, at_position bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT sha256(previous || convert_to(concat_ws('|',
        e.id::text, e.chain::text, e.chain_kind, at_position::text,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        e.kind, e.name, coalesce(e.actor::text, ''), e.subject_type, coalesce(e.subject::text, ''), e.fields,
        coalesce(encode(e.payload_digest, 'hex'), '')), 'UTF8'))
$$;
"""

SEAL_EVENTS = """
CREATE FUNCTION audit_seal_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF (SELECT position FROM foundation_audit_event WHERE id = NEW.id) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO foundation_audit_head (chain, chain_kind, position, digest)
        SELECT DISTINCT ON (chain) chain, chain_kind, 0, ''::bytea FROM foundation_audit_event
        WHERE position IS NULL ORDER BY chain
        ON CONFLICT (chain) DO NOTHING;
    PERFORM 1 FROM foundation_audit_head
        WHERE chain IN (SELECT chain FROM foundation_audit_event WHERE position IS NULL)
        ORDER BY chain FOR UPDATE;
    LOOP
        WITH next AS (
            SELECT DISTINCT ON (chain) id, chain FROM foundation_audit_event
            WHERE position IS NULL ORDER BY chain, id
        ), sealed AS (
            UPDATE foundation_audit_event e
            SET position = h.position + 1, previous = h.digest, digest = audit_event_digest(h.digest, e, h.position + 1)
            FROM next JOIN foundation_audit_head h ON h.chain = next.chain
            WHERE e.id = next.id
            RETURNING e.chain, e.position, e.digest
        )
        UPDATE foundation_audit_head h SET position = sealed.position, digest = sealed.digest
        FROM sealed WHERE h.chain = sealed.chain;
        EXIT WHEN NOT FOUND;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_seal_at_commit AFTER INSERT ON foundation_audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_events();

CREATE FUNCTION audit_event_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position IS NOT NULL OR NEW.previous IS NOT NULL OR NEW.digest IS NOT NULL THEN
        RAISE EXCEPTION 'position and digests are written by the database alone';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_arrives_unsealed BEFORE INSERT ON foundation_audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_unsealed();
"""

SEAL_CONSULTATIONS = """
CREATE FUNCTION audit_seal_consultations() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before bytea;
    batch bigint;
    sealed bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('alongside.audit.seal'));
    SELECT s.digest INTO before FROM foundation_audit_seal s ORDER BY s.id DESC LIMIT 1;
    INSERT INTO foundation_audit_seal (sealed_at, consultations, previous, digest)
        VALUES (clock_timestamp(), 0, coalesce(before, ''::bytea), ''::bytea) RETURNING id INTO batch;
    UPDATE foundation_audit_consultation SET seal_id = batch WHERE seal_id IS NULL;
    GET DIAGNOSTICS sealed = ROW_COUNT;
    IF sealed = 0 THEN
        DELETE FROM foundation_audit_seal WHERE id = batch;
        RETURN 0;
    END IF;
    UPDATE foundation_audit_seal s SET consultations = sealed, digest = sha256(s.previous || (
        SELECT convert_to(string_agg(concat_ws('|',
            c.id::text, to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            coalesce(c.actor::text, ''), coalesce(c."case"::text, ''), c.what,
            CASE WHEN c.refused THEN 't' ELSE 'f' END,
            encode(sha256(convert_to(c.detail, 'UTF8')), 'hex')), E'\\n' ORDER BY c.id), 'UTF8')
        FROM foundation_audit_consultation c WHERE c.seal_id = batch))
        WHERE s.id = batch;
    RETURN sealed;
END $$;

CREATE FUNCTION audit_consultation_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal_id IS NOT NULL THEN
        RAISE EXCEPTION 'consultations are sealed by the database alone';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_consultation_arrives_unsealed BEFORE INSERT ON foundation_audit_consultation
    FOR EACH ROW EXECUTE FUNCTION audit_consultation_unsealed();
"""

EMPTY_PAYLOAD = """
CREATE FUNCTION audit_payload_only_empties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erasure IS NULL OR NEW.event_id <> OLD.event_id THEN
        RAISE EXCEPTION 'a payload may only be emptied, under a certificate';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_payload_is_only_emptied BEFORE UPDATE ON foundation_audit_payload
    FOR EACH ROW EXECUTE FUNCTION audit_payload_only_empties();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation_audit", "0001_initial")]

    operations = [
        migrations.RunSQL(CANONICAL, "DROP FUNCTION audit_event_digest"),
        migrations.RunSQL(
            SEAL_EVENTS,
            """DROP TRIGGER audit_event_arrives_unsealed ON foundation_audit_event;
            DROP FUNCTION audit_event_unsealed;
            DROP TRIGGER audit_seal_at_commit ON foundation_audit_event; DROP FUNCTION audit_seal_events""",
        ),
        migrations.RunSQL(
            SEAL_CONSULTATIONS,
            """DROP TRIGGER audit_consultation_arrives_unsealed ON foundation_audit_consultation;
            DROP FUNCTION audit_consultation_unsealed; DROP FUNCTION audit_seal_consultations""",
        ),
        migrations.RunSQL(
            EMPTY_PAYLOAD,
            """DROP TRIGGER audit_payload_is_only_emptied ON foundation_audit_payload;
            DROP FUNCTION audit_payload_only_empties""",
        ),
    ]
