"""Settings of the bench's web server: static files collected and compressed, as in production."""

from config.settings import *  # noqa: F403
from config.settings import STORAGES, VAR_DIR

STATIC_ROOT = VAR_DIR / "bench" / "static"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
