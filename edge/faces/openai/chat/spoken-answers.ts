import { randomUUID } from "node:crypto";

/**
 * Remembers recently spoken answers by the id of their audio: a later request may refer to the id instead of repeating
 * the text.
 */
export interface SpokenAnswers {
  /** Creates an id for an answer that is about to be spoken. `expiresAt`: when the id expires, in Unix seconds. */
  begin(): { readonly id: string; readonly expiresAt: number };
  /** Stores the text of an answer that was spoken to its end. */
  keep(tenant: string, id: string, text: string): void;
  /** The text of an answer of this tenant; undefined if it is unknown or has expired. */
  find(tenant: string, id: string): string | undefined;
}

// How long a spoken answer is kept, in milliseconds: as long as OpenAI keeps its own.
const keptMs = 3_600_000;
// The maximum number of stored answers. An answer takes some 500 bytes, so all together usually take at most 5 MB;
// `mostCharacters` limits them to 32 MB.
const mostAnswers = 10_000;
const mostCharacters = 16_000_000;

/** Keeps spoken answers in the memory of this process: other edge processes cannot find them. */
export function createSpokenAnswers(unixNow: () => number): SpokenAnswers {
  const answers = new Map<string, { readonly tenant: string; readonly text: string; readonly until: number }>();
  let characters = 0;

  const drop = (id: string) => {
    characters -= answers.get(id)?.text.length ?? 0;
    answers.delete(id);
  };
  return {
    begin: () => ({
      id: `audio_${randomUUID().replaceAll("-", "")}`,
      expiresAt: Math.floor((unixNow() + keptMs) / 1000),
    }),
    keep(tenant, id, text) {
      answers.set(id, { tenant, text, until: unixNow() + keptMs });
      characters += text.length;
      // The oldest answers come first, so the loop ends at the first answer that can stay.
      for (const [oldest, { until }] of answers) {
        if (answers.size <= mostAnswers && characters <= mostCharacters && until > unixNow()) break;
        drop(oldest);
      }
    },
    find(tenant, id) {
      const found = answers.get(id);
      return found?.tenant === tenant && found.until > unixNow() ? found.text : undefined;
    },
  };
}
