import { after, before, type Rule, rule } from "../../rule.ts";

const value = String.raw`[-−+\dA-Za-z(（√π¥$|.]`;
/** Matches words of menus and pages, after which > separates the steps of a path (设置 > 通用) and compares nothing. */
const menu =
  /(?:设置|设定|選單|菜单|点击?|点开|打开|進入|进入|选择|依次|路径|位置|文件|首页|我的|选项|工具|偏好|通用|系统|Settings|File|Edit|View|Tools|Preferences|Options|Help|Home)[^。！？；]{0,24}$/;

/** Rules for `<` and `>` as comparisons, menu steps (设置 > 通用) or arrows, and for `!`, `!=`, `??` and `====`. */
export const compareRules: readonly Rule[] = [
  rule("factorial", "!", /(?<=[\dnmk)）])!(?=\s?[=＝×/÷+)）-])/, "的阶乘"),
  rule("not equal", "!", /!==?/, "不等于"),
  rule("operator of two question marks", "?", /\?\?(?=\s?[\w"'])/, "双问号"),
  rule("at most", "<", /<=/, "小于等于"),
  rule("at least", ">", />=/, "大于等于"),
  rule("marks of a conflict", "<>=", /<{4,}|>{4,}|={4,}/, "，"),
  rule("much greater than or much less than", "<>", />{2}|<{2}/, ([text]) => (text === ">>" ? "远大于" : "远小于")),
  rule("arrow", "-=", /[-=]+>/, "到"),
  rule("less", "<", new RegExp(`<(?=\\s?(?:${value}|[一-鿿]))`), "小于"),
  rule("step in a menu", ">", /(?<=[一-鿿A-Za-z)”」】\d]\s?)>\s?(?=[一-鿿A-Za-z“「【\d])/, (match, place) => {
    if (/^\s?\d/.test(after(match)) && !/>[^。！？]*>?[^。！？]*$/.test(before(place, 30))) return undefined;
    return menu.test(before(place, 36)) ||
      (/[A-Za-z]$/.test(before(place, 1)) && /^[A-Z][a-z]/.test(after(match)) && match[0].includes(" "))
      ? "，"
      : undefined;
  }),
  rule("greater", ">", new RegExp(`>(?=\\s?(?:${value}|[一-鿿]))`), (_match, place) =>
    /[\dA-Za-z)）²³%一-鿿℃π|]\s?$/.test(before(place, 2)) || /^>\d/.test(place.text.slice(place.index))
      ? "大于"
      : undefined,
  ),
];
