import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { cardinal, digits } from "../number.ts";

/** Words after which a number is a name and is read digit by digit. */
const named =
  /(?:验证码|校验码|密码|口令|暗号|提取码|取件码|取餐码|取餐号|取票码|邀请码|激活码|兑换码|识别码|编号|编码|代码|代号|单号|订单号?|运单号?|流水号|学号|工号|卡号|账号|帐号|户号|尾号|末尾|后四位|后六位|身份证号?码?|证件号|护照号|邮编|邮政编码|区号|车牌号?|车号|牌号|门牌号?|房号|房间号|病房|教室|序列号|机号|股票|基金|错误码?|状态码|端口号?|端口|课程号|考号|准考证号?|座位号|航班号?|车次|会议号|房间|QQ|QQ群|群号|微信号|(?<![A-Za-z])(?:ID|id|Id|PIN|pin)|PIN码|号码)(?:为|是|：|:|\s|叫|等于|填|输入|码|也?就?是|“|"|[(（])*$/;
const telephone =
  /(?:电话|热线|手机|致电|拨打|拨|来电|客服|座机|传真|总机|分机|呼叫|联系方式|短信|报警|急救|火警|匪警|转|打|电话给|打给)(?:号码?|至|了|请|为|是|：|:|\s|“|"|[(（])*$/;
const telephoneAfter = /^\s?(?:热线|报警|急救|客服|电话|服务热线|火警|投诉)/;

const phone = (text: string): string => digits(text, "幺");

/** Telephone numbers, codes, and everything whose digits are read one by one. */
export const identityRules: readonly Rule[] = [
  rule(
    "number with a country code",
    "+",
    /\+(\d{1,3})[-\s]?((?:\(?\d+\)?[-\s]?){2,6}\d)(?!\d)/,
    (match) => `加${phone(match[1] ?? "")}${phone(match[2] ?? "")}`,
  ),
  rule(
    "mobile number",
    digitStarts,
    /(?<![\d.])(?:86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?![\d.])/,
    ([text], place) => (isCounted(place.text.slice(place.index + text.length)) ? undefined : phone(text)),
  ),
  rule("landline", "0(（", /[（(]?0\d{2,3}[)）]?[-\s]?\d{3,4}[-\s]?\d{4}(?:[-转]\d{1,6})?(?!\d)/, ([text]) =>
    text.split("转").map(phone).join("转"),
  ),
  rule("service number", digitStarts, /(?<!\d)(?:400|800)[-\s]?\d{3,4}[-\s]?\d{3,4}(?!\d)/, ([text]) => phone(text)),
  rule("telephone by context", digitStarts, /(?<![\d.,])\d{3,}(?:[-\s]\d{2,})*(?![\d.%,]|[元块万])/, (match, place) =>
    telephone.test(before(place, 14)) || telephoneAfter.test(after(match))
      ? isCounted(after(match)) && !/^[个]?(?:电话)/.test(after(match))
        ? undefined
        : phone(match[0])
      : undefined,
  ),
  rule(
    "service number by itself",
    digitStarts,
    /(?<![\d.,])(?:955\d{2}|12306|12315|12345|12348|12333|12320|12366|12378|10086|10010|10000|10099|96\d{3,4})(?![\d.,%])/,
    (match) =>
      /^\s?(?:$|[，。！？、；,.!?)）]|热线|客服|电话|服务|投诉|短信|官网|网站|平台|[转或和查办咨])/.test(after(match))
        ? phone(match[0])
        : undefined,
  ),
  rule("masked number", digitStarts, /(?<!\d)\d{3}\*{2,}\d{2,4}(?!\d)/, ([text]) => phone(text.replace(/\*+/, ""))),
  rule("internet address", digitStarts, /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => digits(part))
      .join("点"),
  ),
  rule("version", digitStarts, /(?<![\d.])\d+(?:\.\d+){2,}(?!\d)/, ([text]) =>
    text
      .split(".")
      .map((part) => (part.length > 2 || /^0\d/.test(part) ? digits(part) : cardinal(part)))
      .join("点"),
  ),
  rule(
    "named number",
    digitStarts,
    /(?<![\d.,])(?:\d{2,}|\d(?=[-\s]\d))(?:[-\s]\d+)*(?![\d%]|[.,]\d|[万亿元块])/,
    (match, place) => (named.test(before(place, 14)) && !isCounted(after(match)) ? phone(match[0]) : undefined),
  ),
  rule(
    "number after a word for numbers",
    digitStarts,
    /(?<=[一-鿿]号码?[是为：:]?\s?)\d{4,}(?![\d%]|[.,]\d|[年万亿元块])/,
    (match) => (isCounted(after(match)) ? undefined : phone(match[0])),
  ),
  rule("named number of one digit", digitStarts, /(?<![\d.,])\d(?![\d%.,])/, (match, place) =>
    named.test(before(place, 14)) && !isCounted(after(match)) ? digits(match[0]) : undefined,
  ),
  rule(
    "numbers of a rule",
    digitStarts,
    /(?<![\d-])\d{1,2}(?:-\d{1,2}){2,}(?=\s?(?:法则|原则|定律|规则|阵型|结构|模式|呼吸))/,
    ([text]) => text.split("-").map(cardinal).join("，").replaceAll("两", "二"),
  ),
  rule("house, door and row", digitStarts, /(?<![\d-])\d+-\d+-\d+(?![\d-])/, ([text]) =>
    text
      .split("-")
      .map((part) => digits(part))
      .join("杠"),
  ),
  rule(
    "numbers with names",
    digitStarts,
    /(?<![\d.,])(?:12315|12306|12345|10086|10010|10000|95588|996|985|211|911|618|315|520|1314|404|007|110|119|120|122|114|315|863|973|315|731|918|301)(?=事件|晚会|大促|购物节|活动|工程|高校|院校|大学|工作制|制度|计划|错误|页面|报警|平台|网站|告白|表白|系列|特工|部队|医院|事变|爱国|客机|电影)/,
    ([text]) => digits(text),
  ),
  rule("shopping day", digitStarts, /(?<=双)(?:11|12)(?!\d)/, ([text]) => cardinal(text)),
  rule(
    "room, road and route",
    digitStarts,
    /(?<![\d.,第])\d{3,4}(?=\s?(?:室|房间?|号房|教室|病房|包厢|包间|路(?!口|程|人)|国道|省道|县道|次列车|次航班|班次|宿舍|寝室|号列车|车厢|办公室|会议室|号病房))/,
    ([text]) => digits(text),
  ),
  rule(
    "room of a building",
    digitStarts,
    /(?<=[A-Za-z座栋楼幢]|单元|大厦|公寓)(?<!\d[xX])\d{3,4}(?![\d.,%]|[年月日元人平米])/,
    (match, place) => (/[A-Za-z]{2}$/.test(before(place, 2)) || isCounted(after(match)) ? undefined : digits(match[0])),
  ),
  rule(
    "airplane",
    digitStarts,
    /(?<=波音|歼|轰|运|空客|麦道|东风|解放|标致|奔驰|宝马)[-\s]?(\d{3,})(?!\d)/,
    ([, text = ""]) => digits(text),
  ),
  rule(
    "number plate",
    digitStarts,
    /(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-Z][·・\s]?[A-Z]*)\d+/,
    ([text]) => phone(text),
  ),
  rule("port", digitStarts, /(?<=localhost[:：]|\d\.\d{1,3}[:：])\d{2,5}(?!\d)/, ([text]) => digits(text)),
  rule(
    "words of the net",
    "256",
    /(?<=^|[\s，。！？啊哈了太呀吧嘛的真好赞棒])(?:6{3,}|5{3,}|23{2,})(?=$|[\s，。！？~～…!])/,
    ([text]) => digits(text),
  ),
  rule("working hours", "9", /(?<![\d.,])996(?![\d.,%])/, (match) =>
    isCounted(after(match)) || /^\s?[元块年万]/.test(after(match)) ? undefined : digits(match[0]),
  ),
  rule("leading zero", digitStarts, /(?<![\d.,:：])0\d+(?![\d.:：])/, ([text]) => digits(text)),
  rule("very long number", digitStarts, /(?<![\d.,])\d{11,}(?![\d.,])/, (match) =>
    isCounted(after(match)) || /^[元块美欧]/.test(after(match)) ? undefined : phone(match[0]),
  ),
];
