import { before, letterStarts, type Place, type Rule, rule } from "../rule.ts";

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

/** Functions, primes and products of formulas in plain text. */
export const formulaRules: readonly Rule[] = [
  rule(
    "name of a function of angles or powers",
    "sctale",
    /(?<![A-Za-z\d])(arcsin|arccos|arctan|sin|cos|tan|cot|sec|csc|ln|log|exp)(?=\s?[(²³⁻^₀-₉αβθφπ√\d]|\s[a-zA-Zθ](?![A-Za-z]))(\s?\()?/,
    ([, name = "", bracket]) => `${trigonometry[name] ?? name}${bracket === undefined ? "" : " of "}`,
  ),
  rule(
    "name of a function close to its letter",
    "sctl",
    /(?<![A-Za-z])(sin|cos|tan|ln)([xθ])(?![A-Za-z])/,
    ([, name = "", letter = ""]) => `${trigonometry[name] ?? name} ${letter === "θ" ? "theta" : letter}`,
  ),
  rule(
    "function of an argument, its primes said",
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
