const digits = [..."영일이삼사오육칠팔구"];
const small = ["", "십", "백", "천"];
const large = ["", "만", "억", "조", "경"];

/** Says digits one by one: "공일공" for "010". */
export const spell = (text: string): string =>
  [...text].map((c) => (c === "0" ? "공" : (digits[Number(c)] ?? ""))).join("");
/** Says the digits after a decimal point one by one: "영오" for "05". */
export const spellDecimal = (text: string): string => [...text].map((c) => digits[Number(c)] ?? "").join("");

function belowTenThousand(n: number): string {
  let said = "";
  for (const [place, name] of [...small.entries()].reverse()) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit > 0) said += digit === 1 && place > 0 ? name : `${digits[digit]}${name}`;
  }
  return said;
}

/** Sino-Korean numerals: "이천이십사" for "2024", "십이만 삼천사백오십육"; more than 20 digits are spoken one by one. */
export function cardinal(text: string): string {
  const plain = text.replace(/^0+(?=\d)/, "");
  if (plain.length > 20) return spell(plain);
  if (plain === "0") return "영";
  const said: string[] = [];
  for (let scale = Math.ceil(plain.length / 4) - 1; scale >= 0; scale--) {
    const end = plain.length - scale * 4;
    const n = Number(plain.slice(Math.max(0, end - 4), end));
    if (n === 1 && scale === 1 && said.length === 0) said.push("만");
    else if (n > 0) said.push(belowTenThousand(n) + large[scale]);
  }
  return said.join(" ");
}

const nativeOnes = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"];
const nativeTens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];

/** Native numerals before a counter: "세" for "3", "스무" for "20", "스물다섯" for "25"; undefined above 99 and for 0. */
export function native(text: string): string | undefined {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 99) return undefined;
  return n === 20 ? "스무" : `${nativeTens[Math.floor(n / 10)]}${nativeOnes[n % 10]}`;
}
