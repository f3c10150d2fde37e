/**
 * Applies a profile to a request: the request's own values take precedence, but the profile's limits always hold, and
 * its instructions are put before the request's.
 */
import type { Profile } from "../../infra/settings/profiles.ts";
import { OpenerMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { SpeechOptions } from "../turn/speech.ts";
import type { Question } from "../turn/writer.ts";
import type { ChosenProfile } from "./choose.ts";

/** The instructions of a turn: the profile's and the request's (`asked`), or else the deployment's (`ordinary`). */
export function instructionsOf({ instructions }: Profile, asked: string, ordinary: string): string {
  if (instructions === undefined) return asked || ordinary;
  return asked === "" ? instructions : `${instructions}\n\n${asked}`;
}

/** The generation options of a turn; options that neither the request nor the profile sets stay unset. */
export function generationOf({ generation, limits }: Profile, asked: Question["options"]): Question["options"] {
  return {
    ...asked,
    maxTokens: atMost(asked.maxTokens ?? generation.maxTokens ?? limits.maxTokens, limits.maxTokens),
    temperature: atMost(asked.temperature ?? generation.temperature, limits.maxTemperature),
  };
}

/** The speech options of a turn. */
export function speechOf(
  { id, profile }: ChosenProfile,
  asked: { readonly voice: string; readonly language: string; readonly opener?: OpenerMode },
): Omit<SpeechOptions, "questionLanguage"> {
  return {
    voice: asked.voice || (profile.voice ?? ""),
    language: asked.language || (profile.language ?? ""),
    lexicon: profile.lexicon && id,
    opener: asked.opener || (profile.opener && openerModes[profile.opener]),
  };
}

/**
 * Returns a function that gives the notice, which the voice says before the first answer of a conversation; empty for
 * later answers. `ordinary`, the deployment's notice, applies if the profile sets none.
 */
export function noticeOf({ notice }: Profile, ordinary: string, historyOf: () => readonly unknown[]): () => string {
  return () => (historyOf().length <= 1 ? (notice ?? ordinary) : "");
}

const openerModes = { soft: OpenerMode.SOFT, written: OpenerMode.WRITTEN, list: OpenerMode.LIST };

function atMost(value: number | undefined, limit: number | undefined): number | undefined {
  return value === undefined || limit === undefined ? value : Math.min(value, limit);
}
