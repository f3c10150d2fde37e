const digitNames = "零一二三四五六七八九";

/** Digits one by one; `one` is how 1 is read: 幺 in telephone and identity numbers. */
export function digits(text: string, one = "一"): string {
  let spoken = "";
  for (const c of text) if (c >= "0" && c <= "9") spoken += c === "1" ? one : digitNames.charAt(Number(c));
  return spoken;
}

/** Says a group of four digits of a number, without its leading zeros; `first`: whether it is the first group. */
function group(text: string, first: boolean): string {
  let spoken = "";
  let zero = false;
  for (let index = 0; index < text.length; index++) {
    const digit = Number(text[index]);
    const place = text.length - 1 - index;
    if (digit === 0) {
      zero = spoken !== "" || !first;
      continue;
    }
    if (zero) spoken += "零";
    zero = false;
    if (digit === 1 && place === 1 && spoken === "" && first) spoken += "十";
    else if (digit === 2 && place === 3 && spoken === "" && first) spoken += "两千";
    else spoken += digitNames.charAt(digit) + ["", "十", "百", "千"][place];
  }
  return spoken;
}

const groupNames = ["", "万", "亿", "万亿", "亿亿"];

/** A whole number of up to 20 digits; longer ones are read digit by digit. */
export function cardinal(text: string): string {
  const plain = text.replace(/,/g, "").replace(/^0+(?=\d)/, "");
  if (plain.length > 20) return digits(plain);
  if (plain === "0") return "零";
  const groups: string[] = [];
  for (let end = plain.length; end > 0; end -= 4) groups.unshift(plain.slice(Math.max(0, end - 4), end));
  let spoken = "";
  for (const [index, part] of groups.entries()) {
    const name = groupNames[groups.length - 1 - index] ?? "";
    if (Number(part) === 0) continue;
    const first = spoken === "";
    // A group of four zeros inside a number is spoken as one 零: 1 0000 1000 is 一亿零一千.
    if (!first && Number(groups[index - 1]) === 0) spoken += "零";
    if (first && name !== "" && Number(part) === 2) spoken += `两${name}`;
    else spoken += group(part, first) + name;
  }
  // Several 零 in a row are spoken as one: 100000005 is 一亿零五.
  return spoken.replace(/零+/g, "零");
}

/** A number with or without a decimal part: 三点一四. */
export function number(text: string): string {
  const [whole = "", fraction] = text.replace(/,/g, "").split(".");
  return fraction === undefined
    ? cardinal(whole)
    : `${whole === "" ? "零" : cardinal(whole).replace(/^两(?=千)/, "两")}点${digits(fraction)}`;
}

/** Says a number before the noun that it counts: 2 is then 两. */
export function counting(text: string): string {
  return text === "2" ? "两" : number(text);
}
