import { chargeRules } from "../../amounts/charge.ts";
import { romanValue } from "../../amounts/roman.ts";
import { digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, digits, number } from "../number.ts";

/** How symbols are spoken where the context does not show a more specific meaning. */
const names: Record<string, string> = {
  "≠": "不等于",
  "≈": "约等于",
  "≡": "恒等于",
  "≤": "小于等于",
  "≥": "大于等于",
  "⩽": "小于等于",
  "⩾": "大于等于",
  "±": "正负",
  "÷": "除以",
  "√": "根号",
  "∛": "三次根号",
  "∞": "无穷大",
  "∠": "角",
  "△": "三角形",
  "⊥": "垂直于",
  "∥": "平行于",
  "∈": "属于",
  "∉": "不属于",
  "∪": "并",
  "∩": "交",
  "⊂": "包含于",
  "⊆": "包含于",
  "∑": "求和",
  "∫": "积分",
  "∂": "偏",
  "∴": "所以",
  "∵": "因为",
  "∝": "正比于",
  "⇒": "推出",
  "&": "和",
  "@": "艾特",
  "℃": "摄氏度",
  "℉": "华氏度",
  "°": "度",
  π: "派",
  α: "阿尔法",
  β: "贝塔",
  γ: "伽马",
  δ: "德尔塔",
  Δ: "德尔塔",
  θ: "西塔",
  λ: "拉姆达",
  μ: "缪",
  σ: "西格玛",
  Σ: "西格玛",
  φ: "斐",
  ρ: "柔",
  τ: "陶",
  η: "伊塔",
  ε: "艾普西龙",
  ϵ: "艾普西龙",
  ζ: "泽塔",
  κ: "卡帕",
  ν: "纽",
  ξ: "克西",
  χ: "卡伊",
  ψ: "普西",
  ϕ: "斐",
  Γ: "伽马",
  Θ: "西塔",
  Λ: "拉姆达",
  Φ: "斐",
  Ψ: "普西",
  ω: "欧米伽",
  Ω: "欧姆",
  "♯": " sharp",
  "♭": " flat",
  "≌": "全等于",
  "∅": "空集",
  $: "美元",
  "€": "欧元",
  "£": "英镑",
  "¥": "元",
  "%": "百分号",
  "½": "二分之一",
  "⅓": "三分之一",
  "⅔": "三分之二",
  "¼": "四分之一",
  "¾": "四分之三",
  "⅕": "五分之一",
  "⅖": "五分之二",
  "⅗": "五分之三",
  "⅘": "五分之四",
  "⅙": "六分之一",
  "⅛": "八分之一",
  "⅜": "八分之三",
  "⅝": "八分之五",
  "⅞": "八分之七",
  "↉": "零",
};

/** The spoken form of an exponent: 的平方, 的十次方. */
export const power = (exponent: string): string => {
  if (exponent === "2") return "的平方";
  if (exponent === "3") return "的三次方";
  const figures = exponent.replace(/^[-−]/, "");
  return `的${/^[-−]/.test(exponent) ? "负" : ""}${/^\d+$/.test(figures) ? number(figures) : figures}次方`;
};

/** Says the content of a superscript or subscript symbol by symbol: "n减一" for ⁿ⁻¹. */
const term = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\d+/g, (n) => number(n).replace("两", "二"))
    .replace("+", "加")
    .replace(/[-−]/, "减");

/** Whether a sign is a Greek letter. Two Greek letters side by side belong to a word and are not spoken by name. */
const isGreek = (sign: string): boolean => /[\u0370-\u03ff]/.test(sign);

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const subscripts = "₀₁₂₃₄₅₆₇₈₉";
const loweredLetters = "ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤ";
const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const romans = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ";

/** Rules for a whole number with a fraction: 3½. */
export const mixedRules: readonly Rule[] = [
  rule(
    "mixed number",
    digitStarts,
    /(?<![\d.])(\d+)([½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])/,
    ([, whole = "", part = ""]) => `${number(whole)}又${names[part]}`,
  ),
];

/** Rules for symbols that have the same spoken form in any context. They are tried after all other rules. */
export const signRules: readonly Rule[] = [
  ...chargeRules({
    plus: "加",
    minus: "减",
    figure: (text) => cardinal(text).replace("两", "二"),
    mass: (text) => (text.length > 2 ? digits(text) : cardinal(text)),
    gap: "",
  }),
  rule(
    "raised term",
    `${superscripts}ⁿᵐˣᵏ`,
    new RegExp(`[${superscripts}ⁿᵐˣᵏ⁺⁻]*[ⁿᵐˣᵏ][${superscripts}ⁿᵐˣᵏ⁺⁻]*`),
    ([text]) => `的${term(text)}次方`,
  ),
  rule("raised figures", superscripts, new RegExp(`⁻?[${superscripts}]+`), ([text]) =>
    power([...text].map((c) => (c === "⁻" ? "-" : String(superscripts.indexOf(c)))).join("")),
  ),
  rule("raised minus", "⁻", new RegExp(`⁻[${superscripts}]+`), ([text]) =>
    power(`-${[...text.slice(1)].map((c) => superscripts.indexOf(c)).join("")}`),
  ),
  rule("lowered term", `${subscripts}${loweredLetters}`, new RegExp(`[${subscripts}${loweredLetters}₊₋]+`), ([text]) =>
    term(text),
  ),
  rule(
    "circled number",
    circled,
    /[①-⑳]/,
    ([text]) => `${cardinal(String(circled.indexOf(text) + 1)).replace("两", "二")}，`,
  ),
  rule("Roman numeral", romans, new RegExp(`[${romans}]+`), ([text]) => {
    const value = text.length === 1 ? romans.indexOf(text) + 1 : romanValue(text.normalize("NFKC"));
    return value === undefined ? undefined : cardinal(String(value)).replace("两", "二");
  }),
  ...Object.entries(names).map(([sign, name]) =>
    rule(
      `sign ${sign}`,
      sign,
      new RegExp(isGreek(sign) ? `(?<![\\u0370-\\u03ff])${sign}(?![\\u0370-\\u03ff])` : sign.replace(/[$]/g, "\\$")),
      name,
    ),
  ),
];
