import django.db.models.deletion
from django.db import migrations, models

import tenancy.isolation
from tenancy.migration import Isolate

SPANS = """
CREATE FUNCTION app.operating_spans(opened date, closed date, suspended date, resumed date)
    RETURNS datemultirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT datemultirange(daterange(opened, closed)) - CASE
        WHEN suspended IS NULL THEN '{}'::datemultirange
        ELSE datemultirange(daterange(suspended, resumed, '[]'))
    END
$$;
"""

# What one statement turns, summed before it is written: a new name turns nothing and writes nothing.
# Nobody waits for a place that others count in too: rows that are free are taken into the new one,
# those that somebody holds are left beside it for the next.
COUNT = """
WITH RECURSIVE turned AS (
    SELECT tenant_id, area_id, turn.day, sum(sign * turn.change) AS change
    FROM ({changed}) AS station,
        unnest(app.operating_spans(opened_on, closed_on, suspended_from, suspended_to)) AS span,
        LATERAL (VALUES (lower(span), 1), (upper(span), -1)) AS turn (day, change)
    WHERE turn.day IS NOT NULL
    GROUP BY tenant_id, area_id, turn.day
    HAVING sum(sign * turn.change) <> 0
),
placed (tenant_id, area_id, day, change) AS (
    TABLE turned
    UNION ALL
    SELECT placed.tenant_id, area.parent_id, day, change
    FROM placed
    JOIN tenancy_area AS area ON (area.tenant_id, area.id) = (placed.tenant_id, placed.area_id)
    WHERE area.parent_id IS NOT NULL
),
added_up AS (
    SELECT tenant_id, area_id, day, sum(change) AS change
    FROM placed
    GROUP BY tenant_id, area_id, day
    HAVING sum(change) <> 0
),
free AS (
    SELECT kept.id
    FROM stations_stationcount AS kept JOIN added_up USING (tenant_id, area_id, day)
    FOR UPDATE OF kept SKIP LOCKED
),
taken AS (
    DELETE FROM stations_stationcount AS kept USING free WHERE kept.id = free.id
    RETURNING kept.tenant_id, kept.area_id, kept.day, kept.change
)
INSERT INTO stations_stationcount (tenant_id, area_id, day, change)
SELECT tenant_id, area_id, day, sum(change)
FROM (TABLE added_up UNION ALL TABLE taken) AS both_of_them
GROUP BY tenant_id, area_id, day
HAVING sum(change) <> 0
"""
ROWS = "SELECT {sign} AS sign, * FROM {rows}"
ADDED, GONE = ROWS.format(sign=1, rows="added"), ROWS.format(sign=-1, rows="gone")

KEEP = f"""
CREATE FUNCTION app.count_stations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN {COUNT.format(changed=ADDED)};
    ELSIF TG_OP = 'DELETE' THEN {COUNT.format(changed=GONE)};
    ELSE {COUNT.format(changed=f"{ADDED} UNION ALL {GONE}")};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER counted_when_added AFTER INSERT ON stations_station
    REFERENCING NEW TABLE AS added EXECUTE FUNCTION app.count_stations();
CREATE TRIGGER counted_when_changed AFTER UPDATE ON stations_station
    REFERENCING NEW TABLE AS added OLD TABLE AS gone EXECUTE FUNCTION app.count_stations();
CREATE TRIGGER counted_when_gone AFTER DELETE ON stations_station
    REFERENCING OLD TABLE AS gone EXECUTE FUNCTION app.count_stations();
"""
LEAVE = """
DROP TRIGGER counted_when_added ON stations_station;
DROP TRIGGER counted_when_changed ON stations_station;
DROP TRIGGER counted_when_gone ON stations_station;
DROP FUNCTION app.count_stations();
"""

THERE_ALREADY = COUNT.format(changed=ROWS.format(sign=1, rows="stations_station"))


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0001_initial"),
        ("tenancy", "0013_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="StationCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="日期")),
                ("change", models.IntegerField(verbose_name="增减")),
                ("area", tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="station_counts", to="tenancy.area")),
                ("tenant", models.ForeignKey(db_default=tenancy.isolation.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.tenant")),
            ],
            options={
                "verbose_name": "运营社工站数",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "area", "day"], name="station_count_by_place_and_day")],
            },
        ),
        Isolate("StationCount"),
        migrations.RunSQL(SPANS, "DROP FUNCTION app.operating_spans(date, date, date, date)"),
        migrations.RunSQL(KEEP, LEAVE),
        migrations.RunSQL(THERE_ALREADY, migrations.RunSQL.noop),
    ]
