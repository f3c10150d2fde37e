import { enginesOf } from "../../engines/registry.ts";
import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import type { Profile } from "../../settings/profiles.ts";
import type { Config } from "../config.ts";

/** A profile with its id, and the settings that the rules about profiles also look at. */
interface Named {
  readonly id: string;
  readonly profile: Profile;
  readonly settings: Config["settings"];
}

/**
 * Rules about one profile. Lexicon files are only checked by `duet config check`, since they are on the machine where
 * Synthesize runs.
 */
export const profileRules: readonly Rule<Named>[] = [
  {
    id: "duet/profile-voice",
    severity: "error",
    source: "services/synthesize/engines/voices.ts: a turn with a voice that is not offered fails with NOT_FOUND",
    check({ id, profile: { voice }, settings }) {
      if (voice === undefined) return undefined;
      const own = settings as unknown as Record<
        string,
        { readonly url?: unknown; readonly voices?: readonly string[] }
      >;
      const engines = enginesOf("speech").map(({ name }) => [name, own[name] ?? {}] as const);
      // A voice may be qualified by its engine: `fish/anna`.
      const named = engines.find(([name]) => voice.startsWith(`${name}/`));
      const asked = named === undefined ? voice : voice.slice(named[0].length + 1);
      const known = (named === undefined ? engines : [named]).filter(([, { url, voices }]) => url || voices?.length);
      // If no voices are listed for an engine, any voice is accepted: the engine's server may have it.
      if (known.length === 0 || known.some(([, { voices }]) => !voices?.length || voices.includes(asked)))
        return undefined;
      const path = known.map(([name]) => `${name}.voices`).join(", ");
      const voices = known.flatMap(([, { voices }]) => voices ?? []);
      return {
        path: `profiles.${id}.voice`,
        message: `${voice} is not one of the voices in ${path}`,
        remedy: `Use one of ${voices.join(", ")}, or add it there.`,
      };
    },
  },
  {
    id: "duet/profile-tokens",
    severity: "warning",
    source: "infra/settings/profiles.ts: the settings' descriptions",
    check({ id, profile: { generation, limits } }) {
      const [said, most] = [generation.maxTokens, limits.maxTokens];
      if (said === undefined || most === undefined || said <= most) return undefined;
      return {
        path: `profiles.${id}.generation.maxTokens`,
        message: `answers are set to ${said} tokens, but limited to ${most}`,
        remedy: `Set it to at most ${most}, or raise profiles.${id}.limits.maxTokens.`,
      };
    },
  },
];

/** What is wrong with profiles whose individual values are valid. */
export function judgeProfiles({ settings }: Config): Judgement<Named>[] {
  return [...(settings.profiles ?? [])].flatMap(([id, profile]) =>
    applyRules(profileRules, { id, profile, settings }, () => true),
  );
}
