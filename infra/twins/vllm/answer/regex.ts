/**
 * Returns a short text that the regular expression `pattern` matches from beginning to end. Supports the usual syntax:
 * groups, alternatives, classes, repetition. Throws if it finds no such text.
 */
export function minimalMatch(pattern: string): string {
  const reader: Reader = { pattern, at: 0 };
  const text = readAlternatives(reader);
  if (reader.at < pattern.length || !new RegExp(`^(?:${pattern})$`, "u").test(text))
    throw new RangeError("The provided regex is not supported by this stand-in.");
  return text;
}

interface Reader {
  readonly pattern: string;
  at: number;
}

/** Parses alternatives (`a|b|c`), and returns a text that the first alternative matches. */
function readAlternatives(reader: Reader): string {
  const first = readSequence(reader);
  while (reader.pattern[reader.at] === "|") {
    reader.at++;
    readSequence(reader);
  }
  return first;
}

function readSequence(reader: Reader): string {
  let text = "";
  while (reader.at < reader.pattern.length && !"|)".includes(reader.pattern[reader.at] as string)) {
    const atom = readAtom(reader);
    text += atom.repeat(readLeastCount(reader));
  }
  return text;
}

function readAtom(reader: Reader): string {
  const character = reader.pattern[reader.at++] as string;
  switch (character) {
    case "(": {
      const opening = /^\?(?::|<\w+>|P<\w+>)/.exec(reader.pattern.slice(reader.at))?.[0] ?? "";
      reader.at += opening.length;
      const text = readAlternatives(reader);
      reader.at++;
      return text;
    }
    case "[":
      return readClass(reader);
    case "\\":
      return escaped(reader.pattern[reader.at++] ?? "");
    case "^":
    case "$":
      return "";
    case ".":
      return "a";
    default:
      return character;
  }
}

/**
 * Parses a character class and returns one character of it: the first that it lists, or, if the class is negated, the
 * first letter or digit that belongs to it.
 */
function readClass(reader: Reader): string {
  const body = /^(?:\\[\s\S]|[^\]\\])*\]/.exec(reader.pattern.slice(reader.at))?.[0] ?? "";
  reader.at += body.length;
  const first = body[0] === "\\" ? escaped(body[1] ?? "") : (body[0] ?? "");
  if (first !== "^") return first;
  const whole = new RegExp(`[${body}`, "u");
  return [..."a0 -_"].find((character) => whole.test(character)) ?? "";
}

function escaped(letter: string): string {
  const classes: Record<string, string> = {
    d: "0",
    w: "a",
    s: " ",
    D: "a",
    W: "-",
    S: "a",
    n: "\n",
    t: "\t",
    b: "",
    B: "",
  };
  return classes[letter] ?? letter;
}

/** Parses a quantifier, such as `*` or `{2,3}`, and returns its minimum count; 1 if there is no quantifier. */
function readLeastCount(reader: Reader): number {
  const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at));
  if (quantifier === null) return 1;
  reader.at += quantifier[0].length;
  if (quantifier[1] !== undefined) return Number(quantifier[1]);
  return quantifier[0].startsWith("+") ? 1 : 0;
}
