import { answerTo } from "../../../script/script.ts";
import { tokenize } from "../batch/tokens.ts";
import type { ChatRequest } from "../wire/request.ts";
import { hold } from "./held.ts";
import { type OpeningHabit, withoutOpenings } from "./openings.ts";

/** Instructions to the stand-in, given by markers in a question; the markers are removed from the question. */
export interface Marks {
  /** `[[fault:NAME]]`: the fault to simulate. */
  fault: string | undefined;
  /** `[[say:TEXT]]`: the text to answer with; it is changed if it violates a constraint of the request. */
  say: string | undefined;
  /** `[[tokens:N]]`: the number of tokens in the answer, before the end-of-text token. */
  tokens: number | undefined;
}

/** Parses the markers in a question. */
export function readMarks(question: string): Marks {
  const mark = (name: string) => new RegExp(`\\[\\[${name}:([\\s\\S]*?)\\]\\]`).exec(question)?.[1];
  const tokens = mark("tokens");
  return {
    fault: mark("fault"),
    say: mark("say"),
    tokens: tokens === undefined ? undefined : Math.max(1, Number(tokens) || 1),
  };
}

/** The answer to a request, before token limits and stop strings apply. */
export function answerOf(chat: ChatRequest, marks: Marks, habit?: OpeningHabit): string {
  if (marks.tokens !== undefined) return answerOfTokens(marks.tokens);
  const answer = marks.say ?? ownAnswer(chat);
  return hold(habit?.begin(answer, chat.asked) ?? answer, chat.form);
}

function ownAnswer({ question, form }: ChatRequest): string {
  switch (form.type) {
    case "choice":
      return form.choices.find((choice) => question.includes(choice)) ?? form.choices[0] ?? "";
    case "regex":
    case "json":
      return "";
    case "text":
      return answerTo(withoutOpenings(question).replace(/\[\[[\s\S]*?\]\]/g, ""));
  }
}

/** Repeats plain sentences up to exactly `count` tokens. */
function answerOfTokens(count: number): string {
  const sentence = tokenize("The river runs on, past fields and towns. 河水慢慢流过田野，流过城市。");
  return Array.from({ length: count }, (_, index) => sentence[index % sentence.length]).join("");
}
