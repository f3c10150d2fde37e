import { unitOf } from "../../amounts/units/grammar.ts";
import { cardinal, number as englishNumber, ordinal, plural } from "../../en/number.ts";
import { power as englishPower } from "../../en/signs.ts";
import type { Manner } from "../../language.ts";
import { number as chineseNumber } from "../../zh/number.ts";
import { power as chinesePower } from "../../zh/signs/signs.ts";
import { plainChemistry } from "./chemistry.ts";
import { accents, names, ranged, silent, wordy } from "./latex-names.ts";
import { plainLatex } from "./plain.ts";

/**
 * Converts LaTeX to Chinese or English words: `\frac{1}{2}` becomes 二分之一 or "one half". For other languages, converts
 * LaTeX to a plain formula, which the rules of the language then read.
 */
export const speakLatex = (source: string, manner: Manner): string =>
  manner === "other" ? plainLatex(source) : new LatexReader(source, manner).sequence();

const figuresAt = /\d+(?:,\d{3})*(?:\.\d+)?/y;
const commandAt = /\\([A-Za-z]+|.)/y;
const absoluteAt = /\|([^|{}]+)\|/y;
/** What a negative number's minus sign may follow: a sign, an opening bracket, or a LaTeX command for a sign. */
const beforeNegative = /[=＝<>(+*,]\s*$|\\(?:le|ge|ne|leq|geq|neq|times|to|cdot)\s*$/;

/** Reads one formula from left to right, in Chinese or English. */
class LatexReader {
  readonly #source: string;
  readonly #manner: "zh" | "en";
  /** What separates two spoken words: a space in English, nothing in Chinese. */
  readonly #gap: string;
  /** The index in the source at which reading continues. */
  #at = 0;

  constructor(source: string, manner: "zh" | "en") {
    this.#source = source;
    this.#manner = manner;
    this.#gap = manner === "zh" ? "" : " ";
  }

  /** Reads up to the character `close`, or to the end of the source if `close` is empty or missing. */
  sequence(close = ""): string {
    const parts: string[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== close) {
      const said = this.#next(parts.at(-1));
      if (said !== undefined) parts.push(said);
    }
    return parts.filter((part) => part !== "").join(this.#gap);
  }

  #either<T>(chinese: T, english: T): T {
    return this.#manner === "zh" ? chinese : english;
  }

  #number(figures: string): string {
    return this.#either(chineseNumber, englishNumber)(figures);
  }

  #nameIn(table: Readonly<Record<string, readonly [chinese: string, english: string]>>, name: string) {
    return table[name]?.[this.#either(0, 1)];
  }

  /** Matches a pattern at the current position, and moves past the match; null if the pattern does not match. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #skipSpaces(): void {
    while (this.#source[this.#at] === " ") this.#at++;
  }

  /** Whether the next character is `c`; if so, moves past it. */
  #takes(c: string): boolean {
    if (this.#source[this.#at] !== c) return false;
    this.#at++;
    return true;
  }

  /** Reads the next command, number or symbol; undefined if it is silent. `previous` is what was spoken before. */
  #next(previous: string | undefined): string | undefined {
    const figures = this.#take(figuresAt)?.[0];
    if (figures !== undefined) return this.#figures(figures);
    const before = this.#source.slice(0, this.#at);
    switch (this.#source[this.#at]) {
      case "^":
        return this.#power();
      case "_":
        return this.#subscript();
      case "{":
        return this.#argument();
      case "\\":
        return this.#command();
      case "-":
      case "−":
        this.#at++;
        return this.#either(previous === undefined || beforeNegative.test(before) ? "负" : "减", "minus");
      case "|": {
        if (/[PE]\([^()|]*$/.test(before)) {
          this.#at++;
          return this.#either("给定", "given");
        }
        const inner = this.#take(absoluteAt)?.[1];
        if (inner !== undefined) return this.#absolute(inner);
      }
    }
    return this.#character(previous);
  }

  /** Reads a number, perhaps with a percent sign: `25`, `1,000.5`, `25\%`. */
  #figures(figures: string): string {
    if (!this.#source.startsWith("\\%", this.#at)) return this.#number(figures);
    this.#at += 2;
    return this.#either(
      `百分之${figures === "100" ? "百" : this.#number(figures)}`,
      `${this.#number(figures)} percent`,
    );
  }

  /** Reads a superscript: `^2`, `^\circ`, `^{n+1}`. */
  #power(): string {
    const start = ++this.#at;
    const exponent = this.#argument();
    const written = this.#source.slice(start, this.#at).replace(/[{}\s]/g, "");
    if (written === "\\circ" || written === "\\degree") return this.#either("度", "degrees");
    if (written === "'" || written === "\\prime") return this.#either("撇", "prime");
    if (/^-?[\dA-Za-z]+$/.test(written)) return this.#either(chinesePower, englishPower)(written);
    return this.#either(`的${exponent}次方`, `to the power of ${exponent}`);
  }

  /** Reads a subscript: `_1`, `_{ij}`. */
  #subscript(): string {
    this.#at++;
    const below = this.#argument();
    return this.#either(below, `sub ${below}`);
  }

  /** Reads an absolute value: `|x-1|`. */
  #absolute(source: string): string {
    const inner = speakLatex(source, this.#manner);
    return this.#either(`${inner}的绝对值`, `the absolute value of ${inner}`);
  }

  /** Reads a single character, such as a letter or a sign, that does not begin a command, number or group. */
  #character(previous: string | undefined): string | undefined {
    const c = this.#source[this.#at++] ?? "";
    if (c === "(" && this.#manner === "en" && /^(?:[fghP]|prime)$/.test(previous ?? "")) return "of";
    if (/[\s()[\]|&}~]/.test(c)) return undefined;
    if (/[,，;]/.test(c)) return this.#either("，", ",");
    if (/[A-Za-z]/.test(c) && this.#manner === "zh") return c;
    const name = this.#nameIn(names, c);
    if (name !== undefined) return name;
    if (c === "'") return this.#either("撇", "prime");
    return /[.:]/.test(c) ? "" : c;
  }

  /** Reads the argument of a command: a group in braces, another command, or one character. */
  #argument(): string {
    this.#skipSpaces();
    if (this.#takes("{")) {
      const inner = this.sequence("}");
      this.#at++;
      return inner;
    }
    if (this.#source[this.#at] === "\\") return this.#command();
    const c = this.#source[this.#at++] ?? "";
    return /^\d/.test(c) ? this.#number(c) : c;
  }

  /** Returns the contents of a group in braces, unchanged; "" if no group begins here. */
  #raw(): string {
    if (this.#source[this.#at] !== "{") return "";
    let depth = 0;
    const start = this.#at + 1;
    for (; this.#at < this.#source.length; this.#at++) {
      if (this.#source[this.#at] === "{") depth++;
      else if (this.#source[this.#at] === "}" && --depth === 0) break;
    }
    return this.#source.slice(start, this.#at++);
  }

  #command(): string {
    const name = this.#take(commandAt)?.[1] ?? "";
    if (name === "") this.#at++;
    const accent = this.#nameIn(accents, name);
    if (/^[dt]?frac$/.test(name)) return this.#fraction();
    if (name === "sqrt") return this.#root();
    if (name === "vec") return `${accent}${this.#argument()}`;
    if (accent !== undefined) return `${this.#argument()}${this.#gap}${accent}`;
    if (name in ranged) return this.#range(name);
    if (name === "log" && this.#manner === "en" && this.#takes("_")) return `log base ${this.#argument()} of`;
    if (name === "ce") return plainChemistry(this.#raw());
    if (name === "mathrm" || wordy.has(name)) return this.#upright(this.#raw());
    if (name === "begin" || name === "end") {
      this.#raw();
      return "";
    }
    if (name === "%") return this.#either("百分号", "percent");
    if (silent.has(name) || /^[^A-Za-z]$/.test(name)) return "";
    return this.#nameIn(names, name) ?? name;
  }

  /** Reads a fraction: `\frac{3}{4}`. */
  #fraction(): string {
    const start = this.#at;
    const top = this.#argument();
    const middle = this.#at;
    const bottom = this.#argument();
    if (this.#manner === "zh") return `${bottom}分之${top}`;
    const plain = /^\{?(\d+)\}?$/;
    const part = plain.exec(this.#source.slice(start, middle).trim())?.[1];
    const of = plain.exec(this.#source.slice(middle, this.#at).trim())?.[1];
    if (of === undefined || part === undefined || Number(of) < 2 || Number(of) > 100) return `${top} over ${bottom}`;
    const name = of === "2" ? "half" : of === "4" ? "quarter" : ordinal(of);
    return `${cardinal(part)} ${part === "1" ? name : of === "2" ? "halves" : plural(name)}`;
  }

  /** Reads a root: `\sqrt{2}`, `\sqrt[3]{8}`. */
  #root(): string {
    let degree = "";
    if (this.#takes("[")) {
      const end = this.#source.indexOf("]", this.#at);
      degree = this.#source.slice(this.#at, end === -1 ? this.#source.length : end);
      this.#at = end === -1 ? this.#source.length : end + 1;
    }
    const inner = this.#argument();
    if (degree === "") return this.#either(`根号${inner}`, `the square root of ${inner}`);
    if (this.#manner === "zh") return `${this.#number(degree)}次根号${inner}`;
    return `the ${degree === "3" ? "cube" : /^\d+$/.test(degree) ? ordinal(degree) : degree} root of ${inner}`;
  }

  /** Reads a sum, product, integral or limit with its lower and upper bounds. */
  #range(name: string): string {
    const said = this.#nameIn(ranged, name) ?? name;
    let below = "";
    let above = "";
    for (;;) {
      this.#skipSpaces();
      if (below === "" && this.#takes("_")) below = this.#argument();
      else if (above === "" && this.#takes("^")) above = this.#argument();
      else break;
    }
    if (name === "lim")
      return this.#either(`${below}时的${said}`, `${said} as ${below.replace(" to ", " approaches ")} of`);
    if (below === "" && above === "") return this.#either(said, `${said} of`);
    if (this.#manner === "zh")
      return `从${below}${above === "" ? "" : `到${above}`}${name === "int" ? "的" : ""}${said}`;
    return `${said} from ${below}${above === "" ? "" : ` to ${above}`} of`;
  }

  /** Reads words or a unit in upright letters: `\text{if}`, `\mathrm{km}`. */
  #upright(written: string): string {
    const unit = unitOf(written.trim().replace(/\^\{?(-?\d)\}?/g, "^$1"));
    return unit === undefined || /^[A-Z]$/.test(written.trim()) ? written : this.#either(unit.zh, unit.en[1]);
  }
}
