import type { LoadedConfig } from "../config/config.ts";
import type { SettingPath } from "../config/declared.ts";
import type { Container, Memory } from "../engines/container.ts";
import { inMiB, MiB } from "./memory.ts";

/**
 * The Redis servers that a deployment runs itself: those that a setting names by one of two names, which are kept for them. One keeps state: it
 * writes to its volume, and refuses rather than forgets. The other keeps what can be made again: it writes nothing down, and lets go of what was used
 * longest ago. Any other host runs elsewhere.
 */
export interface StoreServer extends Container {
  readonly memory: Memory;
  /** The size of the volume at `/data`, as Kubernetes writes it; absent: nothing is kept beyond its end. */
  readonly volume?: string;
}

/** Who Redis' own image runs it as. */
export const storeUser = 999;

// The last releases under a BSD licence.
const image = "redis:7.2-bookworm";

interface Store {
  /** The host that settings name it by. */
  readonly name: string;
  /** The setting that names it. */
  readonly path: "redis.url" | "redis.cacheUrl";
  /** The most that it is to hold, bytes. */
  maxBytes(cacheMaxBytes: number): number;
  readonly args: readonly string[];
  readonly volume?: string;
}

const stores: readonly Store[] = [
  {
    name: "duet-redis",
    path: "redis.url",
    // Some 800 of the longest conversations (docs/sessions.md).
    maxBytes: () => 512 * MiB,
    args: ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"],
    volume: "4Gi",
  },
  {
    name: "duet-redis-cache",
    path: "redis.cacheUrl",
    // Duet itself keeps to its bound: this is for what Redis needs around it.
    maxBytes: (cacheMaxBytes) => cacheMaxBytes + cacheMaxBytes / 4 + 32 * MiB,
    args: ["--save", "", "--appendonly", "no", "--maxmemory-policy", "allkeys-lru"],
  },
];

/** The Redis servers that settings name as the deployment's own. Throws an Error with the remedy where one cannot be what it is named for. */
export function storesOf({ given, config }: LoadedConfig): StoreServer[] {
  const cacheMaxBytes = config.settings.redis.cacheMaxBytes as number;
  return stores.flatMap((store) => {
    const ports = (["redis.url", "redis.cacheUrl"] as const).flatMap((path) => portAt(store, path, given));
    if (ports.length === 0) return [];
    if (new Set(ports).size > 1) throw new Error(`redis.url and redis.cacheUrl: ${store.name} has one port`);
    const maxBytes = store.maxBytes(cacheMaxBytes);
    return [serverOf(store, ports[0] as number, maxBytes)];
  });
}

/** The port at which a setting looks for a store, if it does. */
function portAt(store: Store, path: SettingPath & Store["path"], given: LoadedConfig["given"]): number[] {
  const value = given.get(path)?.value;
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url?.hostname !== store.name) return [];
  if (url.protocol !== "redis:") throw new Error(`${path}: ${store.name} has no certificate: write redis://`);
  if (path === "redis.url" && store.path !== path)
    throw new Error(`${path}: ${store.name} forgets what was used longest ago: name duet-redis for what is to be kept`);
  return [Number(url.port || 6379)];
}

function serverOf({ name, args, volume }: Store, port: number, maxBytes: number): StoreServer {
  return {
    name,
    image,
    // Without a password it would answer its own container alone: who reaches it is said by the network.
    command: ["redis-server", "--port", String(port), "--protected-mode", "no", "--maxmemory", `${inMiB(maxBytes)}mb`],
    args,
    env: {},
    secrets: [],
    secretArgs: [],
    port,
    // A Redis that writes its log anew holds some pages twice.
    memory: { asked: maxBytes / (volume === undefined ? 1 : 2), most: maxBytes * (volume === undefined ? 1.25 : 2) },
    ...(volume === undefined ? {} : { volume }),
    startSeconds: 60,
    stopSeconds: 30,
  };
}

/** Asks a Redis whether it takes work, in a container of its image. */
export const storeProbe = ({ port }: StoreServer): string[] => ["sh", "-c", `redis-cli -p ${port} ping | grep -q PONG`];
