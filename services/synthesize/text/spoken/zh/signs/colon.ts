import { after, before, digitStarts, type Place, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { number } from "../number.ts";
import { isDifference } from "./expression.ts";

/** Words near two numbers with a colon which show that these are a ratio or a score: 比例3:2, 以2:1战胜. */
const ratioBefore =
  /(?:比例|比分|之比|比率|比值|配比|比为|宽高比|长宽比|纵横比|画幅|屏幕|分辨率|战成|打成|击败|战胜|领先|落后|以|总分|大胜|险胜|惜败|赔率|汇率|兑换?|稀释|比|按照?|杠杆|配比度|料水比|水灰比|米水比|粉水比)(?:约|大约|大概)?(?:为|是|成|以|了|到|至)?\s?$/;
const ratioAfter =
  /^\s?(?:的?(?:比例|比分|比率|配比|画幅|屏幕|宽高比|长宽比|纵横比|分辨率|显示器|视频|关系|大胜|优势)|击败|战胜|战平|大胜|险胜|获胜|取胜|胜|负|平|领先|落后|逆转|不敌|输|赢|绝杀|兑换|稀释|混合|兑水|扳平|力克|横扫|零封|完胜|惜败|爆冷|拿下|晋级|收场|告终|险胜|憾负)/;

const scoreBefore =
  /(?:比分|战成|打成|击败|战胜|以|总分|追到?|追至|追平|扳成|扳平|改写为?|(?:半?决|小组|预|友谊|淘汰)赛|[男女混][单双]|小分|局分|半场|上半场|全场|终场|首局|首盘|次局|[第末][一二三四五六七1-7]?[局盘节]|决胜[局盘]|[局盘](?:是|为)?|点球|加时赛?|横扫|零封|领先|落后|大胜|险胜|惜败|完胜|轻取|力克|不敌|战平|大比分|从|由|被对手|客场|主场|逆转为?)(?:依次|分别|各|先后)?[是为成了以：:]?\s?$/;
const scoreAfter =
  /^\s?(?:击败|战胜|战平|大胜|险胜|获胜|取胜|完胜|力克|力压|轻取|轻松|胜|负于|负(?!责|面|担)|平(?!方|均|米|台)|领先|落后|逆转|不敌|惜败|输|赢|绝杀|横扫|剃光头|速胜|零封|追[到平]|淘汰|出局|夺冠|收场|告终|拿下|锁定|扳平|直落|连胜|的?(?:比分|大胜|小胜))/;
const item = String.raw`\d{1,3}\s?[-–—:：]\s?\d{1,3}(?:[(（]\d{1,2}[)）])?`;
const itemsBefore = new RegExp(`(?:${item}\\s?(?:[、，,]|以?及|和|与|到|追到|\\s)\\s?)+$`);
const itemsAfter = new RegExp(`^(?:\\s?(?:[、，,]|以?及|和|与|到|\\s|追到|[一-鿿]{1,3}到)\\s?${item})+`);

/** Whether a colon between two numbers belongs to a ratio or a score, not to a clock time. */
export function isScore(place: Place, match: RegExpExecArray): boolean {
  const head = before(place, 36);
  return (
    ratioBefore.test(before(place)) ||
    ratioAfter.test(after(match)) ||
    (/[、，,]\s?$/.test(head) && itemsBefore.test(head) && listBefore.test(head.replace(itemsBefore, ""))) ||
    (/^0?9[:：](?:1[68]|2[01])$/.test(match[0]) && framed.test(head + after(match)))
  );
}

/** Words before a list of scores: 各局比分为11:7、9:11. */
const listBefore = /(?:比分|小分|局分|比例|各[局盘节])[一-鿿]{0,3}[：:]?\s?$/;
/** Matches words about a picture or video, since a pair such as 9:16 near them is the ratio of its sides. */
const framed = /分辨率|比例|[竖横]屏|画[幅面]|视频|封面|壁纸|像素|尺寸|\d\s?[×x*]\s?\d/;

/** Whether a hyphen between two numbers belongs to a score. */
function isDashedScore(place: Place, match: RegExpExecArray): boolean {
  const head = before(place, 36).replace(itemsBefore, "");
  const tail = after(match, 36)
    .replace(/^[(（]\d{1,2}[)）]/, "")
    .replace(itemsAfter, "");
  if (/从\s?$/.test(before(place, 3)) && !/[追扳反]/.test(tail.slice(0, 6) + after(match, 6))) return false;
  return scoreBefore.test(before(place, 36)) || scoreBefore.test(head) || scoreAfter.test(tail);
}

/** Whether a score is between the names of two teams: 湖人120-115勇士. */
function isBetweenTeams(place: Place, match: RegExpExecArray): boolean {
  return (
    /(?:NBA|CBA|英超|西甲|意甲|德甲|法甲|中超|欧冠|世界杯|战报|赛果|[球队])[^。]{0,24}[一-鿿]{0,2}\s?$/.test(
      before(place, 30),
    ) &&
    /^\s?[一-鿿]{2}/.test(after(match)) &&
    !isCounted(after(match))
  );
}

/** Rules for a colon or hyphen between two numbers that are neither a time nor a range. */
export const ratioRules: readonly Rule[] = [
  rule(
    "ratio",
    digitStarts,
    /(?<![\d.A-Za-z]|\d[:：])(\d+(?:\.\d+)?)\s?[:：∶]\s?(\d+(?:\.\d+)?)((?:\s?[:：∶]\s?\d+(?:\.\d+)?)*)(?![\d:：])/,
    ([, a = "", b = "", rest = ""]) => [a, b, ...rest.split(/\s?[:：∶]\s?/).slice(1)].map((n) => number(n)).join("比"),
  ),
  rule("ratio of letters", "∶", /(?<=[A-Za-z\d一-鿿]\s?)∶(?=\s?[A-Za-z\d一-鿿])/, "比"),
  rule(
    "ratio of single letters",
    ":：",
    /(?<=(?:^|[^A-Za-z])[a-zA-Z])[:：](?=[a-zA-Z](?:[:：][a-zA-Z])*\s?[=＝])/,
    "比",
  ),
  rule(
    "ratio of names",
    ":∶",
    /(?<=^[一-鿿]{1,3}|[:∶，。；、\s][一-鿿]{1,3})[:∶](?=[一-鿿]{1,3}(?:[:∶][一-鿿]{1,3})*\s?[=＝]\s?\d)/,
    "比",
  ),
  rule(
    "score",
    digitStarts,
    /(?<![\d.-])(\d{1,3})\s?[-–—]\s?(\d{1,3})(?![\d.%-]|\s?[元个人名年月天岁块页次章]|\s?分钟|\s?小时)/,
    (match, place) =>
      ((isDashedScore(place, match) || isBetweenTeams(place, match)) &&
        !/^\s?(?:[A-Za-z℃°%]|万|亿|千|百|倍|米|公里|度|℃|秒|周)/.test(after(match))) ||
      (Number(match[1]) > Number(match[2]) &&
        /^\s?(?:$|[，。！？、；,.!?])/.test(after(match)) &&
        !isDifference(place.text, place.index, place.index + match[0].length) &&
        !/[一-鿿]{0,2}[号栋座幢楼院室房元满]\s?$/.test(before(place)))
        ? `${number(match[1] ?? "")}比${number(match[2] ?? "")}`
        : undefined,
  ),
];
