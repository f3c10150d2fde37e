import { after, before, digitStarts, type Rule, rule } from "../../rule.ts";
import { isCounted } from "../amount/measure-words.ts";
import { cardinal, digits } from "../number.ts";

const phone = (text: string): string => digits(text, "幺");
/** Reads one side of the hyphen of a room number: up to two digits as a number, more digits one by one: 十二杠一五零三. */
const part = (text: string): string =>
  text.length > 2 || text.startsWith("0") ? digits(text) : cardinal(text).replace("两", "二");

/** Rules for the numbers of rooms, houses, roads and routes, and for license plates. */
export const placeRules: readonly Rule[] = [
  rule(
    "number of a foreign train",
    digitStarts,
    /(?<=(?:Amtrak|Acela|Eurostar|TGV|ICE|Nozomi|Thalys|Shinkansen|[Tt]rain)\s(?:No\.\s?)?)\d{2,4}(?=\s?次)/,
    ([text]) => digits(text),
  ),
  rule(
    "address of three numbers with hyphens",
    digitStarts,
    /(?<![\d-]|[=＝+×÷]\s?)\d+-\d+-\d+(?![\d-]|\s?[=＝+×÷])/,
    ([text]) =>
      text
        .split("-")
        .map((piece) => digits(piece))
        .join("杠"),
  ),
  rule(
    "house and room",
    digitStarts,
    /(?<=(?:[栋座幢]|号楼|号院|小区|花园|公寓|单元|大厦|广场|中心|SOHO|[Tt]ower|[Bb]uilding|[Bb]lock|地址是?|地址[^，。\d]{1,16}|住在?)\s?)(\d{1,2})-(\d{3,4})(?![\d-]|\s?[元米])/,
    ([, house = "", room = ""]) => `${part(house)}杠${digits(room)}`,
  ),
  rule(
    "number of a room, road or route",
    digitStarts,
    /(?<![\d.,第])\d{3,4}(?=\s?(?:[一-鿿]{0,2}室(?![内外友温])|房间?(?!价)|号房|教室|病房|包厢|包间|路(?!口|程|人)|国道|省道|县道|次列车|次航班|班次|宿舍|寝室|号列车|车厢|办公室|会议室|号病房|公交|次高铁|次动车|航班(?!延误时)))/,
    ([text]) => digits(text),
  ),
  rule(
    "room of a building",
    digitStarts,
    /(?<=[A-Za-z座栋楼幢]|单元|大厦|公寓)(?<!\d[xX])\d{3,4}(?![\d.,%]|[年月日元人平米])/,
    (match, place) => (/[A-Za-z]{2}$/.test(before(place, 2)) || isCounted(after(match)) ? undefined : digits(match[0])),
  ),
  rule(
    "number plate",
    digitStarts,
    /(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-Z][·・\s]?[A-Z]*)\d+/,
    ([text]) => phone(text),
  ),
  rule("number on a door", digitStarts, /(?<=[写标挂贴刻]着[“"「]?)\d{3,4}(?=[”"」，。]|$)/, ([text]) => digits(text)),
  rule("binary number", "01", /(?<=二进制数?[是为的]?\s?)[01]{2,}(?!\d)/, ([text]) => digits(text)),
  rule("building named by a number", digitStarts, /(?<=台北|臺北|上海中心)101(?!\d)/, ([text]) => digits(text)),
];
