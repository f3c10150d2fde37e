import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { digits } from "../number.ts";

const phone = (text: string): string => digits(text, "幺");
const money = /^\s?(?:[万亿]|元|块|美元|美金|欧元|英镑|日元|韩元|港元|港币)/;

/** Well-known short numbers, read digit by digit: emergency services, and hotlines of banks, carriers and offices. */
const emergency = "110|119|120|122|999|911|114|12[0-9]{3}";
const known =
  "12306|12123|12355|12379|123(?:15|45|48|33|20|66|78|55|95|69|18)|100(?:86|10|00|99|01|16|60)|955\\d{2}|953\\d{2}|96\\d{3,4}|11185|11183|12580";
const calls =
  /(?:打|拨打?|撥打?|拨通|呼叫|致电|报警|报警电话|急救|急救电话|火警|匪警|警|电话|電話|热线|号码?|事故|救援|医疗|投诉|客服|举报|咨询|查号)(?:请|了|的|是|为|：|:|\s|“|「)*$/;
const called =
  /^\s?(?:报警|报火警|報警|急救|火警|匪警|[是为](?!多少|几)[一-鿿]{0,5}(?:电话|热线|号码)|都是[一-鿿]{0,8}(?:电话|号码|热线)|交通|道路|救护|医疗|消防|出警|对方|家里|没接|没人接|打不通|接警|中心|指挥|热线|客服|电话|电話|服务热线|投诉|举报|查号)/;
const listedBefore = new RegExp(`(?:${emergency}|${known})(?:[、，,/]|和|或者?|与|及|以及|还有)\\s?$`);
const listedAfter = new RegExp(`^(?:[、，,/]|和|或者?|与|及|以及|还有)\\s?(?:${emergency}|${known})(?![\\d元块%])`);

/** Rules for telephone numbers, recognized by format, by words near them, or as well-known numbers such as 110. */
export const telephoneRules: readonly Rule[] = [
  rule(
    "number with a country code",
    "+",
    /(?<![\d)）A-Za-z]\s?)\+(?:\d{1,3}[-\s])?(?:\(?\d+\)?[-\s]?){2,6}\d(?!\d)/,
    (match) => {
      const count = match[0].replace(/\D/g, "").length;
      return count >= 8 && count <= 15 ? `加${phone(match[0])}` : undefined;
    },
  ),
  rule(
    "mobile number",
    digitStarts,
    /(?<![\d.,A-Za-z])(?:86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}[-\s]?\d{4}|[-\s]\d{3}[-\s]\d{5})(?![\d.,%])/,
    (match) => (money.test(after(match)) ? undefined : phone(match[0])),
  ),
  rule("landline", "0(（", /[（(]?0\d{2,3}[)）]?[-\s]?\d{3,4}[-\s]?\d{4}(?:[-转]\d{1,6})?(?!\d)/, ([text]) =>
    text.split("转").map(phone).join("转"),
  ),
  rule(
    "toll-free or shared-cost number",
    digitStarts,
    /(?<!\d)(?:(?:400|800)(?:\d{7}|[-\s]\d{3,4}[-\s]?\d{3,4}|\d{3,4}[-\s]\d{3,4})|(?:1-)?[89]\d\d-\d{3}-\d{4}|\d{4}-\d{3}-\d{3})(?!\d)/,
    (match) => (/^\d+$/.test(match[0]) && isCounted(after(match, 16)) ? undefined : phone(match[0])),
  ),
  rule(
    "emergency and service number",
    "19",
    new RegExp(`(?<![\\d.,A-Za-z])(?:${emergency}|${known})(?![\\d.%]|,\\d)`),
    (match, place) => {
      const following = after(match, 16);
      if (money.test(following)) return undefined;
      if (calls.test(before(place, 14)))
        return isCounted(following) && !/^\s?(?:电话)/.test(following) && match[0].length < 5
          ? undefined
          : phone(match[0]);
      return called.test(following) ||
        listedBefore.test(before(place)) ||
        (listedAfter.test(following) && match[0].length > 4)
        ? phone(match[0])
        : undefined;
    },
  ),
  rule(
    "emergency number in a list",
    "19",
    /(?<![\d.,A-Za-z])(?:110|119|120|122)(?=(?:[、，,/]|和|或者?|与|及)\s?(?:110|119|120|122)(?![\d元块%]))/,
    ([text]) => phone(text),
  ),
  rule("service number by itself", digitStarts, new RegExp(`(?<![\\d.,])(?:${known})(?![\\d.,%])`), (match, place) =>
    /^\s?(?:$|[，。！？、；,.!?)）"”]|热线|客服|电话|服务|投诉|短信|官网|网站|平台|提醒|通知|温馨|来电|为您|欢迎|竭诚|发[来送]|App|APP|[转或和查办咨都是将会])/.test(
      after(match),
    ) && !/(?:共|计|约|达|近|超过?|剩|[=＝+×÷])\s?$/.test(before(place, 3))
      ? phone(match[0])
      : undefined,
  ),
  rule(
    "telephone number before a word such as hotline",
    digitStarts,
    /(?<![\d.,])\d{4,}(?:[-\s]\d{2,})*(?=\s?(?:热线|报警|客服|服务热线))/,
    ([text]) => phone(text),
  ),
];
