import { parseUnit } from "../../amounts/units/grammar.ts";
import { unitStarts } from "../../amounts/units/table.ts";
import { before, type Rule, rule } from "../../rule.ts";
import { number } from "../number.ts";

/** Matches a word for a quantity, after which a letter in brackets is a unit: 身高（m）. */
const quantity =
  /(?:[长宽高深厚]|[长宽高深厚]度|身高|距离|路程|半径|直径|边长|体积|容积|质量|重量|体重|时间|时长|电压|电流|功率|电阻|能量|力|压强|频率|温度|面积)$/;

const bound = String.raw`[-−+]?(?:\d+(?:\.\d+)?|∞|[a-zπ](?:\/\d)?)%?`;

/** The spoken form of a bound of an interval: 负一, 正无穷大. */
const boundName = (text: string): string => {
  const sign = /^[-−]/.test(text) ? "负" : /^\+/.test(text) ? "正" : "";
  const rest = text.replace(/^[-−+]/, "");
  if (rest === "∞") return `${sign === "" ? "正" : sign}无穷大`;
  const percent = rest.endsWith("%");
  const figure = rest.replace("%", "");
  return `${sign}${percent ? "百分之" : ""}${/^\d/.test(figure) ? number(figure) : figure.replace("π", "派")}`;
};

/** Rules for symbols of school science: charges, derivatives, conditional probabilities, intervals. */
export const scienceRules: readonly Rule[] = [
  rule(
    "charge of an ion without a superscript",
    "+",
    /(?<=(?:^|[^A-Za-z])(?:[A-Z][a-z]?|NH4|H3O)\d?)\+(?=\s?(?:离子|$|[，。、；）)和与或是为呈]))/,
    (_match, place) =>
      /(?<![A-Za-z])(?:H|Na|K|Ag|Ca2|Mg2|Cu2?|Fe[23]|Zn2|Al3|Ba2|NH4|Li|Pb2|Mn2|H3O)$/.test(before(place, 5))
        ? "加"
        : undefined,
  ),
  rule(
    "prime of a function",
    "'′’″",
    /(?<=(?:^|[^A-Za-z])[A-Za-z])(?:['′’]{1,2}|″)(?=\s?[(（=＝]|$|[^A-Za-z一-鿿\d])/,
    ([text], place) =>
      /[=＝(（+-]|导|函数|点|直线/.test(place.text.slice(Math.max(0, place.index - 12), place.index + 6))
        ? "撇".repeat(text === "″" ? 2 : text.length)
        : undefined,
  ),
  rule(
    "interval",
    "[(（【",
    new RegExp(`[[(（【]\\s?(${bound})\\s?[,，]\\s?(${bound})\\s?[\\])）】]`),
    (match, place) => {
      const [text, from = "", to = ""] = match;
      const open = /^[[【]/.test(text) || /[\]】]$/.test(text);
      if (
        !text.includes("∞") &&
        !(open && /(?:区间|范围|定义域|值域|CI|属于|∈|在|为|是|[：:])\s?$/.test(before(place, 6))) &&
        !(open && /^[(（].*[\]】]$|^[[【].*[)）]$/.test(text))
      )
        return undefined;
      return `${boundName(from)}到${boundName(to)}`;
    },
  ),
  rule(
    "integral with its bounds",
    "∫",
    /∫([₀-₉₋ₐ-ₜ]+)([⁰¹²³⁴-⁹⁻ᵇⁿ]+)/,
    ([, from = "", to = ""]) => `从${boundName(from.normalize("NFKC"))}到${boundName(to.normalize("NFKC"))}积分`,
  ),
  rule("infinity with its sign", "+-−", /[+\-−]\s?∞/, ([text], place) =>
    /[\dA-Za-z)）]\s?$/.test(before(place, 2)) && !/→\s?$/.test(before(place, 2))
      ? undefined
      : text.startsWith("+")
        ? "正无穷大"
        : "负无穷大",
  ),
  {
    name: "unit in brackets",
    starts: "(（",
    read({ text, index }) {
      const found = parseUnit(text, index + 1);
      if (found === undefined || !/[)）]/.test(text[found.end] ?? "")) return undefined;
      const head = text.slice(Math.max(0, index - 4), index);
      if (
        !/[一-鿿]$/.test(head) ||
        ((found.unit.letter || /^[A-Z]+$/.test(text.slice(index + 1, found.end))) && !quantity.test(head))
      )
        return undefined;
      return { spoken: ` ${found.unit.zh.replaceAll("公斤", "千克")}，`, end: found.end + 1 };
    },
  },
  {
    name: "unit by itself after 多少",
    starts: unitStarts,
    read({ text, index }) {
      if (!/(?:多少|几|单位[是为：:]?\s?)$/.test(text.slice(Math.max(0, index - 5), index))) return undefined;
      const found = parseUnit(text, index);
      return found === undefined ? undefined : { spoken: found.unit.zh, end: found.end };
    },
  },
];
