# A static binary. `--target static` holds nothing else; the last stage has git beside it, for `--base`.
FROM rust:1.88-alpine AS build
WORKDIR /source
COPY Cargo.toml Cargo.lock ./
COPY core core
COPY cli cli
COPY wasm wasm
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev && cargo build --release --locked --package flightcheck

FROM scratch AS static
COPY --from=build /source/target/release/flightcheck /flightcheck
WORKDIR /work
ENTRYPOINT ["/flightcheck"]

FROM alpine:3.22
# The repository that is mounted belongs to somebody else, and is only read.
# hadolint ignore=DL3018
RUN apk add --no-cache bash git && git config --system --add safe.directory '*'
COPY --from=build /source/target/release/flightcheck /usr/local/bin/flightcheck
WORKDIR /work
USER 65534
ENTRYPOINT ["flightcheck"]
