import { unitOf } from "../amounts/units/grammar.ts";
import { after, before, letterStarts, type Place, type Rule, rule } from "../rule.ts";
import { cardinal, number } from "./number.ts";

const isFormulaNear = (place: Place): boolean =>
  /[=≠≈<>≤≥²³]|\b(?:derivative|function|let|where|given|line|point|angle|triangle|complexity|runs in)\b/i.test(
    place.text.slice(Math.max(0, place.index - 40), place.index + 24),
  );

const primeName = (primes: string): string => {
  const count = [...primes].reduce((sum, c) => sum + (c === "″" ? 2 : 1), 0);
  return count === 0 ? "" : ` ${["", "prime", "double prime", "triple prime"][Math.min(count, 3)]}`;
};

const trigonometry: Readonly<Record<string, string>> = {
  sin: "sine",
  cos: "cosine",
  tan: "tangent",
  cot: "cotangent",
  sec: "secant",
  csc: "cosecant",
  arcsin: "arc sine",
  arccos: "arc cosine",
  arctan: "arc tangent",
  ln: "natural log",
  log: "log",
  exp: "exp",
  lim: "the limit",
};

const greek: Readonly<Record<string, string>> = {
  π: "pi",
  ω: "omega",
  θ: "theta",
  α: "alpha",
  β: "beta",
  φ: "phi",
};

/** Matches short words, function names and units: unlike products of variables (`ab`), they are not spelled out. */
const word =
  /^(?:the|is|max|min|sin|cos|tan|cot|sec|csc|log|ln|exp|lim|mod|not|yes|no|on|off|true|len|sum|avg|new|old|sqrt|abs|int|str|get|set|net|tax|all|one|two|six|ten|any|day|year|km|cm|mm|kg|mg|ml|ft|lb|oz|mi|Hz|kHz|MHz|pH|dx|dy|dt|None|null)$/;
const wordBeforeWord = /^(?:at|is|an|to|in|of|or|as|by|a|if|we|it|my)$/;

/** Converts subscript digits to ordinary digits. */
const raise = (text: string): string =>
  [...text].map((c) => ("₀₁₂₃₄₅₆₇₈₉".includes(c) ? "₀₁₂₃₄₅₆₇₈₉".indexOf(c) : c)).join("");
const level = (text: string): string =>
  [...text].map((c) => ("⁰¹²³⁴⁵⁶⁷⁸⁹".includes(c) ? "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c) : c)).join("");
const bound = (text: string): string =>
  /^\d+$/.test(text)
    ? cardinal(text)
    : text === "∞"
      ? "infinity"
      : text === "π"
        ? "pi"
        : text.replace(/^[-−]/, "minus ");

/** Rules for functions, derivatives and products in plain-text formulas. */
export const formulaRules: readonly Rule[] = [
  rule(
    "integral with its bounds",
    "∫",
    /∫(?:([₀-₉]+|_\{?[-−\w∞]+\}?)(?:([⁰¹²³-⁹]+|\^\{?[\w∞π]+\}?)))\s?/,
    ([, from = "", to = ""]) =>
      `the integral from ${bound(raise(from).replace(/[_{}]/g, ""))} to ${bound(level(to).replace(/[\^{}]/g, ""))} of `,
  ),
  rule(
    "inverse trigonometric function",
    "sct",
    /(?<![A-Za-z\d])(sin|cos|tan)(?:⁻¹|\^\{?[-−]1\}?)(\s?\()?/,
    ([, name = "", bracket]) => `inverse ${trigonometry[name]}${bracket === undefined ? "" : " of "}`,
  ),
  rule(
    "limit at a place",
    "l",
    /(?<![A-Za-z\d])lim(?:_\{?|\s?\()([a-z])\s?(?:→|->)\s?([-−]?(?:\d+|∞|[a-z](?![A-Za-z])))([+⁺⁻])?[})]?\s?/,
    ([, letter = "", to = "", side]) =>
      `the limit as ${letter} approaches ${bound(to)}${side === undefined ? "" : side === "⁻" ? " from the left" : " from the right"} of `,
  ),
  rule("slash of a partial derivative", "/", /(?<=∂[²³]?[a-zA-Z])\/(?=∂)/, "over"),
  rule(
    "factorial of a letter",
    "!",
    /(?<=(?<![A-Za-z])[nkr]|[−-]\s?[nkr\d]\))!(?=\s?(?:[=/×*+−)(,;]|$)|\s(?:is|for|ways)\b)/,
    "factorial",
  ),
  rule(
    "logarithm to a base",
    "l",
    /(?<![A-Za-z\d])log(?:([₀-₉]+)|_\{?(\d+|[a-z])\}?|(2|10)(?=\())(\s?\()?/,
    ([, lowered, marked, plain, bracket]) =>
      `log base ${bound(lowered === undefined ? (marked ?? plain ?? "") : raise(lowered))}${bracket === undefined ? "" : " of "}`,
  ),
  rule(
    "letters multiplied in a formula",
    letterStarts,
    /(?<=[=+\-−×/(½⅓¼π]\s?|\d)[A-Za-z]{2,3}(?=[²³⁴^Δ)]|\s?[=+−×/≈]|\s-\s|[,.;:]?(?:\s|$))|(?<![A-Za-z])(?:[abcmkpqn]x|xy|ab|mc|mv|gh)(?=[²³^]|\s[+−=-]\s)/,
    (match, place) => {
      const [text] = match;
      const left = before(place, 24);
      if (!/[a-z]/.test(text) || word.test(text) || (wordBeforeWord.test(text) && /^\s[a-z]{2}/.test(after(match, 4))))
        return undefined;
      if (/\d\s?$/.test(left) && unitOf(text) !== undefined) return undefined;
      const isEquation = /(?:(?<![A-Za-z])[A-Za-zΔΣ]{1,2}|\))[₀-₉²³]?\s?=\s?(?:[^,;=]{0,16}[-+−×/(½⅓¼π\s])?\d*$/.test(
        left,
      );
      return isEquation || /^[²³^]|^\s[+−=-]\s\S{1,4}\s?[+=−-]/.test(after(match, 10))
        ? [...text].join(" ")
        : undefined;
    },
  ),
  rule(
    "function of a product",
    "sctale",
    /(?<![A-Za-z])(arcsin|arccos|arctan|sin|cos|tan|cot|sec|csc|ln|log|exp)\s?\(([-−]?)(\d+(?:\.\d+)?)?([πωθαβφ]?)([a-zθ]?)([a-z]?)\)/,
    ([, name = "", sign = "", figures = "", constant = "", letter = "", last = ""]) => {
      const factors = [figures === "" ? "" : number(figures), greek[constant] ?? "", greek[letter] ?? letter, last];
      const product = factors.filter((factor) => factor !== "");
      return product.length < 2
        ? undefined
        : `${trigonometry[name] ?? name} ${sign === "" ? "" : "minus "}${product.join(" ")} `;
    },
  ),
  rule(
    "name of a mathematical function",
    "sctale",
    /(?<![A-Za-z])(arcsin|arccos|arctan|sin|cos|tan|cot|sec|csc|ln|log|exp)(?=\s?[(²³⁻^₀-₉αβθφπ√\d]|\s[a-zA-Zθ](?![A-Za-z]))(\s?\()?/,
    ([, name = "", bracket]) => `${trigonometry[name] ?? name}${bracket === undefined ? "" : " of "}`,
  ),
  rule(
    "name of a function joined to its variable",
    "sctl",
    /(?<![A-Za-z])(sin|cos|tan|ln)([xθ])(?![A-Za-z])/,
    ([, name = "", letter = ""]) => `${trigonometry[name] ?? name} ${letter === "θ" ? "theta" : letter}`,
  ),
  rule(
    "function applied to an argument, with primes",
    letterStarts,
    /(?<![A-Za-z])([a-zA-Z])(['’′″]{0,3})\((?=[-−]?[A-Za-z\dπθ+*^−² -]{1,14}\))/,
    ([, name = "", primes = ""], place) =>
      (primes !== "" || /[fghFGHOPTVSCNyuv]/.test(name)) && (/^[fghPFO]$/.test(name) || isFormulaNear(place))
        ? `${name}${primeName(primes)} of `
        : undefined,
  ),
  rule(
    "prime of a letter",
    "'’′″",
    /(?<=(?<![A-Za-z])[a-zA-Z])(['’′″]{1,3})(?=\s?(?:[=+(−^*/-]|[,.;]?(?:\s|$)))/,
    ([primes = ""], place) => (isFormulaNear(place) ? primeName(primes) : undefined),
  ),
  rule(
    "raised dot between factors",
    "·⋅∙",
    /(?<=[\dA-Za-z)²³]\s?)[·⋅∙](?=\s?(?:[\d(√]|[a-zA-Zπθ](?![A-Za-z])|sin|cos|tan|ln|log))/,
    (_match, place) => (/(?:\d|(?<![A-Za-z])\d*[A-Za-z]|[)²³])\s?$/.test(before(place, 6)) ? "times" : undefined),
  ),
];
