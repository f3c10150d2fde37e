import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tokenize } from "../../infra/twins/vllm/batch/tokens.ts";

/** A reply that the model is to write. */
export interface Reply {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  /** As the stand-in of vLLM counts them. */
  readonly tokens: number;
}

/**
 * Replies as a 7B chat model writes them: id, language, style, question, reply; tabs between, escapes `\n` `\t` `\\`
 * `\uXXXX`.
 */
export const ownReplies = fileURLToPath(new URL("replies.tsv", import.meta.url));

/** Reads a file of replies. Throws an Error that names the line that is none. */
export function readReplies(file: string): Reply[] {
  const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const replies = lines.map((line, index) => {
    const [id, , , question, text] = line.split("\t").map(unescaped);
    if (id === undefined || question === undefined || text === undefined || text === "")
      throw new Error(`${file}, line ${index + 2}: must be id, language, style, question and reply, with tabs between`);
    if (text.includes("]]")) throw new Error(`${file}, line ${index + 2}: a reply cannot hold ]]`);
    return { id, question, text, tokens: tokenize(text).length };
  });
  if (replies.length === 0) throw new Error(`${file} holds no reply`);
  return replies;
}

/**
 * The replies that come closest to a mean length, for comparison with what was measured on shorter ones: the longest
 * are left out until the mean of the rest is at most `meanTokens`. Undefined: all of them.
 */
export function ofMeanLength(replies: readonly Reply[], meanTokens: number | undefined): readonly Reply[] {
  if (meanTokens === undefined) return replies;
  const sorted = replies.toSorted((a, b) => a.tokens - b.tokens);
  let sum = 0;
  const kept = sorted.filter((reply, index) => {
    sum += reply.tokens;
    return sum / (index + 1) <= meanTokens;
  });
  return kept.length > 0 ? kept : sorted.slice(0, 1);
}

function unescaped(cell: string): string {
  return cell.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, unit: string | undefined, letter: string) =>
    unit !== undefined ? String.fromCharCode(Number.parseInt(unit, 16)) : (escapes[letter] ?? letter),
  );
}

const escapes: Record<string, string> = { n: "\n", t: "\t" };
