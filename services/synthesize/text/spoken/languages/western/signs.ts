import { type Rule, rule } from "../../rule.ts";
import { beforeOf, beginsItem, literal } from "../patterns.ts";
import { alone } from "./number.ts";
import type { Tongue } from "./tongue.ts";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const lowered = "₀₁₂₃₄₅₆₇₈₉";
/**
 * The Greek alphabet in lower case, then in capitals. Capital sigma occurs twice, so that both rows are equally long:
 * lower-case sigma has a second form at the end of a word.
 */
const greekLetters = "αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΣΤΥΦΧΨΩ";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
/** Signs that are spoken anywhere; other signs are spoken only next to numbers and letters of formulas. */
const always = "=≠≈≤≥×÷√±%‰°℃℉№§&@€$£¥∞<>";

/** Rules for arithmetic and other signs, powers, and signs for "number" (`#5`), where no earlier rule has matched. */
export const signRules = (tongue: Tongue): readonly Rule[] => [
  ...powerRules(tongue),
  ...numberRules(tongue),
  minus(tongue),
  dividedByColon(tongue),
  ...(tongue.signs.diameter === undefined ? [] : [diameter(tongue.signs.diameter)]),
  ...(tongue.signs.or === undefined ? [] : [slashBetweenWords(tongue, tongue.signs.or)]),
  ...operatorRules(tongue),
  greekLetter(tongue),
  each(tongue),
  rule("about", "~∼", /[~∼]\s?(?=\d)/, () => tongue.signs["≈"]),
  ...namedSigns(tongue),
];

const digitsOf = (text: string, figures: string): string => [...text].map((c) => figures.indexOf(c)).join("");

/** Rules for exponents: `x²`, `10⁻³`, `2^10`. */
const powerRules = (tongue: Tongue): readonly Rule[] => [
  rule("powers", raised, new RegExp(`[${raised}]+`), ([text]) => tongue.power(digitsOf(text, raised))),
  rule("negative power", "⁻", new RegExp(`⁻([${raised}]+)`), ([, digits = ""]) =>
    tongue.negativePower?.(digitsOf(digits, raised)),
  ),
  rule("negative power after a caret", "^", /\^[({]?[-−](\d+)[)}]?/, ([, digits = ""]) =>
    tongue.negativePower?.(digits),
  ),
  rule("power after a caret", "^", /\^(?:\{(\d+)\}|(\d+))/, ([, inside, bare = ""]) => tongue.power(inside ?? bare)),
];

/** Rules for subscripts (`H₂O`), circled numbers (`①`), and signs for "number" (`n° 7`, `#5`). */
const numberRules = (tongue: Tongue): readonly Rule[] => [
  rule("lowered figures", lowered, new RegExp(`[${lowered}]+`), ([text]) =>
    tongue.cardinal(digitsOf(text, lowered), alone),
  ),
  rule("circled number", circled, /[①-⑳]/, ([text], place) => {
    const said = tongue.cardinal(String(circled.indexOf(text) + 1));
    return beginsItem.test(beforeOf(place.text, place.index)) ? `${said},` : said;
  }),
  rule("number in letters", "nN", /(?<!\p{L})[nN](?:\.?[º°]\.?|\.)\s?(?=\d)/u, () => tongue.signs["№"]),
  rule("number sign", "#", /#\s?(?=\d)/, () => tongue.signs["№"]),
];

/** Matches a word before a dash, as in "курс – 5 дней"; `wordAfter` matches the dash and a word after it. */
const wordBefore = /(?:\p{L}{2}\)?|\d\s\p{L}{1,2}[²³])\s$/u;
const wordAfter = /^[-–]\s(?!(?:sin|sen|cos|tan|tg|ln|log|lim)(?!\p{L}))\p{L}{2}/u;
/**
 * Whether a dash with spaces around it is punctuation and not a minus. A dash beside a word is punctuation, unless both
 * sides are values of an equation: "ricavi – costi = utile".
 */
function isDash(text: string, index: number): boolean {
  const before = beforeOf(text, index);
  const after = text.slice(index);
  if (!/^[-–]\s/.test(after)) return false;
  const [left, right] = [wordBefore.test(before), wordAfter.test(after)];
  if (!left && !right) return false;
  if (!text.includes("=")) return true;
  const isMeasure = /\d\s?\p{L}{1,3}\s$/u.test(before) && !right;
  return left !== right && !isMeasure && !/^[-–]\s[\d.,]+\s?=/.test(after);
}

/** Reads a minus between two values, or before a negative value. */
const minus = (tongue: Tongue): Rule =>
  rule(
    "minus in a sum",
    "-−–",
    /(?<=[\p{L}\d)²³¹⁰⁴-⁹₀-₉]\s)[-−–]\s?(?=[\p{L}\d(])|(?<!\p{L}\p{L}|\p{Lu})[-−](?=[\d(√])|(?<=[\d)²³¹⁰⁴-⁹₀-₉])[-−–](?=[\d(])/u,
    (_, { text, index }) => (isDash(text, index) ? undefined : (tongue.signs["-"] ?? "")),
  );

/**
 * `proportions` matches words about proportions, `afterName` a name with its number, such as "Aufgabe 3" (exercise 3).
 * After either of them, a colon does not mean division.
 */
const proportions =
  /verhältnis|maßstab|misch|rapport|scala|escala|échelle|propor|proporz|raz[óã]|ratio|соотнош|пропорц|масштаб/iu;
const afterName =
  /(?:übung|aufgabe|schritt|frage|beispiel|teil|kapitel|lektion|paso|ejercicio|pregunta|opción|parte|cap[íi]tulo|esercizio|domanda|passo|opzione|capitolo|exerc[íi]cio|opção|pergunta|exemplo|ejemplo|esempio|шаг|упражнени|задани|задач|вопрос|глав|част|пример|вариант|этап|урок)\p{L}*\s\d+\s$/iu;
/** French only: matches an operator, or a word such as "donc", and a number, after which a colon means division. */
const afterOperator = /(?:[=×÷+*·−:,]|(?<!\p{L})(?:a|et|donc|car|alors|puis|que|soit|calcule[rz]?))\s[\d.,]+\s$/iu;

/** Reads a colon as a sign of division: `8 : 2`. */
const dividedByColon = (tongue: Tongue): Rule =>
  rule(
    "divided by a colon",
    ":",
    /(?<=(?:[\d)²³€$%]|\d\s?(?!h)\p{L}{1,3}|=\s\p{L})\s):(?=\s*$|\s[\d(]|\s\p{L}(?!\p{L}))/u,
    (_, { text, index }) => {
      const before = beforeOf(text, index);
      if (tongue.scoreCues.test(before)) return tongue.signs[":"];
      if (proportions.test(before)) return tongue.signs.ratio;
      const isLed = tongue.properFractions === true ? afterOperator.test(before) : !afterName.test(before);
      return isLed ? tongue.signs["÷"] : undefined;
    },
  );

/** Reads the sign for a diameter: `Ø 12`. */
const diameter = (name: string): Rule => rule("diameter", "Øø⌀", /(?<!\p{L})[Øø⌀]\s?(?=\d)/u, `${name} `);

/** Word pairs such as "recto/verso" that are said without "or". */
const sides =
  /^(?:fronte\/retro|recto\/verso|andata\/ritorno|ida\/v(?:uelta|olta)|aller\/retour|qualité\/prix|calidad\/precio|qualità\/prezzo|custo\/benefício|(?:et|e|y)\/\p{L}+|client(?:e)?\/serv\p{L}+)$/u;

/**
 * Reads the slash of `rojo/verde` as "or", but not the slash of `y/o`, which contains that word already. A slash that
 * means "per", as in `comprimidos/día`, is left to another rule.
 */
const slashBetweenWords = (tongue: Tongue, or: string): Rule =>
  rule(
    "slash between words",
    "/",
    /(?<=(?<![\p{L}\d/.])(\p{Ll}{2,}|[ye]))\/(?=(\p{Ll}{2,}|o)(?![\p{L}\d/]))/u,
    ([, left = "", right = ""]) => {
      if (perWord(tongue, right) !== undefined) return undefined;
      return sides.test(`${left}/${right}`) || left === or || right === or ? " " : ` ${or} `;
    },
  );

/** Rules for `+`, `·` and `/` in calculations, and for the slash of `1/-1`. */
const operatorRules = (tongue: Tongue): readonly Rule[] => [
  rule("slash before a sign", "/", /(?<=\d)\/(?=[-−+]\d)/, () =>
    tongue.times === undefined ? undefined : tongue.signs[":"],
  ),
  rule(
    "plus in a sum",
    "+",
    /\+(?=\s?[\p{L}\d(½⅓⅔¼¾⅕-⅞√])|(?<=\p{Lu}\d{0,3})\+(?![\p{L}\d+])/u,
    () => tongue.signs["+"],
  ),
  rule(
    "times in a sum",
    "*·⋅",
    /(?<=(?:(?<!\p{L})\p{L}|[\d)²³])\s?)[*·⋅]\s?(?=[\d(√]|\p{L}(?!\p{L}{2}))/u,
    () => tongue.signs["×"],
  ),
  rule(
    "divided in a sum",
    "/",
    /(?<=[\d)]\s?)\/\s?(?=[\d(])|(?<=\p{L}\s)\/\s(?=[\d(])|(?<=(?:(?<!\p{L})\p{L}|[\d)²³])\s?)\/\s?(?=[\d(]|\p{L}(?!\p{L}))/u,
    () => tongue.signs["÷"],
  ),
];

/** Reads a single Greek letter by its name. */
const greekLetter = (tongue: Tongue): Rule =>
  rule(
    "Greek letter",
    greekLetters,
    /(?<!\p{Script=Greek})[Α-Ωα-ω](?!\p{Script=Greek}{2})/u,
    ([letter]) => tongue.greek?.[greekLetters.indexOf(letter) % (greekLetters.length / 2)],
  );

/** Reads a slash between two nouns as "per": `comprimidos/día`. */
const each = (tongue: Tongue): Rule =>
  rule(
    "each",
    "/",
    /(?<=\p{Ll})\/\s?(m[²³]|\p{Ll}+)(?![\p{L}²³])(?:(?<=sem|sett)\.(?=[,;:)]|\s\p{Ll}))?/u,
    ([, word = ""]) => perWord(tongue, word),
  );

/**
 * The words for a slash with the unit after it: "per day" for `/día`; undefined if `word` is neither a unit nor a noun
 * that may follow "per".
 */
function perWord(tongue: Tongue, word: string): string | undefined {
  if (tongue.perWords?.test(word)) return tongue.perWord?.(word);
  const noun =
    tongue.perWords !== undefined && /^(?:ha|kg|km|m[q²³]|min|gg|h|l)$/.test(word) ? tongue.units.get(word) : undefined;
  return noun === undefined ? undefined : tongue.per(noun, word);
}

/** Rules for signs that are spoken by their names in any context. */
const namedSigns = (tongue: Tongue): readonly Rule[] =>
  [...always].flatMap((sign) => {
    const name = tongue.signs[sign];
    return name === undefined ? [] : [rule(`sign ${sign}`, sign, new RegExp(literal(sign)), name)];
  });
