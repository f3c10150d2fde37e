import type { Mapped } from "./mapped.ts";

/** Format and control characters, except line ends and tabs. */
const invisible = /(?![\t\n\r])[\p{Cf}\p{Cc}]/u;

/**
 * Converts fullwidth letters, digits and symbols to ordinary ones, and unusual spaces to plain ones, and removes
 * invisible characters.
 */
export function fold(mapped: Mapped): void {
  let text = "";
  let kept = 0;
  for (let index = 0; index < mapped.text.length; index++) {
    const c = foldInNumber(mapped.text, index) ?? foldCharacter(mapped.text[index] ?? "");
    if (c === "" || (c === " " && groupsDigits(mapped.text, index))) continue;
    mapped.from[kept] = mapped.from[index] ?? 0;
    mapped.to[kept] = mapped.to[index] ?? 0;
    text += c;
    kept++;
  }
  mapped.text = text;
  mapped.from.length = kept;
  mapped.to.length = kept;
}

/**
 * Whether the space at `index` separates digit groups of one large number: 10 000. An ordinary space does so only in a
 * number that ends in zeros: 67 800 000.
 */
function groupsDigits(text: string, index: number): boolean {
  if (!/\d/.test(text[index - 1] ?? "")) return false;
  return (text[index] === " " ? /^(?:\d{3} ){0,3}000(?!\d)/ : /^\d{3}(?!\d)/).test(text.slice(index + 1, index + 17));
}

/** The ordinary form of fullwidth punctuation in a number (`.` in １２３．４５, `:` in １０：３０); otherwise undefined. */
function foldInNumber(text: string, index: number): string | undefined {
  const place = "．：，".indexOf(text[index] ?? "");
  if (place === -1 || !/\d|[０-９]/.test(text[index - 1] ?? "") || !/[０-９]/.test(text[index + 1] ?? ""))
    return undefined;
  return text[index] === "，" && !/^[０-９]{3}(?![０-９])/.test(text.slice(index + 1, index + 5))
    ? undefined
    : ".:,"[place];
}

function foldCharacter(c: string): string {
  if (c <= "~" && c >= " ") return c;
  const code = c.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) {
    const plain = String.fromCharCode(code - 0xfee0);
    // Fullwidth punctuation is Chinese punctuation, so it stays fullwidth; letters, digits and symbols are converted.
    return /[A-Za-z0-9$%&+<=>@#*^_`|~\\/-]/.test(plain) ? plain : c;
  }
  if (c === "￥") return "¥";
  if (c === "￡") return "£";
  // The Japanese wave dash is treated as a tilde.
  if (c === "〜") return "~";
  if (c === "\u00a0" || c === "\u202f" || (c >= "\u2000" && c <= "\u200a") || c === "\u205f") return " ";
  return invisible.test(c) ? "" : c;
}
