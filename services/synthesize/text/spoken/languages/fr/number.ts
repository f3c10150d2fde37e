import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(
    " ",
  );
const tens = "_ _ vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split(" ");
const scales = ["", "mille", "million", "milliard", "billion"];

function belowHundred(n: number, final: boolean): string {
  if (n < 20) return small[n] ?? "";
  const ten = tens[Math.floor(n / 10)] ?? "";
  const rest = n >= 60 ? n % 20 : n % 10;
  if (rest === 0) return n === 80 && final ? "quatre-vingts" : ten;
  return (rest === 1 || rest === 11) && n < 80 ? `${ten} et ${small[rest]}` : `${ten}-${small[rest]}`;
}

function belowThousand(n: number, final: boolean): string {
  if (n < 100) return belowHundred(n, final);
  const many = Math.floor(n / 100);
  const rest = n % 100;
  const hundred = many === 1 ? "cent" : `${small[many]} cent${rest === 0 && final ? "s" : ""}`;
  return rest === 0 ? hundred : `${hundred} ${belowHundred(rest, final)}`;
}

/** A whole number in words: "vingt et un" for "21", or "vingt et une" before a feminine noun. */
export function cardinal(digits: string, { gender }: Agreement = alone): string {
  const groups = thousands(trimZeros(digits));
  if (groups.length === 1 && groups[0] === 0) return "zéro";
  const words = groups.flatMap((n, index) => {
    const scale = scales[groups.length - 1 - index] ?? "";
    if (n === 0) return [];
    if (scale === "") return [belowThousand(n, true)];
    if (scale === "mille") return [n === 1 ? "mille" : `${belowThousand(n, false)} mille`];
    return [`${belowThousand(n, true)} ${scale}${n === 1 ? "" : "s"}`];
  });
  const said = words.join(" ");
  return gender === "f" ? said.replace(/\bun$/, "une") : said;
}

/** An ordinal in words: "premier" for "1", "deuxième" for "2", "vingt et unième" for "21". */
export function ordinal(digits: string, feminine = false): string {
  if (digits === "1") return feminine ? "première" : "premier";
  return cardinal(digits)
    .replace(/cinq$/, "cinqu")
    .replace(/neuf$/, "neuv")
    .replace(/vingts$/, "vingt")
    .replace(/cents$/, "cent")
    .replace(/e$/, "")
    .concat("ième");
}
