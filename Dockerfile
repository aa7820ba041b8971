# One image for every part: the command says which (api/main.ts, worker/main.ts).
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV PRISMA_SCHEMA_ENGINE_BINARY=/bin/true
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/package.json
RUN npm ci --ignore-scripts
COPY . .
RUN npx prisma generate && npm run build --workspace web && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
RUN groupadd --system --gid 10001 makegood && useradd --system --uid 10001 --gid makegood --home-dir /app makegood
COPY --from=build --chown=root:root /app /app
USER makegood
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.MAKEGOOD_PORT||8080)+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "api/main.ts"]
