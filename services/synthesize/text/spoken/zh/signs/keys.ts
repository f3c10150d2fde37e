import { before, type Rule, rule } from "../../rule.ts";
import { digits } from "../number.ts";

/** Words after which a star or a hash is a key of a telephone. */
const press = /(?:按下?|拨打?|撥|键入|输入|鍵入|輸入|再按|加|[按拨打入][\d*#]+|或|和|以|[（(“"「']|米字|井字)\s?$/;
const names: Record<string, string> = { "*": "星号", "#": "井号" };

/** Stars and hashes that are keys, and hashes in what is to be sent. */
export const keyRules: readonly Rule[] = [
  rule("keys of a telephone", "*#", /[*#][\d*#]*(键)?/, ([text, key], place) =>
    press.test(before(place, 8)) && /(?:按|拨|撥|键|鍵|入|打|发送|编辑|短信)/.test(before(place, 16))
      ? text.replace(/\d+|[*#]/g, (part) => names[part] ?? digits(part, "幺")) +
        (key === undefined && text.length === 1 ? "键" : "")
      : undefined,
  ),
  rule("all columns of a query", "*×", /(?<=(?:SELECT|select)\s)[*×]/, "星号"),
  rule(
    "key after figures",
    "#*",
    /(?<=\d)[#*](?=$|[，。；、！？\s)）”"]|键)/,
    ([sign]) => `${names[sign]}${sign === "#" || sign === "*" ? "键" : ""}`,
  ),
  rule("sharp", "#", /(?<=(?<![A-Za-z])[A-G])#(?!\d)/, " sharp"),
  rule("hash between letters and words", "#", /(?<=[A-Za-z\d])#(?=[一-鿿A-Za-z])/, "井号"),
  rule("sign before a number", "#", /(?<![\d一-鿿#])#(?=\d)/, ""),
  rule("number with its sign after a word", "#", /(?<=[一-鿿])#(?=\d)/, ""),
];
