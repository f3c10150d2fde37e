import { logLevels } from "../log/levels.ts";
import { choice, file, flag, redisUrl, secret, whole } from "./kinds.ts";
import { optional, setting } from "./setting.ts";

/** The variable that names the config file, which cannot be set in the file itself. */
export const fileVariable = {
  name: "DUET_CONFIG",
  does: "The file of settings and engines. Unset: duet.yaml in the folder that the process is started in, if it is there.",
} as const;

/** Settings of all processes. */
export const shared = {
  log: { level: setting(choice(logLevels), "info", "The least level that is logged.") },
  drainTimeoutMs: setting(
    whole(0, 600_000),
    10_000,
    "How long a process that was told to stop lets running turns finish. 10 s: longer than most answers take to be written.",
  ),
  serviceToken: optional(
    secret(/^[!-~]{32,512}$/, "must be 32 to 512 visible ASCII characters: openssl rand -hex 32 makes one"),
    "The secret by which the services know the edge: the same on all three. Needs TLS to stay one on the way.",
  ),
  tls: {
    cert: optional(
      file,
      "This process's certificate (PEM file), with the two below: edge and services then speak TLS and both prove who they are.",
    ),
    key: optional(file, "The private key of DUET_TLS_CERT (PEM file, no passphrase)."),
    ca: optional(
      file,
      "Whose certificates are believed (PEM file): a CA of your own, since whatever it signs may call the services.",
    ),
  },
};

/** Settings of `npm start` only. */
export const start = {
  discover: setting(flag, true, "0: npm start looks for no model server and no speech server on this host."),
};

/** Settings of the stores of state. */
export const stores = {
  redis: {
    url: optional(
      redisUrl,
      "The Redis that keeps sessions and resumable turns: any edge then serves any of them, and they outlast it. Unset: each edge keeps its own in memory.",
    ),
    cacheUrl: optional(
      redisUrl,
      "A Redis for what can be made again: speech that several Synthesize share, and that outlasts them. It may be the same as redis.url, and may evict if it is not. Unset: each keeps its own in memory.",
    ),
    cacheMaxBytes: setting(
      whole(1_000_000, 2 ** 40),
      256 * 2 ** 20,
      "The most speech that is kept in redis.cacheUrl, in bytes: what was used longest ago goes. 256 MiB: 50 minutes at 44.1 kHz.",
    ),
  },
};
