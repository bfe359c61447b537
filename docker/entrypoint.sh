#!/bin/sh
# What a container runs: `web`, `worker`, or any command, e.g. `python manage.py …`.
set -eu

case "$1" in
web)
    python manage.py migrate --no-input
    python manage.py collectstatic --no-input --verbosity 0
    exec python -m gunicorn config.wsgi --bind 0.0.0.0:8000 --workers 3 --threads 4 \
        --worker-tmp-dir /dev/shm --no-control-socket
    ;;
worker)
    exec python -m celery -A config.celery worker -B \
        --schedule "$VAR_DIR/beat-schedule" --concurrency 1 --loglevel WARNING
    ;;
*)
    exec "$@"
    ;;
esac
