"""Settings of the tests: a real PostgreSQL as the runtime role, a real broker, nothing shared.

`TEST_DATABASE_URL` (an administrator's address) and `TEST_REDIS_URL` name servers; without them the
embedded ones start. The first process prepares a migrated template; each worker clones it.
"""

import atexit
import os
import shutil
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir

from tests import servers

IS_FIRST = "ZHANDIAN_TEST_RUN" not in os.environ
RUN = os.environ.setdefault("ZHANDIAN_TEST_RUN", token_hex(4))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

servers.prepare(RUN, WORKER)

from config.settings import *  # noqa: E402, F403
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, STORAGES  # noqa: E402

# Workers and runs share one broker; the prefix keeps their queues apart.
CELERY_BROKER_TRANSPORT_OPTIONS |= {"global_keyprefix": f"{RUN}.{WORKER}."}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DEMO = False
MEDIA_ROOT = Path(gettempdir()) / f"zhandian-test-{RUN}"
if IS_FIRST:
    atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 3
CELERY_BEAT_SCHEDULE = {"sweep-jobs": {"task": "jobs.sweep", "schedule": 1.0}}
