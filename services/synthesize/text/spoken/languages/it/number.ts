import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove".split(
    " ",
  );
const tens = "_ _ venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split(" ");

function belowHundred(n: number): string {
  if (n < 20) return small[n] ?? "";
  const ten = tens[Math.floor(n / 10)] ?? "";
  const one = n % 10;
  if (one === 0) return ten;
  // Before "uno" and "otto" the final vowel of the tens is dropped: "ventuno".
  return (one === 1 || one === 8 ? ten.slice(0, -1) : ten) + small[one];
}

function belowThousand(n: number): string {
  if (n < 100) return belowHundred(n);
  const many = Math.floor(n / 100);
  const hundred = many === 1 ? "cento" : `${small[many]}cento`;
  const rest = n % 100 === 0 ? "" : belowHundred(n % 100);
  return (/^ott/.test(rest) ? hundred.slice(0, -1) : hundred) + rest;
}

/** Puts an accent on the final "tre" of a longer number word: ventitré. */
const accented = (word: string): string => (word.length > 3 ? word.replace(/tre$/, "tré") : word);

const scales: readonly (readonly [string, string])[] = [
  ["", ""],
  ["", ""],
  ["un milione", "milioni"],
  ["un miliardo", "miliardi"],
  ["mille miliardi", "mila miliardi"],
];

/** A whole number in words: "ventuno" for "21"; before a noun, 1 is "un" or "una". */
export function cardinal(digits: string, { gender }: Agreement = alone): string {
  const plain = trimZeros(digits);
  if (plain === "1" && (gender === "m" || gender === "f")) return gender === "f" ? "una" : "un";
  const groups = thousands(plain);
  const many = groups.at(-2) ?? 0;
  const low = groups.at(-1) ?? 0;
  const thousand = many === 0 ? "" : many === 1 ? "mille" : `${belowThousand(many)}mila`;
  const rest = low === 0 && (thousand !== "" || groups.length > 2) ? "" : belowThousand(low);
  const high = groups.slice(0, -2).flatMap((n, index) => {
    const [one, more] = scales[groups.length - 1 - index] ?? ["", ""];
    return n === 0 ? [] : [n === 1 ? one : `${accented(belowThousand(n))} ${more}`];
  });
  return [...high, accented(thousand + rest)].filter((word) => word !== "").join(" ");
}

const ordinals = "_ primo secondo terzo quarto quinto sesto settimo ottavo nono decimo".split(" ");

/** An ordinal in words: "terzo" or "terza" for "3", "ventunesimo" for "21". */
export function ordinal(digits: string, isFeminine: boolean): string {
  const n = Number(digits);
  const word =
    n > 0 && n <= 10
      ? (ordinals[n] ?? "")
      : `${cardinal(digits)
          .replace(/tré$/, "tre")
          .replace(/(?<!tr|se)[aeio]$/, "")}esimo`;
  return isFeminine ? word.replace(/o$/, "a") : word;
}
