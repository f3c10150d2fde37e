/*
 * Hundreds of patterns are tried at each character, and nearly all fail at once: at a character with which they cannot begin, or right
 * after one that a look-behind at their head forbids. To ask a table of characters costs a tenth of running the pattern, so this reads
 * out of a pattern's source what it asks of those two characters. It may know less than the pattern does, never more.
 */

/** What a pattern asks of the characters beside the place at which it begins. */
export interface Edges {
  /** Whether a match may begin with a character. */
  readonly beginsWith: (c: string) => boolean;
  /** Whether a match may begin after a character. */
  readonly follows: (c: string) => boolean;
}

/** A part of a pattern: the sources of single characters, with one of which its matches begin, and whether it may match nothing. */
interface Part {
  readonly first: readonly string[];
  readonly mayBeEmpty: boolean;
}

/** Any character. */
const any = String.raw`[\s\S]`;
const nothing: Part = { first: [], mayBeEmpty: true };
/** One element of a pattern: a class, an escape, the head of a group, or a character. */
const element =
  /\[(?:[^\\\]]|\\.)*\]|\\(?:[pPu]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[A-Za-z]|[\s\S])|\(\?(?:<?[=!]|<[^>]*>|:)|[\s\S]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y;
/** Escapes that match no character, or one that is not known here. */
const boundary = /^\\[bB]$/;
const reference = /^\\(?:k<|[1-9])/;

/** Reads a pattern's source. */
class Source {
  readonly source: string;
  at = 0;
  /** The sources of single characters that must not stand before a match. */
  readonly forbidden: string[] = [];

  constructor(source: string) {
    this.source = source;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }

  /** Reads alternatives up to the end of their group; `isWhole` for those of the whole pattern. */
  alternatives(isWhole = false): readonly Part[] {
    const parts = [this.sequence(isWhole)];
    while (this.source[this.at] === "|") {
      this.at++;
      // What stands at the head of one alternative binds only that one.
      if (isWhole) this.forbidden.length = 0;
      parts.push(this.sequence(false));
    }
    return parts;
  }

  /** Reads one alternative; `isHead` where its look-behinds bind the whole pattern. */
  sequence(isHead: boolean): Part {
    const first: string[] = [];
    let mayBeEmpty = true;
    let atHead = isHead;
    while (this.at < this.source.length && this.source[this.at] !== "|" && this.source[this.at] !== ")") {
      const from = this.at;
      const part = this.quantified(atHead);
      atHead &&= this.source.startsWith("(?<!", from) || this.source.startsWith("(?<=", from);
      if (mayBeEmpty) first.push(...part.first);
      mayBeEmpty &&= part.mayBeEmpty;
    }
    return { first, mayBeEmpty };
  }

  /** Reads an element with what says how often it stands there. */
  quantified(isHead: boolean): Part {
    const part = this.element(isHead);
    const times = this.take(quantifier);
    if (times === null) return part;
    const isOptional = times[0].startsWith("*") || times[0].startsWith("?") || times[1] === "0";
    return isOptional ? { ...part, mayBeEmpty: true } : part;
  }

  element(isHead: boolean): Part {
    const [text = ""] = this.take(element) ?? [];
    if (text === "^" || text === "$" || boundary.test(text)) return nothing;
    if (reference.test(text)) return { first: [any], mayBeEmpty: true };
    if (text === ".") return { first: [any], mayBeEmpty: false };
    if (!text.startsWith("(")) return { first: [text], mayBeEmpty: false };
    const from = this.at;
    const parts = this.alternatives();
    const body = this.source.slice(from, this.at);
    this.at++;
    if (/^\(\?<?[=!]$/.test(text)) {
      if (text === "(?<!" && isHead) this.forbidden.push(...singles(body));
      return nothing;
    }
    return { first: parts.flatMap((part) => part.first), mayBeEmpty: parts.some((part) => part.mayBeEmpty) };
  }
}

/** The alternatives of a look-behind that are one character: any of them fails it. */
function singles(body: string): string[] {
  const source = new Source(body);
  const found: string[] = [];
  while (source.at < body.length) {
    const [text = ""] = source.take(element) ?? [];
    const isOne = !/^[(^$.]/.test(text) && !boundary.test(text) && !reference.test(text);
    if (isOne && (source.at === body.length || body[source.at] === "|")) found.push(text);
    else {
      source.at -= text.length;
      source.sequence(false);
    }
    source.at++;
  }
  return found;
}

const either = (sources: readonly string[], flags: string): RegExp => new RegExp(`^(?:${sources.join("|")})`, flags);

/** What a pattern asks of the characters beside the place at which it begins. */
export function edgesOf({ source, flags }: RegExp): Edges {
  const read = new Source(source);
  const parts = read.alternatives(true);
  const plain = flags.replace(/[gy]/g, "");
  const first = parts.some((part) => part.mayBeEmpty)
    ? undefined
    : either(
        parts.flatMap((part) => part.first),
        plain,
      );
  const forbidden = read.forbidden.length === 0 ? undefined : either(read.forbidden, plain);
  return {
    beginsWith: (c) => first === undefined || first.test(c),
    follows: (c) => forbidden === undefined || !forbidden.test(c),
  };
}
