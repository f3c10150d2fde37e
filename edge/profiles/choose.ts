/**
 * Which assistant answers. A request names a profile; else it is that which its session was begun with; else that of its caller's key or token;
 * else none. A session keeps its profile, since what was said in it was said by that assistant; one that the deployment has no more binds nobody.
 */
import type { Profile, Profiles } from "../../infra/settings/profiles.ts";
import type { Call, ProfileRights } from "../call.ts";
import { Failure, invalidRequest } from "../errors.ts";
import { otherProfile } from "../session/failures.ts";

/** The profile of a request. */
export interface ChosenProfile {
  /** Its id; empty: none. */
  readonly id: string;
  /** What it says; nothing if there is none. */
  readonly profile: Profile;
  /** That of the session when it was looked at; empty: none, or there is no session. */
  readonly kept: string;
}

/** What of a request decides. */
export type ProfileFields = Record<"profile" | "sessionId" | "userId", string>;

/** The profiles of a deployment, as its callers see them. */
export interface ChooseProfile {
  /** The profile of a request. Throws INVALID_ARGUMENT, PERMISSION_DENIED, FAILED_PRECONDITION, and what reading its session throws. */
  of(call: Call, asked: ProfileFields): Promise<ChosenProfile>;
  /** Those that a caller may name, in the order of the config, and that of a request that names none. */
  offeredTo(call: Call): {
    readonly profiles: readonly (readonly [id: string, profile: Profile])[];
    readonly own: string;
  };
}

/** What is needed to choose. */
export interface ChooseOptions {
  readonly profiles: Profiles;
  /** The profile that a session was begun with; undefined if there is no session, or it has none. */
  readonly profileOf: (call: Call, session: string, user: string) => Promise<string | undefined>;
}

/** A profile that says nothing. */
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

/** Makes what chooses among the profiles of a deployment. */
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
      // Without profiles no session has one.
      const found = sessionId === "" || profiles.size === 0 ? undefined : await profileOf(call, sessionId, userId);
      const kept = found ?? "";
      const binding = profiles.has(kept) ? kept : "";
      if (asked !== "" && binding !== "" && asked !== binding) throw otherProfile();
      const id = asked || binding || (rights.own ?? "");
      // A session may be another's of the same tenant, and a token may name what is not here.
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
      ? "must be empty: there is no profile to name"
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
