import { after, before, capitalStarts, digitStarts, letterStarts, type Place, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { cardinal, digits } from "../number.ts";
import { type Cue, cueBefore, spellCode } from "./cues.ts";

/** Matches text that, after a number, shows that the number is an amount and not a code. */
const amount =
  /^(?:[%℃°‰]|[.,]\d|\s?(?:[万亿]|元|块(?!链)|美元|美金|欧元|英镑|分钟|小时|秒钟?|毫米|厘米|公里|像素|[KMGT]B))/;
const short =
  /^\s?(?:位(?!于|置)数?|个(?!人|性)|件|条(?!件|码)|份|间(?!隔)|人|部(?!分|门)|张|次(?!日)|天|年|单(?!号)|米|遍|字)/;

/** Whether a number after a cue such as 密码 is a code. In 密码4位 and 订单3个 it is a count instead. */
function isCode(figure: string, cue: Cue, following: string): boolean {
  if (amount.test(following)) return false;
  // The number is the hour of a time next to a code, and not another code: Gate B1，2:15 boarding.
  if (cue.listed && /^[:：]\d\d(?!\d)/.test(following)) return false;
  // A number with a unit is an amount and not a code: 验证码60s内有效.
  if (cue.kind !== "password" && /^\d{1,3}(?:s|min|h|ms|GB|MB)$/.test(figure)) return false;
  const count = figure.replace(/\D/g, "").length;
  if (count < 4 && short.test(following)) return false;
  if (cue.kind === "telephone" && count < 3 && !/[*#]/.test(figure)) return false;
  if (cue.linked && !cue.listed) return true;
  if (/[A-Za-z]/.test(figure) || (cue.kind !== "telephone" && count > 4)) return true;
  return (
    !isCounted(following) || (count > 4 && !/^\s?(?:个|人|条|次|名|家|位|件|份)(?!人|件|码|于|里|中)/.test(following))
  );
}

const written: Record<Cue["kind"], RegExp> = {
  password: /[A-Za-z\d*#](?:[A-Za-z\d*#]|[-_@&$+!.%/](?=[A-Za-z\d*#]))*(?: \d{2,}(?![A-Za-z]))*[*#!]*/y,
  code: /[A-Za-z\d*#](?:[A-Za-z\d*#]|[-_.@](?=[A-Za-z\d*#])|(?<=\d)[-\s](?=\d))*(?: [A-Z\d]{4}(?![A-Za-z\d]))*/y,
  telephone: /[\d*#](?:[\d*#]|[-\s](?=\d))*/y,
};

function afterCue(place: Place): { spoken: string; end: number } | undefined {
  const { text, index } = place;
  if (/[A-Za-z\d.,]/.test(text[index - 1] ?? "")) return undefined;
  const cue = cueBefore(text, index);
  if (cue === undefined) return undefined;
  const pattern = written[cue.kind];
  pattern.lastIndex = index;
  const token = pattern.exec(text)?.[0];
  // A hash before digits only announces a number, so it is not spoken: PR #2315.
  if (cue.kind === "code" && token !== undefined && /^#\d+$/.test(token))
    return {
      spoken: token.length < 4 ? order(token.slice(1)) : spellCode(token.slice(1), cue.one),
      end: index + token.length,
    };
  if (token === undefined || !/[\d*#]/.test(token) || /^No\.?/i.test(token)) return undefined;
  // A range is not a code: 编号1-10的, 打到90-100psi.
  const end = index + token.length;
  const following = text.slice(end, end + 8);
  const span = /^(\d+)-(\d+)$/.exec(token);
  if (span !== null && Number(span[1]) < Number(span[2]) && /^\s?(?:的|之间|号(?!码)|[A-Za-zμ°℃%])/.test(following))
    return undefined;
  if (!isCode(token, cue, following)) return undefined;
  // The number of a seat, a bed or a table is read as a number: 十二, not 幺二.
  if (/^[1-9]\d?$/.test(token))
    return {
      spoken: token.length === 1 || !/[码位尾]/.test(before(place, 6)) ? order(token) : spellCode(token),
      end,
    };
  if (cue.kind === "code" && /^[A-Z][1-9]\d?$/.test(token))
    return { spoken: `${token.slice(0, 1)}${order(token.slice(1))}`, end };
  const dash = cue.kind === "password" ? "杠" : "";
  // The digit 1 is read 一 if it was read so in an earlier name of the same text: after C919 (C九一九), MU9191 is read
  // MU九一九一.
  const one =
    cue.kind === "code" && (/\d\.\d/.test(token) || (namedWithOne.test(text.slice(0, index)) && /^[A-Z]/.test(token)))
      ? "一"
      : cue.one;
  return { spoken: spellCode(token, one, dash), end };
}

/** Matches a name of letters and three or more digits with a 1, such as C919; this 1 is read 一, not 幺. */
const namedWithOne = /(?<![A-Za-z\d-])[A-Z]{1,4}-?\d*1\d*(?![\dA-Za-z])(?<=\d{3})/;

const order = (text: string): string => cardinal(text).replace("两", "二");

/** Rules for codes and other numbers that are read digit by digit because of a word before them, such as 密码. */
export const codeRules: readonly Rule[] = [
  rule("masked number", digitStarts, /(?<!\d)\d{3}(?:[*×xX]{2,}|星号)\d{2,4}(?!\d)/, ([text]) =>
    text.replace(/\d+|\D+/g, (part) => (/\d/.test(part) ? spellCode(part) : "星号")),
  ),
  rule(
    "hexadecimal number after 0x",
    "0",
    /(?<![\w.])0[xX]([\dA-Fa-f]+)(?!\w)/,
    ([, text = ""]) => `零x${spellCode(text, "一")}`,
  ),
  rule(
    "parts of a fertilizer",
    digitStarts,
    /(?<![\d.-])(\d{1,2})-(\d{1,2})-(\d{1,2})(?![\d-]|\.\d)/,
    (match, place) =>
      (match[1] === match[2] && match[2] === match[3]) ||
      /N-?P-?K|肥|氮磷钾|fertilizer/i.test(before(place, 24) + after(match, 16))
        ? match[0].split("-").map(order).join("，")
        : undefined,
  ),
  rule(
    "thread of a pipe",
    "GRNZ",
    /(?<![A-Za-z])(ZG|G|Rc|NPT)\s?(\d)\/(\d)(?!\d)/,
    ([, name = "", part = "", whole = ""]) => `${name}${order(whole)}分之${order(part)}`,
  ),
  { name: "code or number after the word that names it", starts: `${digitStarts}${letterStarts}*#`, read: afterCue },
  rule(
    "code before the word that names it",
    digitStarts,
    /(?<![\d.,A-Za-z])\d{3,8}(?=\s?(?:号?端口|[是为](?:您|你|我|他|她|本次|此次)?的?[一-鿿]{0,4}(?:验证码|校验码|动态码|密码|取件码|单号|编号|邮编|代码)))/,
    ([text]) => spellCode(text),
  ),
  rule(
    "model before the word that names it",
    digitStarts,
    /(?<![\d.,A-Za-z]|(?:共|有|多|超过|近|约)\s?)(?:\d{3,6}(?<!00)(?=\s?型号)|\d{5}(?=\s?型?号?(?:锂|充电|锂离子|动力)?电[池芯]))/,
    ([text]) => spellCode(text),
  ),
  rule(
    "hardware address",
    `${digitStarts}ABCDEFabcdef`,
    /(?<![A-Za-z\d:])[\dA-Fa-f]{2}(?:[:-][\dA-Fa-f]{2}){3,7}(?![\dA-Fa-f:])/,
    ([text]) =>
      /[A-Fa-f]/.test(text) || text.split(":").length === 6
        ? text
            .split(/[:-]/)
            .map((part) => spellCode(part))
            .join("、")
        : undefined,
  ),
  rule(
    "code some words after the word that names it",
    digitStarts,
    /(?<![\d.,])\d{5,8}(?![\d.,%]|\s?[元块万亿年美欧])/,
    (match, place) =>
      /(?:[密口验][码令证]|房间?号|password|passcode|room number)[^。！？]{0,40}(?:就是|即是?|比如|例如|变成|[是为填]|输入|=)\s?$/i.test(
        before(place, 60),
      ) && !isCounted(after(match))
        ? digits(match[0])
        : undefined,
  ),
  rule("port of a service", digitStarts, /(?<![\d.,])\d{2,5}(?:[:：]\d{2,5})?(?![\d%.:：]|,\d)/, (match, place) =>
    /端口[^。！？]{0,34}$/.test(before(place, 40)) &&
    /(?:[用是为到成听开的和、，:：]|-p|\s)\s?$/.test(before(place, 3)) &&
    !isCounted(after(match))
      ? match[0]
          .split(/[:：]/)
          .map((part) => digits(part))
          .join("冒号")
      : undefined,
  ),
  rule(
    "default port of a server",
    digitStarts,
    /(?<=(?:Redis|MySQL|MongoDB|Postgres(?:QL)?|SSH|Nginx|Kafka|Docker|Tomcat|Elasticsearch|FTP|SMTP|RDP|Oracle)\s?(?:的?默认|用|监听|是|:)\s?)\d{2,5}(?![\d.,%]|\s?[年个次])/,
    ([text]) => digits(text),
  ),
  rule("port for a port", digitStarts, /(?<![\d.:：])\d{4,5}:\d{2,5}(?![\d:.])/, (match, place) =>
    /(?:比例?|以|按)[是为]?\s?$/.test(before(place, 4))
      ? undefined
      : match[0]
          .split(":")
          .map((part) => digits(part))
          .join("冒号"),
  ),
  rule(
    "range of cells",
    capitalStarts,
    /(?<![A-Za-z\d])([A-Z]{1,2})(\d+)[:：]([A-Z]{1,2})(\d+)(?![A-Za-z\d])/,
    ([, column = "", row = "", last = "", end = ""]) => `${column}${order(row)}到${last}${order(end)}`,
  ),
  rule("range of columns", ":", /(?<=[(（,，!！\s]\s?[A-Z]{1,2}):(?=[A-Z]{1,2}(?:[),，）]|$))/, "到"),
  rule(
    "exclamation mark after the name of a sheet",
    "!！",
    /(?<=[A-Za-z\d一-鿿'])[!！](?=\$?[A-Z]{1,2}(?:\d|[:：]))/,
    " ",
  ),
  rule(
    "absolute reference to a spreadsheet cell",
    "$",
    /\$([A-Z]{1,2})\$?(\d{1,6})(?!\d|\.\d)/,
    ([text, column = "", row = ""]) => `美元${column}${text.lastIndexOf("$") > 0 ? "美元" : ""}${order(row)}`,
  ),
  rule(
    "hexadecimal code of a color",
    "#",
    /#(?=[\dA-Fa-f]*\d)([\dA-Fa-f]{6})(?![\dA-Za-z])/,
    ([, color = ""]) => `井号${spellCode(color, "一")}`,
  ),
  rule("number after a hash", digitStarts, /(?<=#)\d{5,}(?!\d)/, ([text]) => digits(text)),
  rule("figures after an underscore", digitStarts, /(?<=[A-Za-z]下划线)\d{3,}(?![\d年])/, ([text]) => digits(text)),
  rule("function of a spreadsheet", "=", /=\s?([A-Z]{2,})\((?=["A-Z\d])/, ([, name = ""]) => `等于${name} `),
  rule("port after a host", digitStarts, /(?<=localhost[:：]|\d{1,3}(?:\.\d{1,3}){3}[:：])\d{2,5}(?!\d)/, ([text]) =>
    digits(text),
  ),
  rule("answer of a server", digitStarts, /(?<![\d.,])[1-5]\d\d(?![\d.,%])/, (match, place) =>
    /(?:HTTPS?|http|状态码?|返回码?|报错?|错误|响应码?|抛出?|出现|遇到|显示)\s?[了是为：:]?\s?(?:一?个)?\s?["“'‘「]?$/.test(
      before(place),
    ) &&
    /^(?:\s?(?:$|[，。！？、；,）)"”'’」]|错误|状态|异常|页面|响应|Not|Bad|Too|Internal|Forbidden|Unauthorized|OK|Gateway|Service)|[A-Z])/.test(
      after(match),
    )
      ? digits(match[0])
      : undefined,
  ),
  rule(
    "long code of letters and digits",
    `${digitStarts}${capitalStarts}`,
    /(?<![A-Za-z\d._/-])(?=[A-Z]*\d+[A-Z]+\d|[A-Z]{2,}\d{6})[A-Z\d]{8,}(?![A-Za-z\d])/,
    ([text]) => spellCode(text),
  ),
  rule(
    "HTTP status code before its meaning",
    "12345",
    /(?<![\d.,])[1-5]\d\d(?=["”'’」]?\s?(?:是|则|表示|代表|意味|指|为)[^\d])/,
    (match, place) =>
      /(?:HTTP|状态码|错误码|返回码|返回|API|接口|浏览器报|报错|[1-5]\d\d错误)/.test(before(place, 64))
        ? digits(match[0])
        : undefined,
  ),
  rule(
    "code of a share",
    digitStarts,
    /(?<=[一-鿿A-Za-z]\s?[（(])(?:[0356]\d{5}|[48]\d{5}|1[56]\d{4}|0\d{4})(?=(?:\.[A-Z]{2})?[)）])/,
    ([text]) => spellCode(text, "一"),
  ),
  rule(
    "stock code before its exchange",
    digitStarts,
    /(?<![\d.,])\d{4,6}(?=\.(?:SH|SZ|SS|BJ|HK|OF)(?![A-Za-z]))/,
    ([text]) => digits(text),
  ),
];

/**
 * Rules for numbers that are read digit by digit because of their format alone. They are tried after the rules for
 * telephone numbers and dates.
 */
export const digitRules: readonly Rule[] = [
  rule("leading zero", digitStarts, /(?<![\d.,:：])0\d+(?![\d.:：]|\/[0-3]\d(?!\d))/, ([text]) => digits(text)),
  rule("very long number", digitStarts, /(?<![\d.,])\d{11,}(?![\d.,])/, (match) =>
    isCounted(after(match)) || /^[元块美欧]/.test(after(match)) ? undefined : spellCode(match[0]),
  ),
];
