import type { FishMode } from "../modes.ts";

/**
 * Splits a text into the parts that Fish-Speech speaks one after another; `split` depends on the release. The result is
 * empty if nothing is left to speak.
 */
export function splitText(text: string, split: FishMode["split"], chunkLength: number): string[] {
  if (split === "none") return [text];
  return split === "speakers" ? splitAtSpeakers(text, chunkLength) : splitByBytes(text, chunkLength);
}

/**
 * Splits a dialogue for S2, which speaks several turns at a time; text before the first tag is lost, as in the real
 * server.
 */
function splitAtSpeakers(text: string, chunkLength: number): string[] {
  const turns = text.split(/(?=<\|speaker:\d+\|>)/).filter((turn) => /^<\|speaker:\d+\|>\s*\S/.test(turn));
  if (!/<\|speaker:\d+\|>/.test(text)) return [text];
  return merge(turns, chunkLength, "\n").map((batch) => batch.replace(/<\|speaker:\d+\|>/g, ""));
}

/**
 * Splits a text as Fish-Speech 1.4 and 1.5 do. A short text stays whole, and a long text is cut after its sentences.
 * Pieces that are still too long are cut after commas, if necessary also at spaces, and finally anywhere.
 */
function splitByBytes(text: string, chunkLength: number): string[] {
  const clean = text.trim().replace(emoji, "").replace(/,,/g, ",");
  const pieces = [/(?<=[!?。！？]|\.(?!\d))/, /(?<=[,，])/, /(?<= )/].reduce(
    (parts, border) => parts.flatMap((part) => (fits(part, chunkLength) ? [part] : part.split(border))),
    [clean],
  );
  const short = pieces.flatMap((piece) => (fits(piece, chunkLength) ? [piece] : merge([...piece], chunkLength)));
  return merge(short, chunkLength).filter((part) => /[^\s!-/:-@[-`{-~]/.test(part));
}

/** Matches the characters that Fish-Speech's text cleaning removes. */
const emoji = /[\u{1f1e0}-\u{1f1ff}\u{1f300}-\u{1f5ff}\u{1f600}-\u{1f64f}\u{1f680}-\u{1f6ff}]/gu;

/** Joins adjacent pieces, with `between` in between, as long as the result has at most `bytes` bytes of UTF-8. */
function merge(pieces: readonly string[], bytes: number, between = ""): string[] {
  const merged: string[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last !== undefined && fits(last + between + piece, bytes)) merged[merged.length - 1] = last + between + piece;
    else merged.push(piece);
  }
  return merged;
}

function fits(text: string, bytes: number): boolean {
  return Buffer.byteLength(text) <= bytes;
}
