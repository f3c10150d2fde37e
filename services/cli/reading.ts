import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { createLexicon } from "../synthesize/text/spoken/lexicon/lexicon.ts";
import { parseLexicon } from "../synthesize/text/spoken/lexicon/parse.ts";
import { showExplained, showExplainedJson } from "./explain.ts";
import { readLines, readTag, showReading } from "./read.ts";

/** The arguments of `duet read`, as given on the command line. */
export interface ReadArguments {
  readonly language?: string;
  readonly lang?: string;
  readonly questionLanguage?: string;
  readonly lexicon?: string;
  readonly whole?: boolean;
  readonly explain?: boolean;
  readonly json?: boolean;
}

/**
 * Runs `duet read`: prints how the texts in each file would be spoken; `-`, or no file at all, means standard input. If
 * an argument is invalid, throws an Error that names the argument.
 */
export async function readFiles(files: readonly string[], given: ReadArguments): Promise<void> {
  if (given.json && !given.explain)
    throw new Error("--json needs --explain: without --explain the output is already JSON");
  const options = {
    language: readTag("--language", given.language ?? given.lang),
    questionLanguage: readTag("--question-language", given.questionLanguage),
    lexicon: given.lexicon === undefined ? undefined : openLexicon(given.lexicon),
  };
  const show = !given.explain ? showReading : given.json ? showExplainedJson : showExplained;
  const write = (shown: string) => process.stdout.write(shown);
  for (const file of files.length === 0 ? ["-"] : files) {
    const fail = (message: string) => {
      process.exitCode = 1;
      process.stderr.write(`duet read: ${file === "-" ? "" : `${file}: `}${message}\n`);
    };
    const input: Readable = file === "-" ? process.stdin : createReadStream(file);
    try {
      if (given.whole) write(show(file === "-" ? "1" : file, await textOf(input), options));
      else {
        const failed = new Promise<never>((_, reject) => input.once("error", reject));
        const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
        await Promise.race([readLines(lines, { ...options, show, write, fail }), failed]);
      }
    } catch (error) {
      fail((error as Error).message);
    }
  }
}

function openLexicon(file: string) {
  try {
    return createLexicon(parseLexicon(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`--lexicon: ${file}: ${(error as Error).message}`);
  }
}
