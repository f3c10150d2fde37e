import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove".split(
    " ",
  );
const tens = "_ _ vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split(" ");
const hundreds = "_ cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos".split(
  " ",
);

function belowThousand(n: number): string {
  if (n === 100) return "cem";
  if (n < 20) return small[n] ?? "";
  const words: string[] = [];
  if (n >= 100) words.push(hundreds[Math.floor(n / 100)] ?? "");
  const rest = n % 100;
  if (rest >= 20) {
    words.push(tens[Math.floor(rest / 10)] ?? "");
    if (rest % 10 > 0) words.push(small[rest % 10] ?? "");
  } else if (rest > 0) words.push(small[rest] ?? "");
  return words.join(" e ");
}

const feminine = (words: string): string =>
  words
    .replace(/\bum$/, "uma")
    .replace(/\bdois$/, "duas")
    .replace(/(duz|trez|quatroc|quinh|seisc|setec|oitoc|novec)entos/g, "$1entas");

const scales: readonly (readonly [string, string])[] = [
  ["", ""],
  ["mil", "mil"],
  ["milhão", "milhões"],
  ["bilhão", "bilhões"],
  ["trilhão", "trilhões"],
];

/** A whole number in words, as in Brazil: "vinte e um" for "21", or "vinte e uma" before a feminine noun. */
export function cardinal(digits: string, { gender }: Agreement = alone): string {
  const groups = thousands(trimZeros(digits));
  if (groups.length === 1 && groups[0] === 0) return "zero";
  let said = "";
  for (const [index, n] of groups.entries()) {
    if (n === 0) continue;
    const scale = groups.length - 1 - index;
    const [one, many] = scales[scale] ?? ["", ""];
    const words = scale < 2 && gender === "f" ? feminine(belowThousand(n)) : belowThousand(n);
    const part = scale === 1 && n === 1 ? "mil" : `${words} ${n === 1 ? one : many}`.trim();
    // "e" joins the last group of three digits that is not zero if this group is below 100 or a round hundred: "mil e
    // duzentos", "mil e um", but "mil duzentos e um".
    const isLast = groups.slice(index + 1).every((rest) => rest === 0);
    const joins = said !== "" && isLast && (n < 100 || n % 100 === 0);
    said += said === "" ? part : `${joins ? " e " : " "}${part}`;
  }
  return said;
}

const ordinals = "_ primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono".split(" ");
const ordinalTens =
  "_ décimo vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo".split(" ");

/** An ordinal in words: "terceiro" or "terceira" for "3"; for a number above 100, the cardinal. */
export function ordinal(digits: string, isFeminine: boolean): string {
  const n = Number(digits);
  if (n > 99 || n === 0) return n === 100 ? (isFeminine ? "centésima" : "centésimo") : cardinal(digits);
  const words = [n >= 10 ? ordinalTens[Math.floor(n / 10)] : "", n % 10 === 0 ? "" : ordinals[n % 10]];
  const word = words.filter((one) => one !== "").join(" ");
  return isFeminine ? word.replace(/o(?= |$)/g, "a") : word;
}
