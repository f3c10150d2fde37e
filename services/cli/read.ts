import { createSegmenter } from "../synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm, type SpokenFormOptions } from "../synthesize/text/spoken/spoken.ts";

/** A clause of a dry reading. */
export interface ReadClause {
  /** As written. */
  readonly text: string;
  /** As spoken; empty where nothing is. */
  readonly spoken: string;
  /** How many code points of the text had been read when the clause was complete. */
  readonly readBy: number;
}

/** Reads a text as it would be spoken while it is being written one character at a time. No engine is asked. */
export function readText(text: string, options: SpokenFormOptions): ReadClause[] {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm(options);
  const clauses: ReadClause[] = [];
  let readBy = 0;
  const add = (found: ReturnType<typeof segmenter.flush>) => {
    for (const clause of found) clauses.push({ text: clause.text, spoken: spokenForm.speak(clause).spoken, readBy });
  };
  for (const character of text) {
    readBy++;
    add(segmenter.push(character));
  }
  add(segmenter.flush());
  return clauses;
}

/** One text to read. */
interface Reading {
  readonly id: string;
  readonly text: string;
  readonly lang: string | undefined;
}

/** A line of the input: a JSON object `{"id", "text", "lang"?}`, or else plain text whose id is the line's number. Throws an Error that says what is wrong. */
function parseLine(line: string, number: number): Reading {
  if (!line.trimStart().startsWith("{")) return { id: String(number), text: line, lang: undefined };
  const value = JSON.parse(line) as { id?: unknown; text?: unknown; lang?: unknown };
  if (typeof value.text !== "string") throw new Error('"text" must be a string');
  if (value.lang !== undefined && value.lang !== null && typeof value.lang !== "string")
    throw new Error('"lang" must be a string such as "zh" or "en"');
  if (value.id !== undefined && typeof value.id !== "string" && typeof value.id !== "number")
    throw new Error('"id" must be a string or a number');
  return { id: String(value.id ?? number), text: value.text, lang: value.lang ?? undefined };
}

/** What `readLines` is told. */
export interface ReadLinesOptions {
  /** The language of lines that name none. */
  readonly lang?: string | undefined;
  /** Writes one line of the answer. */
  readonly write: (line: string) => void;
  /** Is told of each line that could not be read; the others are read all the same. */
  readonly fail: (message: string) => void;
}

/** Reads each line and writes its clauses as one line of JSON. */
export async function readLines(lines: AsyncIterable<string>, options: ReadLinesOptions): Promise<void> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    try {
      const { id, text, lang } = parseLine(line, number);
      const language = lang ?? options.lang;
      options.write(`${JSON.stringify({ id, clauses: readText(text, language === undefined ? {} : { language }) })}\n`);
    } catch (error) {
      options.fail(`line ${number}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
