import { countCodePoints } from "../../../../../infra/text/code-points.ts";
import type { Span } from "../spoken-clause.ts";

/** A span that may still be extended. */
type GrowingSpan = { -readonly [field in keyof Span]: Span[field] };

/** Words as spoken while they are written down, with the written ranges that they stand for. */
export class SpokenText {
  text = "";
  /** Its length in code points. */
  length = 0;
  /** What it ends with: one UTF-16 code unit. */
  last = "";
  readonly spans: GrowingSpan[] = [];

  /**
   * Adds what is said for the written range `[start, end)`. Characters that are said as they are written share one
   * span.
   */
  add(piece: string, start: number, end: number): void {
    const count = piece.length === 1 ? 1 : countCodePoints(piece);
    const isAsWritten = count === 1 && end - start === 1;
    if (!this.#extend(isAsWritten, count, start, end))
      this.spans.push({ start, end: Math.max(start, end), spokenStart: this.length, spokenEnd: this.length + count });
    this.text += piece;
    this.length += count;
    this.last = piece.slice(-1);
  }

  /** Makes the last span longer, if `count` code points for `[start, end)` belong to it. */
  #extend(isAsWritten: boolean, count: number, start: number, end: number): boolean {
    const span = this.spans.at(-1);
    if (span === undefined || span.spokenEnd !== this.length) return false;
    if (isAsWritten) {
      if (span.end !== start || span.spokenEnd - span.spokenStart !== span.end - span.start) return false;
      span.end = end;
    } else if (span.start !== start || span.end !== end) return false;
    // Of a reading, more words for the same written text, such as the name of a code block.
    span.spokenEnd += count;
    return true;
  }
}
