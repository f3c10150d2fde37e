import { unitAfterPower } from "../../amounts/quantity.ts";
import { parseUnit } from "../../amounts/units/grammar.ts";
import { unitStarts } from "../../amounts/units/table.ts";
import { after, before, type Rule, rule } from "../../rule.ts";
import { number } from "../number.ts";
import { power } from "./signs.ts";

/** Rules for arithmetic signs, and for numbers with a symbol: angles, inches, powers. */
export const arithmeticRules: readonly Rule[] = [
  rule("plus signs in a name, such as C++", "+", /(?<=[A-Za-z])\+\+/, "加加"),
  rule("plus and minus", "+", /\+\/[-−]/, "正负"),
  rule(
    "more than",
    "+",
    /(?<=[\d万千百亿kKwW%])(?<![A-Z][a-z]?\d)\+(?=\s?(?:[一-鿿]|$|[，。；、！？）)]))(?!\s?(?:年|月|[一-鿿]+[=＝]))/,
    (match, place) =>
      /[A-Za-z]\s?\d+(?:\.\d+)+$/.test(before(place))
        ? "以上"
        : /(?:SPF|UPF)\s?\d+$/.test(before(place, 8))
          ? "加"
          : /^\s?(?![或和及与])[一-鿿]/.test(after(match)) &&
              !/^\s?(?:需要?|才|就|可以|可|是|要|比较|算|够|稳|没问题|即可|都|也)/.test(after(match)) &&
              !/[=＝×÷]/.test(place.text.slice(Math.max(0, place.index - 12), place.index + 12))
            ? "多"
            : /^\s?(?:$|[，。；、！？）)]|需要?|才|就|可以|可|是|要|比较|算|够|稳|没问题|即可|都|也)/.test(
                  after(match),
                ) && /\d\d%?$/.test(before(place, 3))
              ? "以上"
              : undefined,
  ),
  rule(
    "times as much",
    "xX",
    /(?<=(?<![\dA-Za-z])(?!0[xX])\d+(?:\.\d+)?)[xX](?=\s?(?:左右|以上|以下|的?速度))|(?<=(?:是|为|[快慢高低大小多涨]了?|约|达到?|提[升高]|P\/?E|ROAS|ROI|[A-Z]{3,})\s?\d+(?:\.\d+)?)[xX](?=$|[，。、；！？）)\s])/,
    "倍",
  ),
  {
    name: "unit after a fraction",
    starts: unitStarts,
    read({ text, index }) {
      if (
        !/[\d ]/.test(text[index - 1] ?? "") ||
        !/(?<![\d/])\d{1,2}\/\d{1,2}\s?$/.test(text.slice(Math.max(0, index - 6), index))
      )
        return undefined;
      const found = parseUnit(text, index);
      return found === undefined || found.unit.letter ? undefined : { spoken: found.unit.zh, end: found.end };
    },
  },
  rule(
    "exponent of ten after an e",
    "eE",
    /(?<=(?<![A-Za-z\d])\d(?:\.\d+)?)[eE]([-+−]?)(\d{1,3})(?![\dA-Za-z.])/,
    ([, sign = "", digits = ""]) => `e${sign === "" || sign === "+" ? "" : "负"}${number(digits).replace("两", "二")}`,
  ),
  rule("seconds after a fraction", "s", /(?<=\d\/\d{1,5}\s?)s(?![A-Za-z\d])/, "秒"),
  rule("both", "&", /&{2}/, "和"),
  rule("times of a service", "*x×X", /(?<=7\s?)[*xX×](?=\s?24)/, "乘"),
  rule(
    "times",
    "*x×X",
    /(?<=[\d)）]\s?)(?:[*×](?=\s?[-−\d(（])|(?<!(?<!\d)0|[A-Za-z]\d+)[xX](?=\s?[\d(（]))(?!\d*[A-Z]\d*[A-Z])/,
    "乘以",
  ),
  rule("times beside pi", "×", /(?<=π\s?)×(?=\s?[\dA-Za-zͰ-Ͽ(（√一-鿿])|×(?=\s?π)/, "乘"),
  rule(
    "times after a name",
    "×",
    /(?<=[A-Za-zͰ-Ͽ一-鿿)）\]|²³⁰-⁹ⁿ₀-₉¼-¾⅓-⅞%℃℉°′″'"’”∞!]\s?)×(?=\s?[-−\dA-Za-zͰ-Ͽ(（[|一-鿿√∛¼-¾⅓-⅞∞])/,
    "乘以",
  ),
  rule("times before a name", "×", /(?<=\d\s?)×(?=\s?[A-Za-zͰ-Ͽ一-鿿√∛|[¼-¾⅓-⅞∞])/, "乘以"),
  rule("integer division sign", "/", /(?<=[\w)]\s?)\/\/(?=\s?[\w(])/, "整除"),
  rule("remainder after dots", "…", /(?<=÷\s?\d+\s?[=＝]\s?\d+\s?)…+(?=\s?\d)/, "余"),
  rule("remainder", "%", /(?<=[\w)]\s)%(?=\s[\w(])/, "取余"),
  rule("times between sizes", "xX*", /(?<=\d\s?(?:mm|cm|dm|m|km|px|寸|米)\s?)[*xX×](?=\s?\d)/, "乘以"),
  rule("product of vectors", "·⋅", /(?<=(?:^|[^A-Za-z])[a-z]\s?)[·⋅](?=\s?[a-z](?![A-Za-z]))/, "点"),
  rule(
    "range of a tempo",
    "♩♪",
    /([♩♪])\s?[=＝]\s?(\d{2,3})\s?[-–—~～]\s?(\d{2,3})(?![\d.])/,
    ([, note, from = "", to = ""]) => `${note === "♩" ? "四" : "八"}分音符等于${number(from)}到${number(to)}`,
  ),
  rule("note of a tempo", "♩♪", /[♩♪](?=\s?[=＝]\s?\d)/, ([note]) => (note === "♩" ? "四分音符" : "八分音符")),
  rule("equals", "=", /={1,3}/, "等于"),
  rule("plus", "+", /\+/, "加"),
  rule("minute of arc", "'′’", /(?<=°\s?\d{1,2}(?:\.\d+)?)['′’]/, "分"),
  rule("second of arc", '"″”', /(?<=['′’]\s?\d{1,2}(?:\.\d+)?)["″”]/, "秒"),
  rule("inch", '"″”', /(?<=\d)["″”](?=\s?的?(?:显示器|电视|屏|大屏|笔记本|平板|投影|轮毂))/, "英寸"),
  rule(
    "inch mark after the name of a device",
    '"″”',
    /(?<=(?:MacBook|iPad|iMac|Pro|Air|ThinkPad|屏幕?|显示器|电视|笔记本|尺寸|轮毂|屏幕尺寸|display|screen|monitor|[Dd]isplay|TV)[^“"”，。]{0,6}\s?\d{1,2}(?:\.\d+)?)["″”]/,
    "英寸",
  ),
  {
    name: "unit after a power of ten",
    starts: unitStarts,
    read({ text, index }) {
      const found = unitAfterPower(text, index);
      return found === undefined ? undefined : { spoken: found.unit.zh, end: found.end };
    },
  },
  rule(
    "power",
    "^",
    /(?<=[\w)）\]π²³一-鿿α-ω]\s?)\^\s?(?:[{(]([-−]?[\dA-Za-z]+)[)}]|([-−]?(?:\d+|[A-Za-z]+)))/,
    ([, inside, bare]) => power(inside ?? bare ?? ""),
  ),
  rule(
    "logarithm with its base",
    "l",
    /log([₀-₉]+)(?=\s?[\d(（A-Za-z])/,
    ([, base = ""]) => `log以${number([...base].map((c) => "₀₁₂₃₄₅₆₇₈₉".indexOf(c)).join("")).replace("两", "二")}为底`,
  ),
  rule("ten thousand", "wW", /[wW](?![A-Za-z])/, (_match, place) =>
    /\d$/.test(before(place, 1)) && !/[A-Za-z]\d+(?:\.\d+)?$/.test(before(place, 6)) && place.text[place.index] === "w"
      ? "万"
      : undefined,
  ),
];
