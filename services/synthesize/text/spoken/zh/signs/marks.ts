import { after, before, type Rule, rule } from "../../rule.ts";
import { cardinal } from "../number.ts";

const done = /(?:完成|成功|搞定|通过|已读|送达|支持|包含|签到|打卡|提交)\s?$/;
const chemistry = /[A-Z][a-z]?[₀-₉\d]|[₀-₉]|反应|方程式|溶液|催化|点燃|加热|电解/;

const arrowKeys: Readonly<Record<string, string>> = { "↑": "上", "↓": "下", "←": "左", "→": "右" };

/** Rules for check marks, crosses, arrows and stars, which stand for a word. */
export const markRules: readonly Rule[] = [
  rule(
    "check mark or cross at the start of a line",
    "√×✓✔✗✘✕",
    /(?<![^\s，。；])[√×✓✔✗✘✕]\ufe0f?(?=\s*[一-鿿A-Za-z])/,
    "",
  ),
  rule("tick", "√✓✔", /[√✓✔]\ufe0f?(?=\s*(?:$|[，。、；！？,;)）\]】|”"\n]|[A-Z]选项))/, (_match, place) =>
    done.test(before(place, 6)) ? "" : "对",
  ),
  rule("cross", "×✗✘✕", /[×✗✘✕]\ufe0f?(?=\s*(?:$|[，。、；！？,;)）\]】|”"\n]|[A-Z]选项))/, "错"),
  rule("titles or quotations without a space between", "》”」", /[》”」](?=\s?[《“「])/, "，"),
  rule("degrees without a number", "°", /(?<!\d\s?)°([CF])(?![A-Za-z])/, ([, scale]) =>
    scale === "C" ? "摄氏度" : "华氏度",
  ),
  rule("tends to", "→", /(?<=(?:^|[^A-Za-z])[a-zθαβΔ]\s?)→(?=\s?[-−+]?(?:\d|∞|[a-z](?![a-zA-Z])))/, "趋于"),
  rule(
    "arrow between chords",
    "→",
    /(?<=(?<![A-Za-z])[A-G][#♯♭b]?(?:m|maj|dim|aug|sus|add)?\d?\s?)→(?=\s?[A-G][#♯♭b]?(?:m|maj|dim|aug|sus|add)?\d?(?![A-Za-z\d]))/,
    (match, place) => (/m|7|sus|dim|aug|add/.test(before(place, 5) + after(match, 5)) ? "，" : undefined),
  ),
  rule("yields", "→", /\s?→\s?/, (match, place) =>
    /[A-Z][A-Za-z]?[\d₀-₉)⁺⁻²³]*\s?(?:[↑↓]\s?)?$/.test(before(place, 8)) &&
    chemistry.test(before(place, 24) + after(match, 16)) &&
    /^\s?\d*[A-Z(]/.test(after(match))
      ? "生成"
      : undefined,
  ),
  rule(
    "arrow between the forms of a word",
    "→",
    /(?<=(?<![A-Za-z])[a-z]+\s?)→(?=\s?[a-z]+\s?→)|(?<=→\s?[a-z]+\s?)→(?=\s?[a-z])/,
    "，",
  ),
  rule("arrow between words", "→➜⟶➡", /(?<=[^\s。！？.!?：:，,]\s?)[→➜⟶➡]\ufe0f?(?=\s?[^\s])/, "到"),
  rule("arrow of a gas or precipitate in a reaction", "↑↓", /(?<=[A-Za-z)₀-₉\d])[↑↓](?!\s?\d)/, (_match, place) =>
    chemistry.test(before(place, 24)) ? "" : undefined,
  ),
  rule(
    "arrow key in a combination of keys",
    "↑↓←→",
    /(?<=(?:Ctrl|Alt|Shift|Command|Cmd|Option|Win|Fn|[按+])\s?\+?\s?)[↑↓←→](?!\d)/,
    ([sign]) => `${arrowKeys[sign]}箭头`,
  ),
  rule("arrow of a rise or fall before a number", "↑↓▲▼△▽", /[↑↓▲▼△▽]\s?(?=[\d+])/, ([sign]) =>
    /[↑▲△]/.test(sign) ? "上升" : "下降",
  ),
  rule("arrow of a rise or fall after a number", "↑↓▲▼", /(?<=[\d%A-Za-z一-鿿℃²³]\s?[（(]?)[↑↓▲▼]/, ([sign], place) =>
    // After a Latin abbreviation, an arrow means a laboratory value that is too high or low; elsewhere, a rise or fall.
    /[A-Za-z]\s?[（(]?$/.test(before(place, 3))
      ? /[↑▲]/.test(sign)
        ? "偏高"
        : "偏低"
      : /[↑▲]/.test(sign)
        ? "上升"
        : "下降",
  ),
  rule("stars of a mark", "★", /★+(?:½)?[☆★]*/, ([text], place) => {
    const full = text.match(/★/g)?.length ?? 0;
    if (/\d\s?$/.test(before(place, 2))) return "星";
    return full > 1 || text.includes("☆")
      ? `${cardinal(String(full)).replace("二", "两")}星${text.includes("½") ? "半" : ""}`
      : undefined;
  }),
  rule("stars after a number", "⭐", /⭐\ufe0f?(?=$|[^⭐])/, (_match, place) =>
    /\d\s?$/.test(before(place, 2)) ? "星" : undefined,
  ),
];
