import { logLevels } from "../log/levels.ts";
import { choice, file, flag, redisUrl, secret, whole } from "./kinds.ts";
import { optional, setting } from "./setting.ts";

/** The variable that names the config file; it cannot be set in that file. */
export const fileVariable = {
  name: "DUET_CONFIG",
  does: "The file of settings and engines. Unset: duet.yaml in the folder that the process is started in, if it is there.",
} as const;

/** Settings of all processes. */
export const shared = {
  log: { level: setting(choice(logLevels), "info", "The lowest level that is logged.") },
  drainTimeoutMs: setting(
    whole(0, 600_000),
    10_000,
    "How long a process that was told to stop waits for running turns to finish. 10 s: longer than most answers take to write.",
  ),
  serviceToken: optional(
    secret(/^[!-~]{32,512}$/, "must be 32 to 512 visible ASCII characters: openssl rand -hex 32 makes one"),
    "The shared secret by which the services recognize the edge: the same for the edge, Generate and Synthesize. Without TLS it crosses the network unencrypted.",
  ),
  tls: {
    cert: optional(
      file,
      "This process's certificate (PEM file). With it, DUET_TLS_KEY and DUET_TLS_CA, the edge and the services speak TLS, and both sides prove who they are.",
    ),
    key: optional(file, "The private key of DUET_TLS_CERT (PEM file, no passphrase)."),
    ca: optional(
      file,
      "The CA whose certificates are trusted (PEM file): one of your own, since whoever holds a certificate that it signed may call the services.",
    ),
  },
};

/** Settings of `npm start` only. */
export const start = {
  discover: setting(flag, true, "0: npm start looks for no model server and no speech server on this host."),
};

/** Settings of the Redis servers that keep state. */
export const stores = {
  redis: {
    url: optional(
      redisUrl,
      "The Redis that keeps sessions and resumable turns, so that any edge can serve any of them and they survive the end of an edge. Unset: each edge keeps its own in memory.",
    ),
    cacheUrl: optional(
      redisUrl,
      "A Redis for data that can be made again: the speech cache, which all Synthesize processes then share and which outlasts them. It may be the same as redis.url; a separate one may evict data. Unset: each process keeps its own in memory.",
    ),
    cacheMaxBytes: setting(
      whole(1_000_000, 2 ** 40),
      256 * 2 ** 20,
      "The most bytes of speech that are kept in redis.cacheUrl; the least recently used is dropped first. 256 MiB: 50 minutes at 44.1 kHz.",
    ),
  },
};
