const digits = [..."零一二三四五六七八九"];
const small = ["", "十", "百", "千"];
const large = ["", "万", "億", "兆", "京"];

/** Returns the spoken form of digits that are said one by one: "零九零" for "090". */
export const spell = (text: string): string => [...text].map((c) => digits[Number(c)] ?? "").join("");

function belowTenThousand(n: number, first: boolean): string {
  let said = "";
  for (const [place, name] of [...small.entries()].reverse()) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) continue;
    // The digit 1 is not said before 十, 百 and 千, except before 千 in units of 万 and above: 千円, but 一千万円.
    said += digit === 1 && place > 0 && !(place === 3 && !first) ? name : `${digits[digit]}${name}`;
  }
  return said;
}

/** A whole number in kanji: "二千二十四" for "2024"; more than 20 digits are spoken one by one. */
export function cardinal(text: string): string {
  const plain = text.replace(/^0+(?=\d)/, "");
  if (plain.length > 20) return spell(plain);
  if (plain === "0") return "零";
  let said = "";
  for (let scale = Math.ceil(plain.length / 4) - 1; scale >= 0; scale--) {
    const end = plain.length - scale * 4;
    const n = Number(plain.slice(Math.max(0, end - 4), end));
    if (n > 0) said += belowTenThousand(n, scale === 0) + large[scale];
  }
  return said;
}
