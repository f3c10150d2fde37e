/** Chooses the openings (ready-made first words) that fit a turn's language and did not begin a recent answer. */
import { Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Question } from "./writer.ts";

/** Texts that answers may begin with, by BCP 47 language tag. */
export type OpeningLists = Readonly<Record<string, readonly string[]>>;

/** How many answers must pass before an opening may be used again. */
const apartTurns = 5;

/** The openings for a language tag, or for a broader tag in the same script; empty if the lists have neither tag. */
export function openingsIn(lists: OpeningLists, language: string): readonly string[] {
  for (let tag = language; tag !== ""; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
    const list = lists[tag];
    if (list !== undefined && scriptOf(tag) === scriptOf(language)) return list;
  }
  return [];
}

/** The openings that none of the conversation's latest answers began with. */
export function openingsUnused(openings: readonly string[], history: Question["history"]): readonly string[] {
  const answers = history.filter((message) => "role" in message && message.role === Role.ASSISTANT);
  const last = answers.slice(-apartTurns).map(({ content }) => bare(content));
  return openings.filter((opening) => !last.some((answer) => answer.startsWith(bare(opening))));
}

/** The letters and digits of a text, in lower case, for comparing openings: models vary punctuation and capitals. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function scriptOf(tag: string): string | undefined {
  return new Intl.Locale(tag).maximize().script;
}
