/*
 * Hundreds of patterns are tried at each character, and nearly all fail immediately: at a character with which they
 * cannot begin, or because of a look-behind at their start. Checking a table of characters takes a tenth of the time of
 * running the pattern. The table is derived from the pattern itself, in a weakened form: `abc` becomes
 * `a(?:$|b(?:$|c))`, which also matches if the known text ends before the match does. So the weakened pattern may
 * exclude less than the pattern does, but never more.
 */

/** Any character. */
const any = String.raw`[\s\S]`;
/** Patterns that match the start and the end of the text, whether or not the `m` flag is set. */
const textStart = `(?<!${any})`;
const textEnd = `(?!${any})`;
/** Matches one element of a pattern: a class, an escape, the start of a group, or a character. */
const element =
  /\[(?:[^\\\]]|\\.)*\]|\\(?:[pPu]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[A-Za-z]|[\s\S])|\(\?(?:<?[=!]|<[^>]*>|:)|[\s\S]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y;
/** `assertion` matches a regex element that checks its surroundings without consuming; `reference` a back-reference. */
const assertion = /^(?:\^|\$|\\[bB]|\(\?<?[=!])$/;
const reference = /^\\(?:k<|[1-9])/;

/** A part of a pattern that was weakened so that it matches more, and whether it can match the empty string. */
interface Part {
  readonly source: string;
  readonly mayBeEmpty: boolean;
}

/** Weakens a pattern, so that it also matches a text that breaks off within a match: `a(?:$|b)` instead of `ab`. */
class Weaker {
  readonly #source: string;
  /** A pattern that matches where the known text ends: at its start for look-behinds, otherwise at its end. */
  readonly #unknown: string;
  /** Whether the pattern is tried on at most one character: its requirements for later characters are then dropped. */
  readonly #isShort: boolean;
  #at = 0;

  constructor(source: string, unknown: string, isShort = false) {
    this.#source = source;
    this.#unknown = unknown;
    this.#isShort = isShort;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] ?? "";
    this.#at += text.length;
    return text;
  }

  /** Parses alternatives up to the end of their group. */
  alternatives(): Part {
    const written: Part[] = [];
    let parts: Part[] = [];
    while (!this.isAtEnd && this.#source[this.#at] !== ")") {
      const text = this.#take(element);
      if (text === "|") {
        written.push(this.#inRow(parts));
        parts = [];
      } else if (text.startsWith("(")) parts.push(this.#group(text));
      else {
        const times = this.#take(quantifier);
        if (reference.test(text)) parts.push({ source: `${any}*`, mayBeEmpty: true });
        else if (!assertion.test(text)) parts.push(this.#repeated({ source: text, mayBeEmpty: false }, times));
      }
    }
    written.push(this.#inRow(parts));
    return {
      source: written.map(({ source }) => source).join("|"),
      mayBeEmpty: written.some(({ mayBeEmpty }) => mayBeEmpty),
    };
  }

  /** Joins consecutive parts of a pattern. The result also matches text whose known part ends between two of them. */
  #inRow(parts: readonly Part[]): Part {
    const isBackward = this.#unknown === textStart;
    const needed = parts.findIndex(({ mayBeEmpty }) => !mayBeEmpty);
    const known = this.#isShort && needed >= 0 ? parts.slice(0, needed + 1) : parts;
    const sources = known.map(({ source }) => source).filter((source) => source !== "");
    const source = (isBackward ? sources : sources.toReversed()).reduce(
      (row, part) =>
        row === "" ? part : isBackward ? `(?:${row}|${this.#unknown})${part}` : `${part}(?:${this.#unknown}|${row})`,
      "",
    );
    return { source, mayBeEmpty: needed < 0 };
  }

  /** Applies a quantifier to a part of the pattern; at the edge of the known text, fewer repetitions also match. */
  #repeated({ source, mayBeEmpty: isEmpty }: Part, times: string): Part {
    const least = Number(/^\{(\d+)/.exec(times)?.[1] ?? 0);
    const mayBeEmpty = isEmpty || /^(?:[*?]|\{0)/.test(times);
    if (this.#isShort) return { source: mayBeEmpty && !isEmpty ? `${source}?` : source, mayBeEmpty };
    if (least < 2) return { source: source + times, mayBeEmpty };
    const less = `${source}{1,${least - 1}}`;
    const ending = this.#unknown === textStart ? `${textStart}${less}` : `${less}${textEnd}`;
    return { source: `(?:${source}${times}|${ending})`, mayBeEmpty };
  }

  /** Parses and weakens the rest of a group whose opening, `head`, has just been parsed. */
  #group(head: string): Part {
    const from = this.#at;
    const { source: inside, mayBeEmpty } = this.alternatives();
    const body = this.#source.slice(from, this.#at++);
    const times = this.#take(quantifier);
    if (!assertion.test(head)) return this.#repeated({ source: `(?:${inside})`, mayBeEmpty }, times);
    return { source: this.#look(head, inside, body), mayBeEmpty: true };
  }

  /** Weakens a look-ahead or look-behind; returns its new source, "" if it must be omitted. */
  #look(head: string, inside: string, body: string): string {
    // A look-around toward the side where the text is unknown cannot be checked, so it is omitted.
    if (head.startsWith("(?<") !== (this.#unknown === textStart)) return "";
    if (head.endsWith("=")) return `${head}${inside}|${this.#unknown})`;
    return asksMore(body) ? "" : `${head}${body})`;
  }

  /** Parses the look-behinds with which the pattern begins; returns them in weakened form. */
  lookBehinds(): string {
    let written = "";
    while (this.#source.startsWith("(?<=", this.#at) || this.#source.startsWith("(?<!", this.#at))
      written += this.#group(this.#take(element)).source;
    return written;
  }
}

/**
 * Whether a pattern has assertions about the text around a match, or references to groups. Such a pattern may match a
 * part of a text taken by itself, but not the same part within the text.
 */
function asksMore(source: string): boolean {
  for (const [text] of source.matchAll(new RegExp(element, "gu")))
    if (assertion.test(text) || reference.test(text)) return true;
  return false;
}

/** Whether a pattern has alternatives at the top level. */
function hasAlternatives(source: string): boolean {
  let depth = 0;
  for (const [text] of source.matchAll(new RegExp(element, "gu"))) {
    if (text.startsWith("(")) depth++;
    else if (text === ")") depth--;
    else if (text === "|" && depth === 0) return true;
  }
  return false;
}

/** Returns a function that tells whether a match may begin with a given text. The pattern is compiled on first use. */
export function beginningOf(pattern: RegExp): (beginning: string) => boolean {
  let weaker: RegExp | undefined;
  return (beginning) => {
    weaker ??= weaken(pattern);
    return weaker.test(beginning);
  };
}

/**
 * Returns a function that tells whether a match of a pattern may begin with a character: like `beginningOf` for a text
 * of one character, but faster to build.
 */
export function firstOf(pattern: RegExp): (c: string) => boolean {
  const weaker = weaken(pattern, true);
  return (c) => weaker.test(c);
}

function weaken({ source, flags }: RegExp, isShort = false): RegExp {
  const weaker = new Weaker(source, textEnd, isShort).alternatives();
  return new RegExp(`^(?:${weaker.source})`, flags.replace(/[gy]/g, ""));
}

/** Returns a function that tells whether a match of a pattern may begin right after a text. */
export function followingOf({ source, flags }: RegExp): (before: string) => boolean {
  const asked = hasAlternatives(source) ? "" : new Weaker(source, textStart).lookBehinds();
  if (asked === "") return () => true;
  const weaker = new RegExp(`${asked}$`, flags.replace(/[gy]/g, ""));
  return (before) => weaker.test(before);
}
