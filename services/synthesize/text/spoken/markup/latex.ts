import { cardinal, number as englishNumber, ordinal, plural } from "../en/number.ts";
import { power as englishPower } from "../en/symbols.ts";
import type { Manner } from "../language.ts";
import { number as chineseNumber } from "../zh/number.ts";
import { power as chinesePower } from "../zh/symbols.ts";

/** What commands and signs are called, Chinese and English. */
const names: Record<string, readonly [zh: string, en: string]> = {
  "+": ["加", "plus"],
  "*": ["乘以", "times"],
  "/": ["除以", "divided by"],
  "=": ["等于", "equals"],
  "<": ["小于", "is less than"],
  ">": ["大于", "is greater than"],
  "!": ["的阶乘", "factorial"],
  times: ["乘以", "times"],
  cdot: ["乘以", "times"],
  ast: ["乘以", "times"],
  div: ["除以", "divided by"],
  pm: ["正负", "plus or minus"],
  mp: ["负正", "minus or plus"],
  le: ["小于等于", "is less than or equal to"],
  leq: ["小于等于", "is less than or equal to"],
  leqslant: ["小于等于", "is less than or equal to"],
  ge: ["大于等于", "is greater than or equal to"],
  geq: ["大于等于", "is greater than or equal to"],
  geqslant: ["大于等于", "is greater than or equal to"],
  ne: ["不等于", "is not equal to"],
  neq: ["不等于", "is not equal to"],
  lt: ["小于", "is less than"],
  gt: ["大于", "is greater than"],
  approx: ["约等于", "is approximately"],
  equiv: ["恒等于", "is equivalent to"],
  sim: ["相似于", "is similar to"],
  infty: ["无穷大", "infinity"],
  to: ["趋于", "to"],
  rightarrow: ["到", "to"],
  Rightarrow: ["推出", "implies"],
  in: ["属于", "is in"],
  notin: ["不属于", "is not in"],
  subset: ["包含于", "is a subset of"],
  subseteq: ["包含于", "is a subset of"],
  cup: ["并", "union"],
  cap: ["交", "intersection"],
  forall: ["任意", "for all"],
  exists: ["存在", "there exists"],
  angle: ["角", "angle"],
  triangle: ["三角形", "triangle"],
  perp: ["垂直于", "is perpendicular to"],
  parallel: ["平行于", "is parallel to"],
  partial: ["偏", "partial"],
  nabla: ["梯度", "nabla"],
  therefore: ["所以", "therefore"],
  because: ["因为", "because"],
  degree: ["度", "degrees"],
  circ: ["度", "degrees"],
  percent: ["百分号", "percent"],
  alpha: ["阿尔法", "alpha"],
  beta: ["贝塔", "beta"],
  gamma: ["伽马", "gamma"],
  delta: ["德尔塔", "delta"],
  Delta: ["德尔塔", "delta"],
  epsilon: ["艾普西龙", "epsilon"],
  theta: ["西塔", "theta"],
  lambda: ["拉姆达", "lambda"],
  mu: ["缪", "mu"],
  pi: ["派", "pi"],
  rho: ["柔", "rho"],
  sigma: ["西格玛", "sigma"],
  phi: ["斐", "phi"],
  omega: ["欧米伽", "omega"],
  Omega: ["欧米伽", "omega"],
  sin: ["sin", "sine"],
  cos: ["cos", "cosine"],
  tan: ["tan", "tangent"],
  log: ["log", "log"],
  ln: ["ln", "natural log of"],
};

/** Signs with limits below and above them. */
const ranged: Record<string, readonly [zh: string, en: string]> = {
  sum: ["求和", "the sum"],
  int: ["积分", "the integral"],
  prod: ["求积", "the product"],
  lim: ["极限", "the limit"],
};
/** Marks over a letter, said after it; before it in English if a space ends the word. */
const accents: Record<string, readonly [zh: string, en: string]> = {
  bar: ["拔", "bar"],
  overline: ["拔", "bar"],
  hat: ["帽", "hat"],
  vec: ["向量", "vector "],
  dot: ["点", "dot"],
  tilde: ["波浪", "tilde"],
};

/** Commands that only shape what is seen. */
const silent = new Set(
  "left right big Big bigg Bigg displaystyle textstyle quad qquad limits nolimits ldots cdots dots hline mathrm mathbf mathit mathbb mathcal boldsymbol operatorname rm bf".split(
    " ",
  ),
);
const wordy = new Set("text textbf textit textrm mbox".split(" "));

/** Reads LaTeX as words: `\frac{1}{2}` is 二分之一 or "one half". */
export function speakLatex(source: string, manner: Manner): string {
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
    if (wordy.has(name)) return raw();
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
        if (c === "(" && !zh && /^[fgh]$/.test(parts.at(-1) ?? "")) parts.push("of");
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
