"""What beat starts by itself, and how often."""

BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sweep-jobs": {"task": "jobs.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "worker-heartbeat": {"task": "jobs.heartbeat", "schedule": 30.0, "options": {"expires": 30}},
    "reports-heartbeat": {
        "task": "jobs.heartbeat",
        "schedule": 30.0,
        "options": {"queue": "reports", "expires": 30},
    },
    "evaluate-month": {
        "task": "compliance.evaluate_month",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "send-digests": {
        "task": "tenancy.send_digests",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "order-reports": {
        "task": "compliance.order_reports",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "open-periods": {
        "task": "filings.open_periods",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "lock-records": {
        "task": "filings.lock_records",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "anchor-audit": {"task": "tenancy.anchor_audit", "schedule": 3600.0},
    "forget-imports": {"task": "jobs.forget_imports", "schedule": 86400.0},
    "forget-workbooks": {"task": "filings.forget_workbooks", "schedule": 86400.0},
    "forget-papers": {"task": "dashboard.forget_papers", "schedule": 86400.0},
    "forget-submissions": {"task": "tenancy.forget_submissions", "schedule": 86400.0},
}
