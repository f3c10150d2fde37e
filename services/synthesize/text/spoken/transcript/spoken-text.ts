import { countCodePoints } from "../../../../../infra/text/code-points.ts";
import type { Span } from "../spoken-clause.ts";

/** A span (spoken text and the written text that it stands for) that may still be extended. */
type GrowingSpan = { -readonly [field in keyof Span]: Span[field] };

/** Spoken text that is being built, with the written ranges that its parts stand for. */
export class SpokenText {
  text = "";
  /** The length of `text`, in code points. */
  length = 0;
  /** The last UTF-16 code unit of `text`; "" while `text` is empty. */
  last = "";
  readonly spans: GrowingSpan[] = [];

  /**
   * Adds what is spoken for the written range `[start, end)`. Consecutive characters that are spoken as written share
   * one span.
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

  /**
   * Adds `count` code points, spoken for `[start, end)`, to the last span; returns false if they do not belong to it.
   */
  #extend(isAsWritten: boolean, count: number, start: number, end: number): boolean {
    const span = this.spans.at(-1);
    if (span === undefined || span.spokenEnd !== this.length) return false;
    if (isAsWritten) {
      if (span.end !== start || span.spokenEnd - span.spokenStart !== span.end - span.start) return false;
      span.end = end;
    } else if (span.start !== start || span.end !== end) return false;
    // Words extend the last span if they stand for the same written text, such as the notice for a code block.
    span.spokenEnd += count;
    return true;
  }
}
