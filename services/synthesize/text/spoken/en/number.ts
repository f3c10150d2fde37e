const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const scales = ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

/** The words for digits that are read one by one; `zero` is the word for 0: "oh" in the numbers of rooms and roads. */
export function digits(text: string, zero = "zero"): string {
  return [...text]
    .filter((c) => c >= "0" && c <= "9")
    .map((c) => (c === "0" ? zero : small[Number(c)]))
    .join(" ");
}

function belowHundred(n: number): string {
  if (n < 20) return small[n] ?? "";
  const ten = tens[Math.floor(n / 10)] ?? "";
  return n % 10 === 0 ? ten : `${ten}-${small[n % 10]}`;
}

function belowThousand(n: number): string {
  if (n < 100) return belowHundred(n);
  const rest = n % 100 === 0 ? "" : ` ${belowHundred(n % 100)}`;
  return `${small[Math.floor(n / 100)]} hundred${rest}`;
}

/** A whole number of up to 21 digits; longer ones are read digit by digit. */
export function cardinal(text: string): string {
  const plain = text.replace(/,/g, "").replace(/^0+(?=\d)/, "");
  if (plain.length > 21) return digits(plain);
  if (plain === "0") return "zero";
  const parts: string[] = [];
  let scale = 0;
  for (let end = plain.length; end > 0; end -= 3, scale++) {
    const n = Number(plain.slice(Math.max(0, end - 3), end));
    if (n > 0) parts.unshift(scales[scale] === "" ? belowThousand(n) : `${belowThousand(n)} ${scales[scale]}`);
  }
  return parts.join(" ");
}

/** A number with or without a decimal part: "three point one four". */
export function number(text: string): string {
  const [whole = "", fraction] = text.replace(/,/g, "").split(".");
  return fraction === undefined
    ? cardinal(whole)
    : `${whole === "" ? "zero" : cardinal(whole)} point ${digits(fraction)}`;
}

const irregular: Record<string, string> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** The ordinal of a number in digits: "forty-third" for 43. */
export function ordinal(text: string): string {
  return cardinal(text).replace(
    /[a-z]+$/,
    (last) => irregular[last] ?? (last.endsWith("y") ? `${last.slice(0, -1)}ieth` : `${last}th`),
  );
}

/** The plural of a number word: "fifths" for "fifth", "nineties" for "ninety". */
export function plural(word: string): string {
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : word.endsWith("x") ? `${word}es` : `${word}s`;
}

/** A year of three or four digits: "nineteen eighty-four", "twenty ten", "two thousand eight". */
export function year(text: string): string {
  const n = Number(text);
  const high = Math.floor(n / 100);
  const low = n % 100;
  if (text.length < 3 || n >= 10000) return cardinal(text);
  if (low === 0) return high % 10 === 0 ? cardinal(text) : `${belowHundred(high)} hundred`;
  if (high % 10 === 0 && low < 10) return cardinal(text);
  return `${belowHundred(high)} ${low < 10 ? `oh ${small[low]}` : belowHundred(low)}`;
}

/** The name of a decade: "twenty twenties" for 2020, "nineties" for 90. */
export function decade(text: string): string {
  return text === "00" ? "two thousands" : plural(text.length === 2 ? cardinal(text) : year(text));
}

/** Says digits one by one, with "oh" for zero. */
export const oh = (text: string): string => digits(text, "oh");
