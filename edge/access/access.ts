/**
 * Decides who may call and how much: the one place where a call is assigned its tenant. A call brings an API key that
 * the keys file lists, or a token signed by a trusted issuer; with access `open` it brings nothing, and all callers are
 * one tenant.
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

/** The deployment's settings for access. */
export interface AccessSettings {
  /**
   * Which credentials a call must carry: none, an API key, or a token. Default: none. With `jwt`, the API keys of the
   * keys file are accepted too.
   */
  readonly access?: "open" | "keys" | "jwt";
  /** The file that lists the tenants and their API keys. */
  readonly keys?: { readonly file: string | undefined };
  /** The issuer whose tokens are trusted. Used only if `access` is `jwt`. */
  readonly jwt?: TokenSettings;
  /** How many wrong keys and tokens one address may send in a minute. Default: 60. */
  readonly maxFailedTriesPerPeer?: number;
  /** The limits that apply to a tenant wherever the keys file sets no other limit for it. Default: no limits. */
  readonly limits?: Limits;
}

/** Options of createAccess. */
export interface AccessOptions {
  readonly settings: AccessSettings;
  /** The profiles that a key may name. Default: none. */
  readonly profiles?: Profiles;
  /** The Redis through which edges share their counts. Default: none, so this process counts by itself. */
  readonly redis?: RedisStore | undefined;
  readonly log: Log;
  readonly clock: Clock;
  /** Unix time in milliseconds. Default: the system clock. */
  readonly unixNow?: () => number;
}

/** The identity of an admitted call's caller and, if calls are limited, how many more the caller may make. */
export interface Admitted extends Identity {
  readonly standing?: Standing | undefined;
}

/** Admits calls and turns: checks them against the rights and limits of their caller. */
export interface Access {
  /**
   * Identifies the caller of an RPC, and checks that it may call this RPC and has not called too often. `peer` is the
   * caller's address; undefined: exempt from limits per address. Throws UNAUTHENTICATED, PERMISSION_DENIED or
   * RESOURCE_EXHAUSTED, and UNAVAILABLE if the caller cannot be verified now.
   */
  admit(headers: Headers, rpc: RpcName, peer?: string): Promise<Admitted>;
  /**
   * Passes on the events of a turn. Before the turn starts, it is admitted and the `expected` audio is reserved;
   * throws RESOURCE_EXHAUSTED if a limit is reached. When the turn has ended, the reserved audio is replaced by the
   * audio that was actually sent. A limit never interrupts a running turn.
   */
  meter(
    call: Call,
    chosen: Pick<ChosenProfile, "id" | "profile">,
    expected: ExpectedAudio,
    turn: AsyncIterable<Numbered<TurnEvent>>,
  ): AsyncGenerator<Numbered<TurnEvent>>;
  /**
   * Admits a recording that is only transcribed, not answered. The recording takes a turn slot. Resolves to a function
   * to call once the work has ended: with true if the recording was transcribed, otherwise with false, so that its
   * audio does not count. Throws RESOURCE_EXHAUSTED if a limit is reached.
   */
  admitRecording(
    call: Call,
    chosen: Pick<ChosenProfile, "id" | "profile">,
    seconds: number,
  ): Promise<(heard: boolean) => Promise<void>>;
  /** Waits until the audio of all ended turns has been counted. */
  close(): Promise<void>;
}

/**
 * How much audio a turn is expected to have. Either `seconds` states it, or it is estimated: for an answer of at most
 * `maxTokens` tokens, or for an answer of the usual length if `maxTokens` is undefined.
 */
export type ExpectedAudio = ({ readonly seconds: number } | { readonly maxTokens: number | undefined }) & {
  /** The length of the recorded question in seconds; it counts as audio, as the answer does. Default: no recording. */
  readonly recordedSeconds?: number;
};

/** Makes the access control of a deployment. Throws SettingsError if the keys file cannot be read. */
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

  /** The subjects whose limits apply: the tenant, and also the key if the key has limits of its own. */
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

/**
 * Whether the caller sent something that is not a valid key or token of this deployment. An expired key or token is not
 * counted as wrong, since it was valid once.
 */
function isWrong(error: unknown): boolean {
  return error instanceof Failure && error.reason === "CREDENTIALS_WRONG";
}

/** A list of one subject: the profile, whose limits all its users share; an empty list if no profile is used. */
function toSubject({ id, profile }: Pick<ChosenProfile, "id" | "profile">): Subject[] {
  return id === "" ? [] : [{ name: `profile ${id}`, id: ["profile", id], limits: profile.limits }];
}
