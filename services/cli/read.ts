import type { Clause } from "../synthesize/text/segmenter/clause.ts";
import { createSegmenter } from "../synthesize/text/segmenter/segmenter.ts";
import type { Lexicon } from "../synthesize/text/spoken/lexicon/lexicon.ts";
import type { Observer } from "../synthesize/text/spoken/observer.ts";
import { createSpokenForm } from "../synthesize/text/spoken/spoken.ts";
import type { SpokenClause } from "../synthesize/text/spoken/spoken-clause.ts";

/** What is known in advance about a text that is to be converted to its spoken form. */
export interface ReadOptions {
  /** The text's language, a BCP 47 tag. */
  readonly language?: string | undefined;
  /** The language of the question that the text answers, a BCP 47 tag. */
  readonly questionLanguage?: string | undefined;
  readonly lexicon?: Lexicon | undefined;
}

/** A clause of a text, with the words that a voice would say for it. */
export interface ReadClause {
  /** The clause as written. */
  readonly text: string;
  /** The words that a voice would say for the clause; empty if it would say nothing. */
  readonly spoken: string;
  /** How many code points of the text had to arrive before the clause was complete. */
  readonly readBy: number;
}

/** Returns the clauses of a text as they would be spoken if it arrived one character at a time. Uses no engine. */
export function readText(text: string, options: ReadOptions): ReadClause[] {
  return [...readClauses(text, options)].map(({ clause, spoken, readBy }) => ({ text: clause.text, spoken, readBy }));
}

/** Yields the clauses of a text, each as soon as it is complete. */
export function* readClauses(
  text: string,
  options: ReadOptions,
  observer?: Observer,
): Generator<SpokenClause & Pick<ReadClause, "readBy">> {
  const segmenter = createSegmenter();
  const given = Object.entries({ ...options, observer }).filter(([, value]) => value !== undefined);
  const spokenForm = createSpokenForm(Object.fromEntries(given));
  const speak = (clause: Clause) => ({ ...spokenForm.speak(clause), readBy });
  let readBy = 0;
  for (const character of text) {
    readBy++;
    yield* segmenter.push(character).map(speak);
  }
  yield* segmenter.flush().map(speak);
}

/** A text to be converted to its spoken form. */
interface Reading extends ReadOptions {
  readonly id: string;
  readonly text: string;
}

const tagPattern = /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i;

/** Checks a language tag; `name` is the option or field that contains it. Throws an Error that says what is wrong. */
export function readTag(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw new Error(`${name} must be a string such as "zh" or "en"`);
  if (!tagPattern.test(value)) throw new Error(`${name} must be a language tag such as zh, en or pt-BR`);
  return value;
}

/**
 * Parses a line of input: a JSON object `{"id", "text", "lang"?, "question_lang"?}`, or else plain text whose id is the
 * line number. Throws an Error that says what is wrong.
 */
function parseLine(line: string, number: number): Reading {
  if (!line.trimStart().startsWith("{")) return { id: String(number), text: line };
  const value = JSON.parse(line) as Record<string, unknown>;
  if (typeof value.text !== "string") throw new Error('"text" must be a string');
  if (value.id !== undefined && typeof value.id !== "string" && typeof value.id !== "number")
    throw new Error('"id" must be a string or a number');
  return {
    id: String(value.id ?? number),
    text: value.text,
    language: readTag('"lang"', value.lang),
    questionLanguage: readTag('"question_lang"', value.question_lang),
  };
}

/** Options of readLines. */
export interface ReadLinesOptions extends ReadOptions {
  /** Renders the output for one text, usually one line. */
  readonly show: (id: string, text: string, options: ReadOptions) => string;
  /** Called for each text with what `show` returned for it, to print it. */
  readonly write: (shown: string) => void;
  /** Called with a message for each line that cannot be parsed; the other lines are still shown. */
  readonly fail: (message: string) => void;
}

/** Shows for each line how it would be spoken; each line is a separate text. */
export async function readLines(lines: AsyncIterable<string>, options: ReadLinesOptions): Promise<void> {
  const { show, write, fail, ...common } = options;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    try {
      const { id, text, language, questionLanguage } = parseLine(line, number);
      write(
        show(id, text, {
          ...common,
          language: language ?? common.language,
          questionLanguage: questionLanguage ?? common.questionLanguage,
        }),
      );
    } catch (error) {
      fail(`line ${number}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Renders how the clauses of a text would be spoken, as one line of JSON. */
export const showReading = (id: string, text: string, options: ReadOptions): string =>
  `${JSON.stringify({ id, clauses: readText(text, options) })}\n`;
