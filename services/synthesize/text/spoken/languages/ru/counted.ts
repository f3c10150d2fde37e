import type { Agreement } from "../western/number.ts";
import type { Figure, Noun } from "../western/tongue.ts";
import { formWith } from "./number.ts";

type Case = NonNullable<Agreement["grammaticalCase"]>;
type Oblique = Exclude<Case, "genitive" | "accusative">;

/** Case endings of nouns (hard and soft stems, singular and plural) and of the adjectives before them. */
const endings: Readonly<
  Record<
    Oblique,
    {
      readonly masculine: readonly [hard: string, soft: string];
      readonly feminine: readonly [hard: string, soft: string];
      readonly many: readonly [hard: string, soft: string];
      /** Endings of an adjective before a masculine singular, a feminine singular, and a plural noun. */
      readonly adjective: readonly [masculine: string, feminine: string, many: string];
    }
  >
> = {
  dative: { masculine: ["у", "ю"], feminine: ["е", "е"], many: ["ам", "ям"], adjective: ["ому", "ой", "ым"] },
  instrumental: {
    masculine: ["ом", "ем"],
    feminine: ["ой", "ей"],
    many: ["ами", "ями"],
    adjective: ["ым", "ой", "ыми"],
  },
  prepositional: { masculine: ["е", "е"], feminine: ["е", "е"], many: ["ах", "ях"], adjective: ["ом", "ой", "ых"] },
};
const isAdjective = /(?:ый|ий|ая)$/u;
/** Matches nouns to which no case ending is added, such as the indeclinable евро. */
const isFixed = /(?:промилле|евро|тенге|бар|сутки)$/u;

/**
 * Declines a noun phrase such as "градус Цельсия" or "квадратный метр": its head is the first word that is not an
 * adjective; what follows the head stays unchanged.
 */
function decline(one: string, adjective: string, ending: (noun: string) => string): string {
  const words = one.split(" ");
  const head = words.findIndex((word) => !isAdjective.test(word));
  return words
    .map((word, index) => {
      if (index < head) return word.replace(isAdjective, adjective);
      if (index > head || isFixed.test(word)) return word;
      return (/[ьяйеао]$/u.test(word) ? word.slice(0, -1) : word) + ending(word);
    })
    .join(" ");
}

const people: Readonly<Record<Oblique, string>> = { dative: "людям", instrumental: "людьми", prepositional: "людях" };
const isSoft = (noun: string): boolean => /[ьяйе]$/u.test(noun);

/** The form of a noun that a number counts, given the case of number and noun. */
export function countedForm({ whole, part }: Figure, noun: Noun, grammaticalCase: Case | undefined): string {
  const [one = "", , many = ""] = noun.forms;
  if (part !== undefined) return genitiveOfOne(noun);
  // After zero the noun is always a genitive plural: "при нуле градусов".
  if (/^0+$/.test(whole)) return many;
  const form = formWith(Number(whole.slice(-4)));
  // Thousand and million are nouns, so the genitive plural follows: "в трёхстах тысячах километров".
  if (/[1-9]\d*000$/.test(whole)) return many;
  if (grammaticalCase === undefined) return noun.forms[form] ?? "";
  if (grammaticalCase === "genitive") return form === 0 ? genitiveOfOne(noun) : many;
  if (grammaticalCase === "accusative") return form === 0 ? accusativeOf(noun) : (noun.forms[form] ?? "");
  const { masculine, feminine, many: ofMany, adjective } = endings[grammaticalCase];
  if (one === "человек" && form !== 0) return people[grammaticalCase];
  if (isFixed.test(one)) return form === 0 ? one : many;
  if (form !== 0) return decline(one, adjective[2], (word) => ofMany[isSoft(word) ? 1 : 0]);
  const isFeminine = noun.gender === "f";
  return decline(
    one,
    adjective[isFeminine ? 1 : 0],
    (word) => (isFeminine ? feminine : masculine)[isSoft(word) ? 1 : 0],
  );
}

/** The accusative singular of a noun: "минуту", "столовую ложку". */
export function accusativeOf({ gender, forms: [one = ""] }: Noun): string {
  return gender === "f" ? decline(one, "ую", (word) => (/я$/u.test(word) ? "ю" : /а$/u.test(word) ? "у" : "")) : one;
}

/** The genitive singular of a noun with its adjective, if it has one: "квадратного метра", "столовой ложки". */
export function genitiveOfOne({ gender, forms: [one = "", few = ""] }: Noun): string {
  const adjectives = one.split(" ");
  return few
    .split(" ")
    .map((word, index) =>
      isAdjective.test(adjectives[index] ?? "")
        ? (adjectives[index] ?? "").replace(isAdjective, gender === "f" ? "ой" : "ого")
        : word,
    )
    .join(" ");
}
