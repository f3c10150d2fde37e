import type { LoadedConfig } from "../config/config.ts";
import type { SettingPath } from "../config/declared.ts";
import type { Container, Memory } from "../engines/container.ts";
import { inMiB, MiB } from "./memory.ts";

/**
 * A Redis server that the deployment runs itself, because a setting names it by one of two reserved host names. One
 * name stands for a store of state: it is persistent, and refuses writes when it is full. The other stands for a cache:
 * it is not persistent, and evicts what was least recently used. A server with any other host name is run elsewhere.
 */
export interface StoreServer extends Container {
  readonly memory: Memory;
  /** The size of the volume at `/data`, in Kubernetes notation; absent: nothing is persistent. */
  readonly volume?: string;
}

/** The id of the user that Redis's image runs as. */
export const storeUser = 999;

// Redis 7.2 is the last release series under a BSD license.
const image = "redis:7.2-bookworm";

interface Store {
  /** The host name by which settings refer to the server. */
  readonly name: string;
  /** The setting that refers to the server. */
  readonly path: "redis.url" | "redis.cacheUrl";
  /** The maximum size of the server's data, in bytes. */
  maxBytes(cacheMaxBytes: number): number;
  readonly args: readonly string[];
  readonly volume?: string;
}

const stores: readonly Store[] = [
  {
    name: "duet-redis",
    path: "redis.url",
    // About 800 conversations of the maximum length (docs/sessions.md).
    maxBytes: () => 512 * MiB,
    args: ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"],
    volume: "4Gi",
  },
  {
    name: "duet-redis-cache",
    path: "redis.cacheUrl",
    // Duet itself enforces `cacheMaxBytes`: the rest is for Redis's own overhead.
    maxBytes: (cacheMaxBytes) => cacheMaxBytes + cacheMaxBytes / 4 + 32 * MiB,
    args: ["--save", "", "--appendonly", "no", "--maxmemory-policy", "allkeys-lru"],
  },
];

/**
 * The Redis servers that the deployment has to run, according to the settings. If a setting uses one of the servers for
 * the wrong purpose, throws an Error that says what to do.
 */
export function storesOf({ given, config }: LoadedConfig): StoreServer[] {
  const cacheMaxBytes = config.settings.redis.cacheMaxBytes as number;
  return stores.flatMap((store) => {
    const ports = (["redis.url", "redis.cacheUrl"] as const).flatMap((path) => portAt(store, path, given));
    if (ports.length === 0) return [];
    if (new Set(ports).size > 1)
      throw new Error(
        `redis.url and redis.cacheUrl give different ports of ${store.name}, which listens on only one: use the same port`,
      );
    const maxBytes = store.maxBytes(cacheMaxBytes);
    return [serverOf(store, ports[0] as number, maxBytes)];
  });
}

/** A list with the port in the setting's URL, if the URL names this store; otherwise an empty list. */
function portAt(store: Store, path: SettingPath & Store["path"], given: LoadedConfig["given"]): number[] {
  const value = given.get(path)?.value;
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url?.hostname !== store.name) return [];
  if (url.protocol !== "redis:")
    throw new Error(`${path}: ${store.name} is started without TLS: write redis://, not rediss://`);
  if (path === "redis.url" && store.path !== path)
    throw new Error(
      `${path}: ${store.name} is a cache, which evicts the least recently used data: use duet-redis for data that must be kept`,
    );
  return [Number(url.port || 6379)];
}

function serverOf({ name, args, volume }: Store, port: number, maxBytes: number): StoreServer {
  return {
    name,
    image,
    // Without a password Redis would only accept connections from its own container; access is controlled by the
    // network instead.
    command: ["redis-server", "--port", String(port), "--protected-mode", "no", "--maxmemory", `${inMiB(maxBytes)}mb`],
    args,
    env: {},
    secrets: [],
    secretArgs: [],
    port,
    // While Redis rewrites its append-only log, some memory pages exist twice: a server with a volume may need twice
    // its maximum.
    memory: { asked: maxBytes / (volume === undefined ? 1 : 2), most: maxBytes * (volume === undefined ? 1.25 : 2) },
    ...(volume === undefined ? {} : { volume }),
    startSeconds: 60,
    stopSeconds: 30,
  };
}

/** The command that checks whether a Redis server accepts work, to be run in a container of Redis's image. */
export const storeProbe = ({ port }: StoreServer): string[] => ["sh", "-c", `redis-cli -p ${port} ping | grep -q PONG`];
