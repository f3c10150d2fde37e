import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { cardinal, counting, digits, number } from "../number.ts";

/** Matches words before numbers such as 4:05 which show that these are minutes and seconds and not a time of day. */
const lasting =
  /(?:时长|時長|全长|片长|用时|耗时|历时|计时器?|计时|倒计时|秒表|剩余|还剩|剩下|仅剩|只剩|还有|成绩|配速|跑出|跑了|跑进|游出|滑出|骑出|录音|录像|单曲|歌曲|曲目|音频|视频|播放到|播放至|进度|完赛|圈速|最快圈|单圈|通话|纪录|记录|PB|PR|个人最好|每公里|总时间|比赛时间|加时|暂停|训练|平板支撑|休息)(?:长度|时间|长|成绩|为|是|：|:|约|了|大约|不到|近|仅|共|总共|平均|在|\s|“)*$/;
const two = (text: string): string => (text.startsWith("0") ? `零${cardinal(text)}` : cardinal(text));
const whole = (text: string): string => counting(text.replace(/^0+(?=\d)/, ""));

/** Reads a duration: 一小时二十三分四十五秒, 四分零五秒, 四十五秒. */
function lasts(hours: string | undefined, minutes: string, seconds: string, fraction: string | undefined): string {
  const tail = fraction === undefined ? "" : `点${digits(fraction)}`;
  const last = seconds === "00" && tail === "" ? "" : `${two(seconds).replace(/^零零/, "零")}${tail}秒`;
  if (hours !== undefined && Number(hours) > 0)
    return `${whole(hours)}小时${minutes === "00" && last === "" ? "" : `${two(minutes).replace(/^零零/, "零")}分`}${last}`;
  if (Number(minutes) === 0) return `${cardinal(seconds)}${tail}秒`.replace(/^两/, "两");
  return `${whole(minutes)}分${last === "" ? "钟" : last}`;
}

const sports = /(?:成绩|跑|游|跳|投|掷|推|创|以|破|纪录|记录|米栏|铅球|标枪|铁饼|用时|快|进)/;

/** Rules for durations, and for results of races and jumps whose decimals are written after the unit: `9秒58`. */
export const durationRules: readonly Rule[] = [
  rule(
    "duration with colons",
    digitStarts,
    /(?<![\d.]|\d[:：])(?:(\d{1,3})[:：])?(\d{1,3})[:：]([0-5]\d)(?:\.(\d+))?(?![\d]|[:：]\d)/,
    (match, place) => {
      const [, hours, minutes = "", seconds = "", fraction] = match;
      const following = after(match);
      const pace = /^\s?(?:\/|每)\s?(?:km|公里|mile|英里|圈)/.test(following);
      if (!pace && fraction === undefined && hours !== "00" && !lasting.test(before(place, 20))) return undefined;
      if (fraction === undefined && /^\s?(?:比分|领先|落后|[AaPp][Mm]|开始|开播|出发|开赛)/.test(following))
        return undefined;
      if (fraction !== undefined && !lasting.test(before(place, 20)) && hours === undefined && minutes.length > 2)
        return undefined;
      return lasts(hours, minutes, seconds, fraction);
    },
  ),
  rule("pace for a distance", "/", /(?<=\d[:：][0-5]\d|[秒分"″]\s?)\/\s?(?:km|KM|公里)(?![A-Za-z])/, "每公里"),
  rule(
    "duration with letters, such as 1h30m",
    digitStarts,
    /(?<![\d.])(?:(\d+)\s?(?:h|hr|hrs)\s?)?(\d+)\s?(?:min|mins|m)(?:\s?(\d+)\s?(?:s|sec))?(?![A-Za-z\d²³/^])/,
    (match) => {
      const [text, hours, minutes = "", seconds] = match;
      if (hours === undefined && seconds === undefined) return undefined;
      if (hours === undefined && !/min/.test(text) && Number(minutes) > 59) return undefined;
      return `${hours === undefined ? "" : `${whole(hours)}小时`}${whole(minutes)}${seconds === undefined ? "分钟" : `分${two(seconds)}秒`}`;
    },
  ),
  rule(
    "minutes and seconds",
    digitStarts,
    /(?<![\d.])(\d{1,3})['′’](\d{1,2})(?:"|″|''|”)(\d{1,2})?(?!\d)/,
    (match, place) =>
      /[°度]\s?$/.test(before(place))
        ? undefined
        : /(?:身高|高度|[Hh]eight|tall)[^\d，。]{0,4}$/.test(before(place))
          ? `${counting(match[1] ?? "")}英尺${cardinal(match[2] ?? "").replace(/^两$/, "二")}英寸`
          : `${number(match[1] ?? "")}分${two(match[2] ?? "")}秒${match[3] === undefined ? "" : digits(match[3])}`,
  ),
  rule(
    "minute of a match",
    digitStarts,
    /(?<![\d.°度'′’])(\d{1,3})(?:['′’]?\s?\+\s?(\d{1,2})['′’]?|['′’])(?<=['′’]\D?\d*)(?![\d'′’"″A-Za-z])/,
    (match, place) => {
      const [, minute = "", added] = match;
      const isMinute =
        /第\s?$/.test(before(place, 2)) ||
        /^(?:45|90|105|120)$/.test(added === undefined ? "" : minute) ||
        /^\s?[）)]?\s?(?:[进破入扳绝]|点球|[红黄]牌|换[人上下]|替补|头球|乌龙|助攻|射门)/.test(after(match));
      if (!isMinute) return undefined;
      return `${cardinal(minute).replace(/^两$/, "二")}${added === undefined ? "" : `加${cardinal(added).replace(/^两$/, "二")}`}分钟`;
    },
  ),
  rule(
    "seconds and decimals around a double prime",
    digitStarts,
    /(?<![\d.'′’])(\d{1,2})["″”](\d{1,2})(?![\d.])/,
    ([, seconds = "", part = ""]) => `${number(seconds)}秒${digits(part)}`,
  ),
  rule("parts of a second after seconds", digitStarts, /(?<=\d\s?秒)\d{1,3}(?![\d.%]|\s?[个人次秒分])/, ([text]) =>
    digits(text),
  ),
  rule(
    "centimeters after meters",
    digitStarts,
    /(?<=\d\s?米)\d{1,2}(?!\d|[.,%]\d|\s?(?:厘米|cm|公分|米|%|[个人次栋层]))/,
    ([text]) => digits(text),
  ),
  rule(
    "meters and centimeters, such as 1m70",
    digitStarts,
    /(?<![\d.])(\d{1,3})m(\d{2})(?![\d.A-Za-z])/,
    (match, place) =>
      sports.test(before(place, 16)) || /^0/.test(match[2] ?? "") || /^[，。、；！？\s]/.test(after(match))
        ? `${counting(match[1] ?? "")}米${digits(match[2] ?? "")}`
        : undefined,
  ),
];
