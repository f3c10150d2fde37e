/*
 * Hundreds of patterns are tried at each character, and nearly all fail at once: at characters with which they cannot begin, or right
 * after one that a look-behind at their head forbids. To ask a table of characters costs a tenth of running the pattern. What it must hold
 * is told by the pattern itself, made weaker: `abc` becomes `a(?:$|b(?:$|c))`, which ends well wherever the text that is known ends.
 * So it may know less than the pattern does, never more.
 */

/** Any character. */
const any = String.raw`[\s\S]`;
/** The ends of the text, whatever the flags. */
const textStart = `(?<!${any})`;
const textEnd = `(?!${any})`;
/** One element of a pattern: a class, an escape, the head of a group, or a character. */
const element =
  /\[(?:[^\\\]]|\\.)*\]|\\(?:[pPu]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[A-Za-z]|[\s\S])|\(\?(?:<?[=!]|<[^>]*>|:)|[\s\S]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y;
/** Elements that match no character but ask what stands beside them, and those that match what a group has matched. */
const assertion = /^(?:\^|\$|\\[bB]|\(\?<?[=!])$/;
const reference = /^\\(?:k<|[1-9])/;

/** A part of a weaker pattern, and whether it may match nothing. */
interface Part {
  readonly source: string;
  readonly mayBeEmpty: boolean;
}

/** Reads a pattern's source and writes it weaker. */
class Weaker {
  readonly #source: string;
  /** Where what is not known begins. */
  readonly #unknown: string;
  /** No more than one character will ever be known: what follows the first is left out. */
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

  /** Alternatives up to the end of their group. */
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

  /** Parts in a row, between any two of which the text that is known may end. */
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

  /** A part with what says how often it stands there: less often where the text that is known ends. */
  #repeated({ source, mayBeEmpty: isEmpty }: Part, times: string): Part {
    const least = Number(/^\{(\d+)/.exec(times)?.[1] ?? 0);
    const mayBeEmpty = isEmpty || /^(?:[*?]|\{0)/.test(times);
    if (this.#isShort) return { source: mayBeEmpty && !isEmpty ? `${source}?` : source, mayBeEmpty };
    if (least < 2) return { source: source + times, mayBeEmpty };
    const less = `${source}{1,${least - 1}}`;
    const ending = this.#unknown === textStart ? `${textStart}${less}` : `${less}${textEnd}`;
    return { source: `(?:${source}${times}|${ending})`, mayBeEmpty };
  }

  /** A group whose `head` has been read. */
  #group(head: string): Part {
    const from = this.#at;
    const { source: inside, mayBeEmpty } = this.alternatives();
    const body = this.#source.slice(from, this.#at++);
    const times = this.#take(quantifier);
    if (!assertion.test(head)) return this.#repeated({ source: `(?:${inside})`, mayBeEmpty }, times);
    return { source: this.#look(head, inside, body), mayBeEmpty: true };
  }

  /** A look ahead or behind. */
  #look(head: string, inside: string, body: string): string {
    // A look the other way sees what is not known.
    if (head.startsWith("(?<") !== (this.#unknown === textStart)) return "";
    if (head.endsWith("=")) return `${head}${inside}|${this.#unknown})`;
    return asksMore(body) ? "" : `${head}${body})`;
  }

  /** The look-behinds with which the pattern begins. */
  lookBehinds(): string {
    let written = "";
    while (this.#source.startsWith("(?<=", this.#at) || this.#source.startsWith("(?<!", this.#at))
      written += this.#group(this.#take(element)).source;
    return written;
  }
}

/** Whether a pattern finds in a part of a text what is not to be found in the whole: it asks what stands beside it. */
function asksMore(source: string): boolean {
  for (const [text] of source.matchAll(new RegExp(element, "gu")))
    if (assertion.test(text) || reference.test(text)) return true;
  return false;
}

/** Whether a pattern has alternatives outside all groups. */
function hasAlternatives(source: string): boolean {
  let depth = 0;
  for (const [text] of source.matchAll(new RegExp(element, "gu"))) {
    if (text.startsWith("(")) depth++;
    else if (text === ")") depth--;
    else if (text === "|" && depth === 0) return true;
  }
  return false;
}

/** Tells which texts may begin a match of a pattern. It is made ready by its first use. */
export function beginningOf(pattern: RegExp): (beginning: string) => boolean {
  let weaker: RegExp | undefined;
  return (beginning) => {
    weaker ??= weaken(pattern);
    return weaker.test(beginning);
  };
}

/** Tells with which characters a match of a pattern may begin: what `beginningOf` tells of one character, in a pattern that is soon made. */
export function firstOf(pattern: RegExp): (c: string) => boolean {
  const weaker = weaken(pattern, true);
  return (c) => weaker.test(c);
}

function weaken({ source, flags }: RegExp, isShort = false): RegExp {
  const weaker = new Weaker(source, textEnd, isShort).alternatives();
  return new RegExp(`^(?:${weaker.source})`, flags.replace(/[gy]/g, ""));
}

/** Tells after which texts a match of a pattern may begin. */
export function followingOf({ source, flags }: RegExp): (before: string) => boolean {
  const asked = hasAlternatives(source) ? "" : new Weaker(source, textStart).lookBehinds();
  if (asked === "") return () => true;
  const weaker = new RegExp(`${asked}$`, flags.replace(/[gy]/g, ""));
  return (before) => weaker.test(before);
}
