import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";
import { inCase } from "./numerals.ts";

const small =
  "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split(
    " ",
  );
const tens = "_ _ двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(" ");
const hundreds = "_ сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split(" ");
const scales = ["", "тысяча тысячи тысяч", "миллион миллиона миллионов", "миллиард миллиарда миллиардов"].concat(
  "триллион триллиона триллионов",
);

/** Which of the three forms of a noun follows a number: 1 час, 2 часа, 5 часов. */
export function formWith(n: number): 0 | 1 | 2 {
  const last = n % 10;
  if (n % 100 >= 11 && n % 100 <= 14) return 2;
  return last === 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2;
}

/** The words of a number below a thousand, in the nominative. */
function belowThousand(n: number, gender: Agreement["gender"]): string[] {
  const words: string[] = [];
  if (n >= 100) words.push(hundreds[Math.floor(n / 100)] ?? "");
  const rest = n % 100;
  if (rest >= 20) words.push(tens[Math.floor(rest / 10)] ?? "");
  const last = rest >= 20 ? rest % 10 : rest;
  if (last === 1) words.push(gender === "f" ? "одна" : gender === "n" ? "одно" : "один");
  else if (last === 2) words.push(gender === "f" ? "две" : "два");
  else if (last > 0) words.push(small[last] ?? "");
  return words;
}

/** A whole number in words: "двадцать одна" for "21" before a feminine noun, "двадцати одной" in the genitive. */
export function cardinal(digits: string, { gender, grammaticalCase }: Agreement = alone): string {
  const groups = thousands(trimZeros(digits));
  if (groups.length === 1 && groups[0] === 0) return inCase("ноль", grammaticalCase);
  const words: string[] = [];
  for (const [index, n] of groups.entries()) {
    if (n === 0) continue;
    const scale = groups.length - 1 - index;
    const own = belowThousand(n, scale === 1 ? "f" : scale === 0 ? gender : "m");
    // One thousand is "тысяча", without the word for "one".
    if (!(scale === 1 && n === 1)) words.push(...own.map((word) => inCase(word, grammaticalCase)));
    if (scale === 0) continue;
    const forms = scales[scale]?.split(" ") ?? [];
    const form = formWith(n);
    words.push(inCase(forms[form] ?? "", grammaticalCase));
  }
  return words.join(" ");
}
