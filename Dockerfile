# A local Heymarket (the emulator) for programs in any language, on port 8010; docs/emulator.md, "In a container".
#     docker build -t heymarket-emulator . && docker run --rm -p 127.0.0.1:8010:8010 heymarket-emulator

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY heymarket heymarket
COPY generated generated
RUN python -m venv /opt/heymarket \
    && /opt/heymarket/bin/pip install --no-cache-dir --no-compile -c constraints.txt ".[cli,emulator]"

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home heymarket
COPY --from=build /opt/heymarket /opt/heymarket
USER 10001
WORKDIR /home/heymarket
ENV PYTHONUNBUFFERED=1
EXPOSE 8010
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=5 \
    CMD ["/opt/heymarket/bin/python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8010/_emulator', timeout=2)"]
ENTRYPOINT ["/opt/heymarket/bin/heymarket", "emulator", "--host", "0.0.0.0"]
