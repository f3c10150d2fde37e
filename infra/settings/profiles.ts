import { groups } from "./groups.ts";
import { choice, decimal, file, language, name, whole } from "./kinds.ts";
import { openings, usualOpenings } from "./openings.ts";
import { optional, setting, type Values } from "./setting.ts";

/** The settings of a profile, one of a deployment's assistants: `profiles.ID` in duet.yaml. */
export const profile = {
  displayName: optional(name, "The profile's name as shown to people. Unset: its id."),
  instructions: optional(
    name,
    "The system prompt, instead of edge.instructions; instructions of a request follow it. Unset: as without a profile.",
  ),
  voice: optional(name, "The voice that speaks where the request names none. Unset: the default voice."),
  language: optional(
    language,
    "The language of the answers, where the request names none. Unset: detected from the question and the answer.",
  ),
  lexicon: optional(
    file,
    "A YAML file of pronunciations, like synthesize.lexicon; its words take precedence over those there. It is read again when it has changed.",
  ),
  opener: optional(
    choice(["soft", "written", "list"]),
    "How far an answer must have come before its first words are spoken. Overrides synthesize.opener.mode, whose description explains the values.",
  ),
  notice: optional(
    name,
    "What the first answer of a conversation begins with, instead of edge.marking.notice, such as: This is a machine speaking.",
  ),
  generation: {
    maxTokens: optional(whole(1, 8_192), "The most tokens of an answer, where the request sets no limit."),
    temperature: optional(decimal(0, 2), "The sampling temperature, where the request sets none."),
  },
  limits: {
    maxTokens: optional(whole(1, 8_192), "The most tokens of an answer, whatever the request says."),
    maxTemperature: optional(decimal(0, 2), "The highest temperature, whatever the request says."),
    requestsPerMinute: optional(
      whole(1, 10_000_000),
      "The most turns of this profile that may begin in a minute, of all callers together.",
    ),
    turnsAtOnce: optional(whole(1, 100_000), "The most concurrent turns of this profile, of all callers together."),
    audioSecondsPerDay: optional(
      whole(1, 10_000_000),
      "The most seconds of speech that this profile may produce per day (UTC), for all callers together.",
    ),
  },
};

/** The values of a profile's settings. */
export type Profile = Values<typeof profile>;

/** Profiles keyed by their ids. */
export type Profiles = ReadonlyMap<string, Profile>;

/** The settings that both the edge and Synthesize read; each of the two processes uses only some of them. */
export const assistants = {
  profiles: setting(
    groups(profile),
    new Map() as Profiles,
    "The assistants of this deployment, each by its id, which requests and keys name (docs/profiles.md). An environment variable holds them as JSON.",
  ),
  openings: setting(
    openings,
    usualOpenings,
    "Texts with which the model may be asked to begin an answer whose opener is list, by the answer's language (docs/openings.md). Each should be one clause that ends with a punctuation mark, take 0.9 to 1.6 s to speak, agree to nothing and promise nothing. A list of your own replaces all of these. An environment variable holds it as JSON.",
  ),
};
