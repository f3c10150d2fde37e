import { unitOf } from "../../amounts/units/grammar.ts";
import { cardinal, number as englishNumber, ordinal, plural } from "../../en/number.ts";
import { power as englishPower } from "../../en/signs.ts";
import type { Manner } from "../../language.ts";
import { number as chineseNumber } from "../../zh/number.ts";
import { power as chinesePower } from "../../zh/signs/signs.ts";
import { plainChemistry } from "./chemistry.ts";
import { accents, names, ranged, silent, wordy } from "./latex-names.ts";
import { plainLatex } from "./plain.ts";

/** Reads LaTeX as words: `\frac{1}{2}` is 二分之一 or "one half". Other languages get a plain formula, which their own rules read. */
export function speakLatex(source: string, manner: Manner): string {
  if (manner === "other") return plainLatex(source);
  const zh = manner !== "en";
  const said = (name: string): string | undefined => names[name]?.[zh ? 0 : 1];
  const number = zh ? chineseNumber : englishNumber;
  const gap = zh ? "" : " ";
  let at = 0;

  /** A group in braces, a command, or one character. */
  function argument(): string {
    while (source[at] === " ") at++;
    if (source[at] === "{") {
      at++;
      const inner = sequence("}");
      at++;
      return inner;
    }
    if (source[at] === "\\") return command();
    const figure = /^\d/.test(source[at] ?? "") ? (source[at] ?? "") : "";
    const c = source[at++] ?? "";
    return figure === "" ? c : number(figure);
  }

  function raw(): string {
    if (source[at] !== "{") return "";
    let depth = 0;
    const start = at + 1;
    for (; at < source.length; at++) {
      if (source[at] === "{") depth++;
      else if (source[at] === "}" && --depth === 0) break;
    }
    return source.slice(start, at++);
  }

  function fraction(): string {
    const start = at;
    const top = argument();
    const middle = at;
    const bottom = argument();
    const plain = /^\{?(\d+)\}?$/;
    const of = plain.exec(source.slice(middle, at).trim())?.[1];
    const part = plain.exec(source.slice(start, middle).trim())?.[1];
    if (zh) return `${bottom}分之${top}`;
    if (of === undefined || part === undefined || Number(of) < 2 || Number(of) > 100) return `${top} over ${bottom}`;
    const name = of === "2" ? "half" : of === "4" ? "quarter" : ordinal(of);
    return `${cardinal(part)} ${part === "1" ? name : of === "2" ? "halves" : plural(name)}`;
  }

  /** A sum, product, integral or limit with what stands below and above it. */
  function limits(name: string): string {
    const said = ranged[name]?.[zh ? 0 : 1] ?? name;
    let below = "";
    let above = "";
    for (;;) {
      while (source[at] === " ") at++;
      if (source[at] === "_" && below === "") {
        at++;
        below = argument();
      } else if (source[at] === "^" && above === "") {
        at++;
        above = argument();
      } else break;
    }
    if (name === "lim") return zh ? `${below}时的${said}` : `${said} as ${below.replace(" to ", " approaches ")} of`;
    if (below === "" && above === "") return zh ? said : `${said} of`;
    if (zh) return `从${below}${above === "" ? "" : `到${above}`}${name === "int" ? "的" : ""}${said}`;
    return `${said} from ${below}${above === "" ? "" : ` to ${above}`} of`;
  }

  function command(): string {
    const name = /^\\([A-Za-z]+|.)/.exec(source.slice(at))?.[1] ?? "";
    at += name.length + 1;
    if (name === "frac" || name === "dfrac" || name === "tfrac") return fraction();
    if (name === "sqrt") {
      let root = "";
      if (source[at] === "[") {
        const end = source.indexOf("]", at);
        root = source.slice(at + 1, end === -1 ? source.length : end);
        at = end === -1 ? source.length : end + 1;
      }
      const inner = argument();
      if (root === "") return zh ? `根号${inner}` : `the square root of ${inner}`;
      return zh
        ? `${number(root)}次根号${inner}`
        : `the ${root === "3" ? "cube" : /^\d+$/.test(root) ? ordinal(root) : root} root of ${inner}`;
    }
    const accent = accents[name]?.[zh ? 0 : 1];
    if (accent !== undefined) return name === "vec" ? `${accent}${argument()}` : `${argument()}${gap}${accent}`;
    if (name in ranged) return limits(name);
    if (name === "log" && source[at] === "_" && !zh) {
      at++;
      return `log base ${argument()} of`;
    }
    if (name === "ce" || name === "mathrm" || wordy.has(name)) {
      const written = raw();
      if (name === "ce") return plainChemistry(written);
      const unit = unitOf(written.trim().replace(/\^\{?(-?\d)\}?/g, "^$1"));
      return unit === undefined || /^[A-Z]$/.test(written.trim()) ? written : zh ? unit.zh : unit.en[1];
    }
    if (name === "begin" || name === "end") {
      raw();
      return "";
    }
    if (name === "%") return zh ? "百分号" : "percent";
    if (silent.has(name) || /^[^A-Za-z]$/.test(name)) return "";
    return said(name) ?? name;
  }

  function sequence(close: string): string {
    const parts: string[] = [];
    while (at < source.length && source[at] !== close) {
      const c = source[at] ?? "";
      const figures = /^\d+(?:,\d{3})*(?:\.\d+)?/.exec(source.slice(at))?.[0];
      if (figures !== undefined) {
        at += figures.length;
        if (source.startsWith("\\%", at)) {
          at += 2;
          parts.push(zh ? `百分之${figures === "100" ? "百" : number(figures)}` : `${number(figures)} percent`);
        } else parts.push(number(figures));
      } else if (c === "^") {
        at++;
        const start = at;
        const exponent = argument();
        const written = source.slice(start, at).replace(/[{}\s]/g, "");
        if (written === "\\circ" || written === "\\degree") parts.push(zh ? "度" : "degrees");
        else if (written === "'" || written === "\\prime") parts.push(zh ? "撇" : "prime");
        else if (/^-?[\dA-Za-z]+$/.test(written)) parts.push(zh ? chinesePower(written) : englishPower(written));
        else parts.push(zh ? `的${exponent}次方` : `to the power of ${exponent}`);
      } else if (c === "|" && /[PE]\([^()|]*$/.test(source.slice(0, at))) {
        at++;
        parts.push(zh ? "给定" : "given");
      } else if (c === "|" && /^\|[^|{}]+\|/.test(source.slice(at))) {
        const close = source.indexOf("|", at + 1);
        const inner = speakLatex(source.slice(at + 1, close), manner);
        at = close + 1;
        parts.push(zh ? `${inner}的绝对值` : `the absolute value of ${inner}`);
      } else if (c === "_") {
        at++;
        const below = argument();
        parts.push(zh ? below : `sub ${below}`);
      } else if (c === "{") parts.push(argument());
      else if (c === "\\") parts.push(command());
      else if (c === "-" || c === "−") {
        at++;
        const previous = parts.at(-1);
        const first =
          previous === undefined ||
          /[=＝<>(+*,]$/.test(source.slice(0, at - 1).trimEnd()) ||
          /\\(?:le|ge|ne|leq|geq|neq|times|to|cdot)\s*$/.test(source.slice(0, at - 1));
        parts.push(zh ? (first ? "负" : "减") : "minus");
      } else {
        at++;
        if (c === "(" && !zh && /^(?:[fghP]|prime)$/.test(parts.at(-1) ?? "")) parts.push("of");
        if (/[\s()[\]|&}~]/.test(c)) continue;
        if (c === "," || c === "，" || c === ";") parts.push(zh ? "，" : ",");
        else if (/[A-Za-z]/.test(c) && zh) parts.push(c);
        else parts.push(said(c) ?? (c === "'" ? (zh ? "撇" : "prime") : c === "." || c === ":" ? "" : c));
      }
    }
    return parts.filter((part) => part !== "").join(gap);
  }

  let spoken = "";
  while (at < source.length) {
    spoken += (spoken === "" ? "" : gap) + sequence("");
    at++;
  }
  return spoken;
}
