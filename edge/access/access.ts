/**
 * Who may call, and how much: the one place where a call gets its tenant. A call brings an API key of the keys file, or a token that somebody
 * has signed whom the deployment believes; with `open` it brings nothing, and all are one tenant.
 */
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Profiles } from "../../infra/settings/profiles.ts";
import type { RedisStore } from "../../infra/stores/redis.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import type { ChosenProfile } from "../profiles/choose.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { refusals } from "./failures.ts";
import { createIdentify } from "./identify.ts";
import type { Identity } from "./identity.ts";
import { type Keys, noKeys } from "./keys/keys.ts";
import type { WatchedKeys } from "./keys/watched.ts";
import { createExpectation } from "./limits/expectation.ts";
import { type Admission, createLimiter, type Standing } from "./limits/limiter.ts";
import { flicksOfSeconds, type Limits, type Subject, secondsOf } from "./limits/limits.ts";
import { meterTurn } from "./limits/meter.ts";
import { mayCall, type RpcName, rpcRules } from "./scopes.ts";
import type { TokenSettings } from "./tokens.ts";
import { createTries } from "./tries.ts";

/** What a deployment says of access. */
export interface AccessSettings {
  /** What a call must bring: nothing, a key, or a token. Default: nothing. With tokens, a keys file counts too. */
  readonly access?: "open" | "keys" | "jwt";
  /** The keys file. */
  readonly keys?: { readonly file: string | undefined };
  /** Whose tokens are believed; with `jwt`. */
  readonly jwt?: TokenSettings;
  /** How many wrong keys and tokens one address may send in a minute. Default: 60. */
  readonly maxFailedTriesPerPeer?: number;
  /** Of each tenant, unless the keys file says otherwise. Default: none. */
  readonly limits?: Limits;
}

/** What access is made of. */
export interface AccessOptions {
  readonly settings: AccessSettings;
  /** The profiles that a key may name. Default: none. */
  readonly profiles?: Profiles;
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
   * Who calls from an address, if they may call this RPC and have not called too often; undefined: from one that is held to no share. Throws UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED, and
   * UNAVAILABLE if it cannot be told now.
   */
  admit(headers: Headers, rpc: RpcName, peer?: string): Promise<Admitted>;
  /**
   * The same turn of a profile, which begins once it is let in; as much audio as is `expected` of it is reserved. Throws RESOURCE_EXHAUSTED.
   * What was sent is settled at its end; a turn that runs is never cut by a limit.
   */
  meter(
    call: Call,
    chosen: Pick<ChosenProfile, "id" | "profile">,
    expected: ExpectedAudio,
    turn: AsyncIterable<Numbered<TurnEvent>>,
  ): AsyncGenerator<Numbered<TurnEvent>>;
  /**
   * Lets a recording in that is to be written down and not answered: it takes the slot of a turn. Resolves to what is to be called once in the end:
   * what nobody listened to does not count. Throws RESOURCE_EXHAUSTED.
   */
  admitRecording(
    call: Call,
    chosen: Pick<ChosenProfile, "id" | "profile">,
    seconds: number,
  ): Promise<(heard: boolean) => Promise<void>>;
  /** Waits until everything is settled. */
  close(): Promise<void>;
}

/** How much audio a turn will have: so many seconds, or as much as an answer of so many tokens at most; undefined: as answers usually have. */
export type ExpectedAudio = ({ readonly seconds: number } | { readonly maxTokens: number | undefined }) & {
  /** Seconds of the recording that asks, which count as those that are sent. Default: none. */
  readonly recordedSeconds?: number;
};

/** Makes the access of a deployment. Throws SettingsError if its keys file cannot be read. */
export async function createAccess({
  settings,
  profiles = new Map(),
  redis,
  log,
  clock,
  unixNow = Date.now,
}: AccessOptions): Promise<Access> {
  const { access = "open", keys: { file } = { file: undefined }, jwt, limits: ordinary = {} } = settings;
  const watched: WatchedKeys =
    file === undefined
      ? { current: async () => noKeys }
      : await (await import("./keys/watched.ts")).watchKeys({
          path: file,
          setting: "DUET_EDGE_KEYS_FILE",
          profiles,
          log,
          clock,
        });
  const identify = await createIdentify({ access, jwt, log, unixNow });
  const limiter = createLimiter({ redis, clock, unixNow });
  const answers = createExpectation();
  const tries = createTries({ mostPerMinute: settings.maxFailedTriesPerPeer ?? 60, clock });

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
    async admit(headers, rpc, peer) {
      tries.check(peer);
      const keys = await watched.current();
      const identity = await identify(headers, keys).catch((error) => {
        if (isWrong(error)) tries.failed(peer);
        throw error;
      });
      const rule = rpcRules[rpc];
      if (!mayCall(rule, identity.scopes)) throw refusals.notAllowed(rpc, rule.scopes);
      const standing = rule.counted ? await limiter.request(subjectsOf(identity, keys)) : undefined;
      return { ...identity, standing };
    },
    meter(call, chosen, expected, turn) {
      const letIn = async (): Promise<Admission> => {
        const subject = toSubject(chosen);
        const subjects = [...subjectsOf(call, await watched.current()), ...subject];
        await limiter.request(subject);
        if ("seconds" in expected)
          return limiter.admit(subjects, { leastSeconds: expected.seconds, mostSeconds: expected.seconds });
        const { recordedSeconds = 0 } = expected;
        const { leastSeconds, mostSeconds } = answers.audioOf(chosen.id, expected.maxTokens);
        const { settle } = await limiter.admit(subjects, {
          leastSeconds: leastSeconds + recordedSeconds,
          mostSeconds: mostSeconds + recordedSeconds,
        });
        return {
          settle(flicks) {
            if (flicks > 0) answers.learn(chosen.id, secondsOf(flicks));
            return settle(flicks + flicksOfSeconds(recordedSeconds));
          },
        };
      };
      return meterTurn(letIn, call, turn);
    },
    async admitRecording(call, chosen, seconds) {
      const subject = toSubject(chosen);
      await limiter.request(subject);
      const subjects = [...subjectsOf(call, await watched.current()), ...subject];
      const { settle } = await limiter.admit(subjects, { leastSeconds: seconds, mostSeconds: seconds });
      return (heard) => settle(heard ? flicksOfSeconds(seconds) : 0);
    },
    close: () => limiter.close(),
  };
}

/** Whether somebody has brought what is no key or token of this deployment; one that has expired was good once. */
function isWrong(error: unknown): boolean {
  return error instanceof Failure && error.reason === "CREDENTIALS_WRONG";
}

/** A profile, whose limits all its callers share; nobody if there is none. */
function toSubject({ id, profile }: Pick<ChosenProfile, "id" | "profile">): Subject[] {
  return id === "" ? [] : [{ name: `profile ${id}`, id: ["profile", id], limits: profile.limits }];
}
