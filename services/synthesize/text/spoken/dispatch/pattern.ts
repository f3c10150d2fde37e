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

/** Reads a pattern's source and writes it weaker. */
class Weaker {
  readonly #source: string;
  /** Where what is not known begins. */
  readonly #unknown: string;
  #at = 0;

  constructor(source: string, unknown: string) {
    this.#source = source;
    this.#unknown = unknown;
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
  alternatives(): string {
    const written: string[] = [];
    let parts: string[] = [];
    while (!this.isAtEnd && this.#source[this.#at] !== ")") {
      const text = this.#take(element);
      if (text === "|") {
        written.push(this.#inRow(parts));
        parts = [];
      } else if (text.startsWith("(")) parts.push(this.#group(text));
      else {
        const times = this.#take(quantifier);
        if (reference.test(text)) parts.push(`${any}*`);
        else if (!assertion.test(text)) parts.push(this.#repeated(text, times));
      }
    }
    return [...written, this.#inRow(parts)].join("|");
  }

  /** Parts in a row, between any two of which the text that is known may end. */
  #inRow(parts: readonly string[]): string {
    const isBackward = this.#unknown === textStart;
    return (isBackward ? parts : parts.toReversed()).reduce(
      (row, part) =>
        row === "" ? part : isBackward ? `(?:${row}|${this.#unknown})${part}` : `${part}(?:${this.#unknown}|${row})`,
      "",
    );
  }

  /** A part with what says how often it stands there: less often where the text that is known ends. */
  #repeated(part: string, times: string): string {
    const least = Number(/^\{(\d+)/.exec(times)?.[1] ?? 0);
    if (least < 2) return part + times;
    const less = `${part}{1,${least - 1}}`;
    return `(?:${part}${times}|${this.#unknown === textStart ? `${textStart}${less}` : `${less}${textEnd}`})`;
  }

  /** A group whose `head` has been read. */
  #group(head: string): string {
    const from = this.#at;
    const inside = this.alternatives();
    const body = this.#source.slice(from, this.#at++);
    const times = this.#take(quantifier);
    if (!assertion.test(head)) return this.#repeated(`(?:${inside})`, times);
    // A look the other way sees what is not known.
    if (head.startsWith("(?<") !== (this.#unknown === textStart)) return "";
    if (head.endsWith("=")) return `${head}${inside}|${this.#unknown})`;
    return asksMore(body) ? "" : `${head}${body})`;
  }

  /** The look-behinds with which the pattern begins. */
  lookBehinds(): string {
    let written = "";
    while (this.#source.startsWith("(?<=", this.#at) || this.#source.startsWith("(?<!", this.#at))
      written += this.#group(this.#take(element));
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

/** Tells which texts may begin a match of a pattern. */
export function beginningOf({ source, flags }: RegExp): (beginning: string) => boolean {
  const weaker = new RegExp(`^(?:${new Weaker(source, textEnd).alternatives()})`, flags.replace(/[gy]/g, ""));
  return (beginning) => weaker.test(beginning);
}

/** Tells after which texts a match of a pattern may begin. */
export function followingOf({ source, flags }: RegExp): (before: string) => boolean {
  const asked = hasAlternatives(source) ? "" : new Weaker(source, textStart).lookBehinds();
  if (asked === "") return () => true;
  const weaker = new RegExp(`${asked}$`, flags.replace(/[gy]/g, ""));
  return (before) => weaker.test(before);
}
