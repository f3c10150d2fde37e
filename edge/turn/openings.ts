/** Which openings a turn may begin with: by its language, and by what the answers before it began with. */
import { Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Question } from "./writer.ts";

/** Texts that answers may begin with, by their language's BCP 47 tag. */
export type OpeningLists = Readonly<Record<string, readonly string[]>>;

/** How many answers before a turn must have begun otherwise. */
const apartTurns = 5;

/** Those of a language, or of the one that it is a kind of, in the same script; none for a language that is not known. */
export function openingsIn(lists: OpeningLists, language: string): readonly string[] {
  for (let tag = language; tag !== ""; tag = tag.slice(0, Math.max(0, tag.lastIndexOf("-")))) {
    const list = lists[tag];
    if (list !== undefined && scriptOf(tag) === scriptOf(language)) return list;
  }
  return [];
}

/** Those that none of the last answers of a conversation began with. */
export function openingsUnused(openings: readonly string[], history: Question["history"]): readonly string[] {
  const answers = history.filter((message) => "role" in message && message.role === Role.ASSISTANT);
  const last = answers.slice(-apartTurns).map(({ content }) => bare(content));
  return openings.filter((opening) => !last.some((answer) => answer.startsWith(bare(opening))));
}

/** A text by its letters alone: models change marks and capitals. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function scriptOf(tag: string): string | undefined {
  return new Intl.Locale(tag).maximize().script;
}
