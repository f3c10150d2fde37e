# The image of Duet for whoever has Docker: one image, of which edge, generate and synthesize are three commands.
# infra/deploy/image/build.sh builds the same without Docker; a test holds the files of both together.
#   docker build -t duet:latest .

FROM node:26-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:26-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/compiled NODE_OPTIONS=--max-semi-space-size=2 MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=65536
COPY --from=modules /app/node_modules ./node_modules
COPY LICENSE package.json ./
COPY edge ./edge
COPY services ./services
COPY infra ./infra
RUN node infra/deploy/bundle/main.ts --sealed
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD ["node", "edge/main.ts"]
