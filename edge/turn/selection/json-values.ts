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
  /**
   * A value begins; `path` is the names that lead to it with dots between them, lists left out, and no more of it than the characters that are
   * looked at. Returns whether its characters are wanted.
   */
  begin(path: string, kind: "text" | "figure"): boolean;
  character(character: ValueCharacter): void;
}

interface Level {
  readonly isList: boolean;
  /** The path that leads to it, and to what it holds now; undefined where no name does. */
  readonly path: string | undefined;
  inner: string | undefined;
  /** Whether the value of a name comes next. */
  isNamed: boolean;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/**
 * Makes a reader: it is given one code point after the other. Of a path `pathCharacters` are kept: a model may write objects within objects without
 * end, and each value would cost as much as all the names above it.
 */
export function createValueReader({ begin, character }: ValueListener, pathCharacters: number): (char: string) => void {
  const levels: Level[] = [];
  let at = -1;
  let mode: "between" | "text" | "escape" | "unicode" | "figure" | "word" = "between";
  /** The name that is being read; undefined within a value. */
  let name: string | undefined;
  let wanted = false;
  let begunAt = 0;
  let digits = "";
  let half: { readonly text: string; readonly at: number } | undefined;

  const path = () => levels.at(-1)?.inner;
  const join = (path: string | undefined, name: string) =>
    (path === undefined ? name : `${path}.${name}`).slice(0, pathCharacters);
  const expectsName = () => {
    const level = levels.at(-1);
    return level !== undefined && !level.isList && !level.isNamed;
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
      if (name !== undefined && level !== undefined) {
        level.inner = join(level.path, name);
        level.isNamed = true;
      }
      name = undefined;
    } else {
      half = undefined;
      put(char, at);
    }
  };

  const readBetween = (char: string) => {
    if (char === "{" || char === "[")
      levels.push({ isList: char === "[", path: path(), inner: path(), isNamed: false });
    else if (char === "}" || char === "]") levels.pop();
    else if (char === ",") {
      const level = levels.at(-1);
      if (level === undefined) return;
      level.inner = level.path;
      level.isNamed = false;
    } else if (char === '"') {
      mode = "text";
      half = undefined;
      if (expectsName()) name = "";
      else wanted = begin(path() ?? "", "text");
    } else if (/[-\d]/.test(char)) {
      mode = "figure";
      wanted = begin(path() ?? "", "figure");
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
