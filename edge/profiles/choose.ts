/**
 * Chooses the profile of a request: the one that the request names, or else the one that its session was begun with, or
 * else the one of the caller's key or token, or else none. A session keeps its profile, since all its answers were
 * given by an assistant with that profile. A profile that no longer exists in the deployment is ignored.
 */
import type { Profile, Profiles } from "../../infra/settings/profiles.ts";
import type { Call, ProfileRights } from "../call.ts";
import { Failure, invalidRequest } from "../errors.ts";
import { otherProfile } from "../session/failures.ts";

/** The profile chosen for a request. */
export interface ChosenProfile {
  /** The profile's id; empty if there is no profile. */
  readonly id: string;
  /** The profile's contents; empty if there is no profile. */
  readonly profile: Profile;
  /** The id of the profile that the session had when the request came; empty without a profile or a session. */
  readonly kept: string;
}

/** The fields of a request that determine its profile. */
export type ProfileFields = Record<"profile" | "sessionId" | "userId", string>;

/** Chooses among a deployment's profiles, and tells callers which of them they may name. */
export interface ChooseProfile {
  /**
   * Chooses the profile of a request. Throws INVALID_ARGUMENT if the request names an unknown profile,
   * PERMISSION_DENIED if the caller may not use the profile, FAILED_PRECONDITION if the session has a different one,
   * and whatever reading the session throws.
   */
  of(call: Call, asked: ProfileFields): Promise<ChosenProfile>;
  /** The profiles that a caller may name, in the order of the config, and the one used if a request names none. */
  offeredTo(call: Call): {
    readonly profiles: readonly (readonly [id: string, profile: Profile])[];
    readonly own: string;
  };
}

/** Options of createChooseProfile. */
export interface ChooseOptions {
  readonly profiles: Profiles;
  /** Reads the id of the profile that a session was begun with; undefined if there is no session, or no profile. */
  readonly profileOf: (call: Call, session: string, user: string) => Promise<string | undefined>;
}

/** The profile of requests for which no profile was chosen: it sets nothing. */
const nothing: Profile = {
  displayName: undefined,
  instructions: undefined,
  voice: undefined,
  language: undefined,
  lexicon: undefined,
  opener: undefined,
  notice: undefined,
  generation: { maxTokens: undefined, temperature: undefined },
  limits: {
    maxTokens: undefined,
    maxTemperature: undefined,
    requestsPerMinute: undefined,
    turnsAtOnce: undefined,
    audioSecondsPerDay: undefined,
  },
};

/** Makes the object that chooses among a deployment's profiles. */
export function createChooseProfile({ profiles, profileOf }: ChooseOptions): ChooseProfile {
  const usable = (rights: ProfileRights) => [...profiles].filter(([id]) => mayUse(rights, id));
  const check = (rights: ProfileRights, asked: string) => {
    if (asked === "") return;
    if (!profiles.has(asked)) throw unknownProfile(usable(rights).map(([id]) => id));
    if (!mayUse(rights, asked)) throw notAllowed();
  };
  return {
    async of(call, { profile: asked, sessionId, userId }) {
      const { profiles: rights } = call;
      check(rights, asked);
      // If the deployment has no profiles, no session can have a profile, so the session is not read.
      const found = sessionId === "" || profiles.size === 0 ? undefined : await profileOf(call, sessionId, userId);
      const kept = found ?? "";
      const binding = profiles.has(kept) ? kept : "";
      if (asked !== "" && binding !== "" && asked !== binding) throw otherProfile();
      const id = asked || binding || (rights.own ?? "");
      // The profile is checked again, since the session may belong to another user of the tenant, and a token may name
      // a profile that does not exist here.
      const isAllowed = id === "" ? rights.allowed === undefined : profiles.has(id) && mayUse(rights, id);
      if (!isAllowed) throw notAllowed();
      return { id, profile: profiles.get(id) ?? nothing, kept };
    },
    offeredTo({ profiles: rights }) {
      const offered = usable(rights);
      return { profiles: offered, own: offered.some(([id]) => id === rights.own) ? (rights.own ?? "") : "" };
    },
  };
}

function mayUse({ allowed }: ProfileRights, id: string): boolean {
  return allowed === undefined || allowed.has(id);
}

function unknownProfile(usable: readonly string[]): Failure {
  const description =
    usable.length === 0
      ? "must be empty: this deployment has no profiles"
      : `must be one of ${usable.join(", ")}, or empty`;
  return invalidRequest([
    { field: "profile", reason: usable.length === 0 ? "NOT_ALLOWED" : "UNKNOWN_VALUE", description },
  ]);
}

function notAllowed(): Failure {
  return new Failure(
    "PERMISSION_DENIED",
    "PROFILE_NOT_ALLOWED",
    "this profile is not among those that this key or token allows: GetStatus lists them",
  );
}
