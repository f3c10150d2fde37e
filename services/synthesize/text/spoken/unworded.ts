import type { Mapped } from "./mapped.ts";
import type { Span } from "./spoken-clause.ts";
import type { Transcript } from "./transcript/transcript.ts";

/**
 * Returns the text for an engine that converts numbers, units and symbols to words itself: the text as written, with
 * any white space reduced to a single space.
 */
export function asWritten({ text, from, to }: Mapped): Transcript {
  const spans: Span[] = [];
  let spoken = "";
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const piece = /\s/.test(character) ? " " : character;
    const [start, end] = [from[at] as number, to[at] as number];
    at += character.length;
    if (piece === " " && (spoken === "" || spoken.endsWith(" "))) continue;
    const previous = spans.at(-1);
    const isOne = end - start === 1;
    const goesOn =
      isOne && previous?.end === start && previous.end - previous.start === previous.spokenEnd - previous.spokenStart;
    if (goesOn) spans[spans.length - 1] = { ...(previous as Span), end, spokenEnd: length + 1 };
    else spans.push({ start, end, spokenStart: length, spokenEnd: length + 1 });
    spoken += piece;
    length++;
  }
  return { spoken, spans };
}
