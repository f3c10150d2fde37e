/**
 * Who may call, and how much: the one place where a call gets its tenant. A call brings an API key of the keys file, or a token that somebody
 * has signed whom the deployment believes; with `open` it brings nothing, and all are one tenant.
 */
import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { apiKeyId, hashApiKey } from "../../infra/net/api-key.ts";
import type { RedisStore } from "../../infra/stores/redis.ts";
import type { Call } from "../call.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { refusals } from "./failures.ts";
import { everybody, type Identity } from "./identity.ts";
import { type Keys, noKeys } from "./keys/file.ts";
import { type WatchedKeys, watchKeys } from "./keys/watched.ts";
import { createLimiter, type Standing } from "./limits/limiter.ts";
import type { Limits, Subject } from "./limits/limits.ts";
import { meterTurn } from "./limits/meter.ts";
import { mayCall, type RpcName, rpcRules } from "./scopes.ts";
import { createReadToken, type TokenSettings } from "./tokens.ts";

/** What a deployment says of access. */
export interface AccessSettings {
  /** What a call must bring: nothing, a key, or a token. Default: nothing. With tokens, a keys file counts too. */
  readonly access?: "open" | "keys" | "jwt";
  /** The keys file. */
  readonly keys?: { readonly file: string | undefined };
  /** Whose tokens are believed; with `jwt`. */
  readonly jwt?: TokenSettings;
  /** Of each tenant, unless the keys file says otherwise. Default: none. */
  readonly limits?: Limits;
}

/** What access is made of. */
export interface AccessOptions {
  readonly settings: AccessSettings;
  /** Counts for all edges that use it. Default: this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  readonly log: Log;
  readonly clock: Clock;
  /** Unix time in milliseconds. Default: the machine's. */
  readonly unixNow?: () => number;
}

/** Who was let in, and how many calls they have left, if they are held to a number. */
export interface Admitted extends Identity {
  readonly standing?: Standing | undefined;
}

/** Lets calls and turns in. */
export interface Access {
  /**
   * Who calls, if they may call this RPC and have not called too often. Throws UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED, and
   * UNAVAILABLE if it cannot be told now.
   */
  admit(headers: Headers, rpc: RpcName): Promise<Admitted>;
  /**
   * The same turn, which begins once it is let in; `expectedSeconds` of audio are reserved for it. Throws RESOURCE_EXHAUSTED. What was sent is
   * settled at its end; a turn that runs is never cut by a limit.
   */
  meter(
    call: Call,
    expectedSeconds: number,
    turn: AsyncIterable<Numbered<TurnEvent>>,
  ): AsyncGenerator<Numbered<TurnEvent>>;
  /** Waits until everything is settled. */
  close(): Promise<void>;
}

/** Makes the access of a deployment. Throws SettingsError if its keys file cannot be read. */
export async function createAccess({
  settings,
  redis,
  log,
  clock,
  unixNow = Date.now,
}: AccessOptions): Promise<Access> {
  const { access = "open", keys: { file } = { file: undefined }, jwt, limits: ordinary = {} } = settings;
  const watched: WatchedKeys =
    file === undefined
      ? { current: async () => noKeys }
      : await watchKeys({ path: file, setting: "DUET_EDGE_KEYS_FILE", log, clock });
  const isSigned = jwt?.jwksUrl !== undefined || jwt?.secret !== undefined;
  const readToken = access === "jwt" && isSigned ? createReadToken({ ...jwt, log, unixNow }) : undefined;
  const limiter = createLimiter({ redis, clock, unixNow });

  const identify = async (headers: Headers, keys: Keys): Promise<Identity> => {
    if (access === "open") return everybody;
    const credential = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
    if (credential === undefined) throw refusals.nothingSent();
    const id = apiKeyId(credential);
    if (id !== undefined || readToken === undefined) return identifyKey(credential, id, keys, unixNow());
    const proven = await readToken(credential);
    return { ...proven, priority: keys.tenants.get(proven.tenant)?.priority ?? 0 };
  };
  /** A tenant, and its key if that has limits of its own: both hold. */
  const subjectsOf = ({ tenant, key }: Pick<Identity, "tenant" | "key">, keys: Keys): Subject[] => {
    const own = key === undefined ? undefined : keys.keys.get(key)?.limits;
    const limits = { ...ordinary, ...keys.tenants.get(tenant)?.limits };
    return [
      ...(key === undefined || own === undefined
        ? []
        : [{ name: `key ${key}`, id: ["key", key], limits: own } as const]),
      { name: `tenant ${tenant}`, id: ["tenant", tenant], limits },
    ];
  };

  return {
    async admit(headers, rpc) {
      const keys = await watched.current();
      const identity = await identify(headers, keys);
      const rule = rpcRules[rpc];
      if (!mayCall(rule, identity.scopes)) throw refusals.notAllowed(rpc, rule.scopes);
      const standing = rule.counted ? await limiter.request(subjectsOf(identity, keys)) : undefined;
      return { ...identity, standing };
    },
    meter: (call, expectedSeconds, turn) =>
      meterTurn(async () => limiter.admit(subjectsOf(call, await watched.current()), expectedSeconds), call, turn),
    close: () => limiter.close(),
  };
}

const nobody = Buffer.alloc(32);

/** Takes as long for a key that does not exist as for one that does. */
function identifyKey(credential: string, id: string | undefined, keys: Keys, now: number): Identity {
  const known = id === undefined ? undefined : keys.keys.get(id);
  const isRight = timingSafeEqual(hashApiKey(credential), known?.sha256 ?? nobody);
  if (known === undefined || !isRight) throw refusals.wrong("key");
  const { tenant, scopes, priority = keys.tenants.get(tenant)?.priority ?? 0, expiresAt } = known;
  if (expiresAt !== undefined && now >= expiresAt) throw refusals.expired("key");
  return { tenant, user: undefined, key: id, priority, scopes };
}
