import { digitStarts, type Rule, rule } from "../../rule.ts";
import { beforeOf } from "../patterns.ts";
import { cardinal, spell } from "./number.ts";

const eras: Readonly<Record<string, string>> = { M: "明治", T: "大正", S: "昭和", H: "平成", R: "令和" };

/** Rules for numbers and symbols in ways of writing that only Japanese has. */
export const ownRules: readonly Rule[] = [
  rule(
    "year with the letter of its era",
    "MTSHR",
    /(?<![A-Za-z\d])([MTSHR])\.?([1-9]|[1-6]\d)(?:年|\.(\d{1,2})\.(\d{1,2})(?![\d.]))/,
    ([, era = "", year = "", month, day]) =>
      `${eras[era]}${year === "1" ? "元" : cardinal(year)}年${month === undefined ? "" : `${cardinal(month)}月${cardinal(day ?? "")}日`}`,
  ),
  rule(
    "batting average",
    `.${digitStarts}`,
    /(?<=(?:打率|勝率|出塁率|長打率)[はがを：:]?\s?)0?\.(\d)(\d)(\d)(?!\d)/,
    ([, tenths = "", hundredths = "", thousandths = ""]) =>
      [
        `${cardinal(tenths)}割`,
        hundredths === "0" ? "" : `${cardinal(hundredths)}分`,
        thousandths === "0" ? "" : `${cardinal(thousandths)}厘`,
      ].join(""),
  ),
  rule(
    "parts of a second after seconds",
    digitStarts,
    /(?<=\d秒)\d{1,3}(?![\d.,%]|\s?[個人回秒分本点ァ-ヶ])/,
    ([part]) => spell(part),
  ),
  rule(
    "centimeters after meters",
    digitStarts,
    /(?<=\dメートル)\d{2}(?![\d.,%]|\s?(?:[個人回分本]|センチ|ミリ|cm|mm))/,
    ([part]) => spell(part),
  ),
  rule("fraction after its whole number", " ", /(?<=(?:さじ|カップ)\s?\d)\s(?=[1-9]\/[2-9](?![\d/]))/, "と"),
  rule(
    "meters and centimeters, such as 1m70",
    digitStarts,
    /(?<![\d.A-Za-z])(\d{1,3})m(\d{2})(?![\d.A-Za-z])/,
    ([, meters = "", part = ""]) => `${cardinal(meters)}メートル${spell(part)}`,
  ),
  rule(
    "number of an opus",
    digitStarts,
    /(?<=(?<![A-Za-z])[Oo]p\.?\s?)(\d{1,3})-(\d{1,2})(?![\d-])/,
    ([, opus = "", part = ""]) => `${cardinal(opus)}の${cardinal(part)}`,
  ),
  rule(
    "teeth of gears",
    digitStarts,
    /(?<![\d/])(\d{2})\/(?=(?:\d{2}\/)?\d{2}[TＴ丁](?![A-Za-z]))/,
    ([, teeth = ""]) => `${cardinal(teeth)}、`,
  ),
  rule("note of a tempo", "♩♪", /([♩♪])\s?[=＝]\s?(?=\d)/, ([, note]) =>
    note === "♩" ? "四分音符イコール" : "八分音符イコール",
  ),
  rule("span after a bracket", "~～〜", /(?<=[)）]\s?)[~～〜]\s?(?=[\d(（])/, "から"),
  rule("change between figures", "→⇒", /(?<=(?:[\d%％℃円度名人個]|\d[A-Za-z]{1,3})\s?)[→⇒]\s?(?=[-−+]?\d)/, "から"),
  rule("range without an end", "~～〜", /(?<=[\d\p{Script=Han}]\s?)[~～〜](?=\s*(?:$|[)）。、,.\n]))/u, (match) =>
    /\d[^\d\s]{0,3}\s?$/.test(beforeOf(match.input, match.index)) ? "から" : undefined,
  ),
  // In accounts a triangle marks a loss.
  rule("triangle before a loss", "▲△", /[▲△]\s?(?=\d)/, () => "マイナス"),
  rule(
    "emergency telephone number",
    digitStarts,
    /(?<![\d.,-])1\d\d(?=[にへ](?:電話|通報|かけ|連絡|相談|ダイヤル|発信)|へ(?:お電話|ご相談|ご連絡)|に(?:お電話|ご相談|ご連絡))/,
    ([digits]) => spell(digits),
  ),
];
