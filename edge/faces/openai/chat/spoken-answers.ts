import { randomUUID } from "node:crypto";

/** What was spoken of late, by the id that its audio was sent with: the next request may name it instead of repeating its text. */
export interface SpokenAnswers {
  /** Makes an id for an answer that is about to be spoken, and says until when it will be known, in Unix seconds. */
  begin(): { readonly id: string; readonly expiresAt: number };
  /** Keeps the text of an answer that was spoken to its end. */
  keep(tenant: string, id: string, text: string): void;
  /** The text of an answer of this tenant; undefined if it is not known, or not any more. */
  find(tenant: string, id: string): string | undefined;
}

// As long as OpenAI says for its own.
const keptMs = 3_600_000;
// An answer has some 500 bytes: 5 MB at most in ordinary use, and 32 MB in any.
const mostAnswers = 10_000;
const mostCharacters = 16_000_000;

/** Makes one, for this process: another edge does not know what this one has spoken. */
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
      // The oldest stand first.
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
