import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import type { Profile } from "../../settings/profiles.ts";
import type { Config } from "../config.ts";

/** What rules about a profile see. */
interface Named {
  readonly id: string;
  readonly profile: Profile;
  readonly settings: Config["settings"];
}

/** Rules about one profile. Lexicon files are read by `duet config check` alone: they lie where Synthesize runs. */
export const profileRules: readonly Rule<Named>[] = [
  {
    id: "duet/profile-voice",
    severity: "error",
    source: "services/synthesize/engines/voices.ts: a turn in a voice that is not offered ends with NOT_FOUND",
    check({ id, profile: { voice }, settings: { fish, speech } }) {
      const lists = { "fish.voices": fish.voices ?? [], "speech.voices": speech.voices ?? [] };
      const offered = Object.entries(lists).filter(([, voices]) => voices.length > 0);
      const [[path, voices] = ["", []]] = offered;
      if (voice === undefined || offered.length === 0 || offered.some(([, voices]) => voices.includes(voice)))
        return undefined;
      return {
        path: `profiles.${id}.voice`,
        message: `${voice} is none of the voices of ${path}`,
        remedy: `Write one of ${voices.join(", ")}, or add it there.`,
      };
    },
  },
  {
    id: "duet/profile-tokens",
    severity: "warning",
    source: "infra/settings/profiles.ts: what each of them says",
    check({ id, profile: { generation, limits } }) {
      const [said, most] = [generation.maxTokens, limits.maxTokens];
      if (said === undefined || most === undefined || said <= most) return undefined;
      return {
        path: `profiles.${id}.generation.maxTokens`,
        message: `answers are to have ${said} tokens and may have ${most}: the limit holds`,
        remedy: `Set it to at most ${most}, or raise profiles.${id}.limits.maxTokens.`,
      };
    },
  },
];

/** What is wrong with profiles whose values are right one by one. */
export function judgeProfiles({ settings }: Config): Judgement<Named>[] {
  return [...(settings.profiles ?? [])].flatMap(([id, profile]) =>
    applyRules(profileRules, { id, profile, settings }, () => true),
  );
}
