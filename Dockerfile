FROM python:3.12-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/qudao

# What Qudao needs changes less often than Qudao: its own layer.
COPY pyproject.toml constraints.txt ./
RUN python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > requirements.txt \
    && /opt/qudao/bin/pip install --constraint constraints.txt --requirement requirements.txt

COPY . .
RUN /opt/qudao/bin/pip install --constraint constraints.txt --no-deps .


FROM python:3.12-slim

ENV HOME=/home/qudao \
    OMP_NUM_THREADS=1 \
    PATH=/opt/qudao/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    QUDAO_DATA_DIR=/data
RUN useradd --create-home --uid 10001 --user-group --shell /usr/sbin/nologin qudao \
    && install --directory --owner=qudao --group=qudao /data
COPY --from=build /opt/qudao /opt/qudao

USER 10001:10001
WORKDIR /home/qudao
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

ENTRYPOINT ["qudao"]
CMD ["run", "--host", "0.0.0.0", "--port", "8000"]
