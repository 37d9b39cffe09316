# Two targets from one file: docker build --target service . and docker build --target worker .
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY characters characters
COPY cli cli
COPY judging judging
COPY models models
COPY moderation moderation
COPY service service
COPY worker worker
RUN python -m venv /opt/parley && /opt/parley/bin/pip install --constraint constraints.txt .

# Without the sources: what a process starts in its folder would take them for the installed ones.
FROM python:3.11-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/parley/bin:$PATH
COPY --from=build /opt/parley /opt/parley
RUN useradd --system --uid 10001 --home-dir /srv/parley --shell /usr/sbin/nologin parley \
    && install --directory --owner parley --mode 0700 /srv/parley /srv/parley/var
WORKDIR /srv/parley
USER 10001
ENV PARLEY_HOST=0.0.0.0 PARLEY_PORT=8000

FROM base AS service
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["parley", "serve"]

FROM base AS worker
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s \
    CMD ["parley", "work", "--check"]
CMD ["parley", "work"]
