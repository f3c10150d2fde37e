import { NO, slice, WAIT, type Window } from "../window/window.ts";

// A listener waits for the first clause to be written, and a clause of twelve words takes a model a quarter of a second. Where an engine
// speaks two words as well as twelve, a text may begin with a few plain words: letters alone, with plain words after them too, so
// that no number, name, mark or markup is cut and every word is said as it would have been.

/** Hanzi that are looked at, and between which of them the border may lie. */
const hanzi = { known: 6, least: 3, most: 5 } as const;
/** Latin letters and spaces that are looked at, and the same. */
const latin = { known: 17, least: 6, most: 15 } as const;

const han = /^\p{Script=Han}$/u;
/** Words that lean on the one before them, and figures, which belong together. */
const leaning = /^[的了着过地得们吗呢吧啊呀么之者些一二三四五六七八九十百千万亿两几零第]/;
const figure = /[一二三四五六七八九十百千万亿两几零第]$/;
const words = new Intl.Segmenter("zh", { granularity: "word" });

/** Where the text that begins at `points[0]` may part after its first words: NO if nowhere, WAIT if more of it must be known. */
export function softOpening(window: Window): number {
  const first = window.points[0];
  if (first === undefined) return WAIT;
  if (han.test(first)) return hanBorder(window);
  return /^[A-Za-z]$/.test(first) ? latinBorder(window) : NO;
}

function hanBorder(window: Window): number {
  for (let at = 0; at < hanzi.known; at++) {
    const c = window.points[at];
    if (c === undefined) return window.ended ? NO : WAIT;
    if (!han.test(c)) return NO;
  }
  let border = 0;
  let best = NO;
  let before = "";
  for (const { segment } of words.segment(slice(window, 0, hanzi.known))) {
    const isPlace = border >= hanzi.least && border <= hanzi.most;
    if (isPlace && !leaning.test(segment) && !figure.test(before)) best = border;
    border += segment.length;
    before = segment;
  }
  return best;
}

function latinBorder(window: Window): number {
  let best = NO;
  for (let at = 0; at < latin.known; at++) {
    const c = window.points[at];
    if (c === undefined) return window.ended ? NO : WAIT;
    if (c === " " && at >= latin.least && at <= latin.most && /^[a-z]$/.test(window.points[at + 1] ?? "")) best = at;
    // A capital within the text may begin a name, or stand for a word.
    else if (c !== " " && !/^[a-z]$/.test(c) && at > 0) return NO;
  }
  return best;
}
