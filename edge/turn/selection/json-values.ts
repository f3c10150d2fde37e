/**
 * Parses JSON while it is being written, and passes on the characters of its values as they arrive: strings unescaped,
 * numbers unchanged, each character with the position at which it was written. Never fails: text that is not JSON has
 * no values. Offsets are code points from the beginning of the text.
 */

/** A character of a JSON value. */
export interface ValueCharacter {
  readonly text: string;
  /** The offset at which the character was written; it takes `length` code points there, several if it is an escape. */
  readonly at: number;
  readonly length: number;
}

/** Receives the values of the JSON, in order. */
export interface ValueListener {
  /**
   * Called when a value begins. `path` consists of the names that lead to the value, joined by dots, without list
   * indexes; only as much of it is passed as is needed to compare it with the selected paths. Returns whether
   * `character` is to be called for the value.
   */
  begin(path: string, kind: "text" | "figure"): boolean;
  character(character: ValueCharacter): void;
}

interface Level {
  readonly isList: boolean;
  /**
   * The path that leads to this list or object; undefined if the list or object is not inside a named value. `inner` is
   * the path of the value that is being parsed inside it.
   */
  readonly path: string | undefined;
  inner: string | undefined;
  /** Whether the next value is the value of a name that has just been parsed. */
  isNamed: boolean;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/**
 * Creates a parser that takes one code point at a time. It keeps only the first `pathCharacters` characters of a path:
 * a model may nest objects without end, and each value's path would otherwise contain all the names above the value.
 */
export function createValueReader(listener: ValueListener, pathCharacters: number): (char: string) => void {
  const reader = new ValueReader(listener, pathCharacters);
  return (char) => reader.read(char);
}

class ValueReader {
  readonly #listener: ValueListener;
  readonly #pathCharacters: number;
  readonly #levels: Level[] = [];
  #at = -1;
  #mode: "between" | "text" | "escape" | "unicode" | "figure" | "word" = "between";
  /** The name that is being parsed; undefined while a value is being parsed. */
  #name: string | undefined;
  #wanted = false;
  #begunAt = 0;
  #digits = "";
  /**
   * The first half of a character that is escaped in two halves (a surrogate pair). The half is held until the second
   * half arrives, and dropped if anything else follows.
   */
  #half: { readonly text: string; readonly at: number } | undefined;

  constructor(listener: ValueListener, pathCharacters: number) {
    this.#listener = listener;
    this.#pathCharacters = pathCharacters;
  }

  read(char: string): void {
    this.#at++;
    switch (this.#mode) {
      case "text":
        this.#readText(char);
        return;
      case "escape":
        this.#mode = char === "u" ? "unicode" : "text";
        this.#digits = "";
        if (char !== "u") this.#put(escapes[char] ?? char, this.#begunAt);
        return;
      case "unicode":
        this.#digits += char;
        if (this.#digits.length < 4) return;
        this.#mode = "text";
        this.#putUnit(String.fromCharCode(Number.parseInt(this.#digits, 16) || 0));
        return;
      case "figure":
        if (!/[-+.\deE]/.test(char)) break;
        this.#put(char, this.#at);
        return;
      case "word":
        if (/[a-z]/.test(char)) return;
        break;
    }
    this.#mode = "between";
    this.#readBetween(char);
  }

  #readText(char: string): void {
    if (char === "\\") {
      this.#mode = "escape";
      this.#begunAt = this.#at;
    } else if (char === '"') {
      this.#mode = "between";
      this.#endName();
    } else {
      this.#half = undefined;
      this.#put(char, this.#at);
    }
  }

  #readBetween(char: string): void {
    if (char === "{" || char === "[") this.#enter(char === "[");
    else if (char === "}" || char === "]") this.#levels.pop();
    else if (char === ",") this.#nextOfLevel();
    else if (char === '"') {
      this.#mode = "text";
      this.#half = undefined;
      if (this.#expectsName()) this.#name = "";
      else this.#wanted = this.#listener.begin(this.#path ?? "", "text");
    } else if (/[-\d]/.test(char)) {
      this.#mode = "figure";
      this.#wanted = this.#listener.begin(this.#path ?? "", "figure");
      this.#put(char, this.#at);
    } else if (/[a-z]/.test(char)) this.#mode = "word";
  }

  get #path(): string | undefined {
    return this.#levels.at(-1)?.inner;
  }

  #enter(isList: boolean): void {
    const path = this.#path;
    this.#levels.push({ isList, path, inner: path, isNamed: false });
  }

  #nextOfLevel(): void {
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    level.inner = level.path;
    level.isNamed = false;
  }

  #expectsName(): boolean {
    const level = this.#levels.at(-1);
    return level !== undefined && !level.isList && !level.isNamed;
  }

  #endName(): void {
    const level = this.#levels.at(-1);
    if (this.#name !== undefined && level !== undefined) {
      const path = level.path === undefined ? this.#name : `${level.path}.${this.#name}`;
      level.inner = path.slice(0, this.#pathCharacters);
      level.isNamed = true;
    }
    this.#name = undefined;
  }

  #put(text: string, from: number): void {
    if (this.#name !== undefined) this.#name += text;
    else if (this.#wanted) this.#listener.character({ text, at: from, length: this.#at + 1 - from });
  }

  #putUnit(unit: string): void {
    if (/[\ud800-\udbff]/.test(unit)) this.#half = { text: unit, at: this.#begunAt };
    else if (/[\udc00-\udfff]/.test(unit)) {
      if (this.#half !== undefined) this.#put(this.#half.text + unit, this.#half.at);
      this.#half = undefined;
    } else this.#put(unit, this.#begunAt);
  }
}
