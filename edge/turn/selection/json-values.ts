/**
 * Reads JSON while it is written, and tells the characters of its values as they come: each text unescaped, each figure as it stands, with
 * where it was written. It forgives everything: what is no JSON has no values. Places are code points from the beginning.
 */

/** A character of a value. */
export interface ValueCharacter {
  readonly text: string;
  /** Where it is written, and on how many code points: an escape takes several. */
  readonly at: number;
  readonly length: number;
}

/** Told of values, in their order. */
export interface ValueListener {
  /** A value begins; `path` is the names that lead to it, lists left out. Returns whether its characters are wanted. */
  begin(path: readonly string[], kind: "text" | "figure"): boolean;
  character(character: ValueCharacter): void;
}

interface Level {
  readonly isList: boolean;
  name: string | undefined;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Makes a reader: it is given one code point after the other. */
export function createValueReader({ begin, character }: ValueListener): (char: string) => void {
  const levels: Level[] = [];
  let at = -1;
  let mode: "between" | "text" | "escape" | "unicode" | "figure" | "word" = "between";
  /** The name that is being read; undefined within a value. */
  let name: string | undefined;
  let wanted = false;
  let begunAt = 0;
  let digits = "";
  let half: { readonly text: string; readonly at: number } | undefined;

  const path = () => levels.map(({ name }) => name).filter((name) => name !== undefined);
  const expectsName = () => {
    const level = levels.at(-1);
    return level !== undefined && !level.isList && level.name === undefined;
  };

  const put = (text: string, from: number) => {
    if (name !== undefined) name += text;
    else if (wanted) character({ text, at: from, length: at + 1 - from });
  };
  /** Half of a character waits for its other half; alone it is none. */
  const putUnit = (unit: string) => {
    if (/[\ud800-\udbff]/.test(unit)) half = { text: unit, at: begunAt };
    else if (/[\udc00-\udfff]/.test(unit)) {
      if (half !== undefined) put(half.text + unit, half.at);
      half = undefined;
    } else put(unit, begunAt);
  };

  const readText = (char: string) => {
    if (char === "\\") {
      mode = "escape";
      begunAt = at;
    } else if (char === '"') {
      mode = "between";
      const level = levels.at(-1);
      if (name !== undefined && level !== undefined) level.name = name;
      name = undefined;
    } else {
      half = undefined;
      put(char, at);
    }
  };

  const readBetween = (char: string) => {
    if (char === "{" || char === "[") levels.push({ isList: char === "[", name: undefined });
    else if (char === "}" || char === "]") levels.pop();
    else if (char === ",") {
      const level = levels.at(-1);
      if (level !== undefined && !level.isList) level.name = undefined;
    } else if (char === '"') {
      mode = "text";
      half = undefined;
      if (expectsName()) name = "";
      else wanted = begin(path(), "text");
    } else if (/[-\d]/.test(char)) {
      mode = "figure";
      wanted = begin(path(), "figure");
      put(char, at);
    } else if (/[a-z]/.test(char)) mode = "word";
  };

  return (char) => {
    at++;
    switch (mode) {
      case "text":
        return readText(char);
      case "escape":
        mode = char === "u" ? "unicode" : "text";
        digits = "";
        if (char !== "u") put(escapes[char] ?? char, begunAt);
        return;
      case "unicode":
        digits += char;
        if (digits.length < 4) return;
        mode = "text";
        putUnit(String.fromCharCode(Number.parseInt(digits, 16) || 0));
        return;
      case "figure":
        if (/[-+.\deE]/.test(char)) return put(char, at);
        break;
      case "word":
        if (/[a-z]/.test(char)) return;
        break;
    }
    mode = "between";
    readBetween(char);
  };
}
