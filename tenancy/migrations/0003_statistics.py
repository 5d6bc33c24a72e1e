from django.db import migrations

# ANALYZE belongs to a table's owner. The function lends it to the runtime role, and nothing else.
ANALYZE = """
CREATE FUNCTION app.analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE owned regclass;
BEGIN
    FOR owned IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relowner = current_user::regrole
    LOOP
        EXECUTE format('ANALYZE %s', owned);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("tenancy", "0002_submissions"),
    ]

    operations = [
        migrations.RunSQL(ANALYZE, "DROP FUNCTION app.analyze()"),
    ]
