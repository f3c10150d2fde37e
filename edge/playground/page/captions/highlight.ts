import type { Piece } from "../markdown/render.ts";
import type { Caption } from "./captions.ts";

/** Shows by highlighting how far an answer has been spoken. */
export interface Highlighter {
  /** Highlights the text up to `heard`, and the word being spoken if there is a caption. */
  show(pieces: readonly Piece[], heard: number, caption: Caption | undefined): void;
  /** Removes all highlighting. */
  clear(): void;
  /** The range of the word being spoken, used to keep it in view. */
  readonly word: Range | undefined;
}

/** Makes a highlighter. It does not change the DOM; a browser without the CSS Custom Highlight API shows plain text. */
export function createHighlighter(): Highlighter {
  const heardLight = light("heard");
  const wordLight = light("word");
  let heardRange: Range | undefined;
  let word: Range | undefined;

  const clear = () => {
    if (heardRange !== undefined) heardLight?.delete(heardRange);
    if (word !== undefined) wordLight?.delete(word);
    heardRange = undefined;
    word = undefined;
  };
  return {
    show(pieces, heard, caption) {
      clear();
      heardRange = rangeOf(pieces, 0, Math.max(heard, caption?.end ?? 0));
      if (heardRange !== undefined) heardLight?.add(heardRange);
      word = caption === undefined ? undefined : rangeOf(pieces, caption.start, caption.end);
      if (word !== undefined) wordLight?.add(word);
    },
    clear,
    get word() {
      return word;
    },
  };
}

function light(name: string): Highlight | undefined {
  if (typeof Highlight === "undefined") return undefined;
  const existing = CSS.highlights.get(name);
  if (existing !== undefined) return existing;
  const created = new Highlight();
  CSS.highlights.set(name, created);
  return created;
}

/** The visible part of `[start, end)` of the written text; undefined if nothing of it is visible. */
function rangeOf(pieces: readonly Piece[], start: number, end: number): Range | undefined {
  const touched = pieces.filter((piece) => piece.start < end && piece.start + piece.node.length > start);
  const first = touched[0];
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const range = document.createRange();
  range.setStart(first.node, Math.max(0, start - first.start));
  range.setEnd(last.node, Math.min(last.node.length, end - last.start));
  return range;
}
