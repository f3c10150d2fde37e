import { greekOf } from "../eastern/science/greek.ts";
import type { EasternTongue } from "../eastern/tongue.ts";
import { currenciesOf, unitsOf } from "../eastern/units.ts";
import { cardinal, spell } from "./number.ts";

const say = (written: string): string => {
  const [whole = "", part] = written.split(".");
  return part === undefined ? cardinal(whole) : `${cardinal(whole)}点${spell(part)}`;
};

const english = "_ ワン ツー スリー フォー ファイブ シックス セブン エイト ナイン".split(" ");
/** 2ラン, 3D: the figure is said as in English. */
const borrowedFigures: ReadonlyMap<string, string> = new Map(
  [
    ...["ラン", "アウト", "ストライク", "ボール", "ショット", "トップ", "バック", "ピース", "ステップ", "オン"].flatMap(
      (word) => [1, 2, 3, 4].map((n) => [`${n}${word}`, word] as const),
    ),
    ...[2, 3].map((n) => [`${n}D`, "ディー"] as const),
    ...[4, 8].map((n) => [`${n}K`, "ケー"] as const),
    ...[3, 4, 5, 6].map((n) => [`${n}G`, "ジー"] as const),
  ].map(([written, word]): [string, string] => [written, `${english[Number(written[0])]}${word}`]),
);

/** Japanese. A voice knows how 三本 or 一日 sounds: figures become kanji, and the counter stays as it is. */
export const japanese: EasternTongue = {
  cardinal,
  spell,
  decimal: (whole, part) => `${cardinal(whole)}点${spell(part)}`,
  counters:
    "年間|年度|年代|年生|年|か月|ヶ月|カ月|ケ月|箇月|月|日間|日|時間|時|分間|分|秒間|秒|週間|週|人|名|個|本|枚|冊|台|回|度|階|歳|才|代|段階|段|次元|学期|周年|問|行|桁|文字|駅|曲|票|種|色|試合|匹|頭|羽|杯|件|点|番線|番|号室|号|円|万円|億円|兆円|万人|億人|万|億|兆|割|倍|種類|箇所|か所|ヶ所|カ所|カ国|か国|歩|通|社|校|室|席|位|等|級|章|節|話|巻|世紀|世帯|軒|棟|着|足|粒|袋|箱|缶|皿|切れ|丁目|番地|坪|畳|合|升|ページ|メートル|キロ|グラム|リットル|パーセント|ポイント|ドル|ユーロ|センチ|ミリ|つ",
  count(number, counter) {
    if (counter === "つ") return /^[1-9]$/.test(number) ? `${say(number)}つ` : undefined;
    // 千 alone, but 一千万.
    const said = say(number);
    return (/^[万億兆]/.test(counter) && said.startsWith("千") ? "一" : "") + said + counter;
  },
  units: unitsOf(0),
  currencies: currenciesOf(0),
  join: "",
  signs: {
    "-": "マイナス",
    "+": "プラス",
    "±": "プラスマイナス",
    "=": "は",
    "≠": "ノットイコール",
    "≈": "約",
    "≒": "ニアリーイコール",
    "≤": "以下",
    "≥": "以上",
    "<": "小なり",
    ">": "大なり",
    "×": "かける",
    "÷": "割る",
    "√": "ルート",
    "%": "パーセント",
    "‰": "パーミル",
    "°": "度",
    "℃": "度",
    "℉": "華氏度",
    "№": "ナンバー",
    "§": "セクション",
    "&": "アンド",
    "@": "アットマーク",
    "€": "ユーロ",
    $: "ドル",
    "£": "ポンド",
    "¥": "円",
    "∞": "無限大",
    ".": "点",
    "~": "から",
    speed: "時速",
    more: "足す",
    less: "引く",
  },
  date: (year, month, day) =>
    `${year === undefined ? "" : `${cardinal(year)}年`}${cardinal(month)}月${cardinal(day)}日`,
  time: (hour, minute, second) =>
    `${cardinal(hour)}時${minute === "00" && second === undefined ? "" : `${cardinal(minute)}分`}${second === undefined ? "" : `${cardinal(second)}秒`}`,
  belowZero: "マイナス",
  range: (from, to) => `${from}から${to}`,
  fraction: (above, below) => `${below}分の${above}`,
  ratio: (left, right) => `${left}対${right}`,
  power: (exponent) => `の${exponent}乗`,
  overCues: /(?:血圧|最高|最低|上|下)[^\d。！？]{0,8}$/,
  over: "の",
  formula: {
    letter: (letter) => greekOf(0)[letter] ?? letter,
    equals: (left, after) => (/^(?:を|が|の|または|に|という)/.test(after) ? `${left}イコール` : `${left}は`),
  },
  address: {
    dot: "ドット",
    at: "アットマーク",
    hyphen: "ハイフン",
    underscore: "アンダーバー",
    join: "",
    digits: spell,
  },
  greek: greekOf(0),
  beside: {
    morning: "午前",
    afternoon: "午後",
    parts: "の",
    numbered: new Map([
      ["lv", "レベル"],
      ["vol", "ボリューム"],
      ["fig", "図"],
      ["ch", "チャプター"],
      ["ep", "エピソード"],
    ]),
    page: "ページ",
    bound: (unknown, limit, word) => `${unknown}が${limit}${word}`,
    bounds: { "≥": "以上", "≤": "以下", ">": "より大", "<": "未満" },
  },
  labels: {
    weekdays: "月火水木金土日",
    weekday: (letter) => `${letter}曜日`,
    particle: /(?:です|でし|でご|だっ|[はがをにのともへや]|から|まで|より|って)/,
    events: /^(?:事件|運動|テロ|革命|危機)/,
    places: /^\s?(?:席|列|出口|番出口|ゲート|組|号|棟|教室|会議室)/,
    version: "バージョン",
    numbered: "ナンバー",
    first: "ナンバーワン",
    borrowed: new Map([...borrowedFigures, ["24/7", "二十四時間三百六十五日"]]),
  },
  shortForms: new Map([
    ["〒", "郵便番号"],
    ["CO₂", "COツー"],
    ["CO2", "COツー"],
  ]),
  groupJoin: "の",
  codeCues:
    /(?:〒|電話|番号|コード|暗証|PIN|ダイヤル|内線|郵便番号|パスワード|便名|下\d桁|末尾|型番|予約|注文|会員|認証)[^\d。！？]{0,8}$/i,
  versionCues: /(?:バージョン|ver\.?|v|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java)\s?$/i,
  scoreCues: /(?:スコア|得点|勝|敗|試合|引き分け|破|セット|リード|比率|割合)/,
  dateCues: /(?:締切|期限|日程|開催日|発売日|予定日)[はがも：:]?\s?$/,
  partCues: /(?:さじ|カップ|個|約|全体|量|確率は|割合は)\s?$/,
  perCounters: "か月|ヶ月|月|年|日|泊|人|名|個|回|本|枚|時間|週",
  per: (amount, of, isUnit) =>
    isUnit ? `${amount}毎${of}` : `一${of === "月" ? "か月" : of === "週" ? "週間" : of}あたり${amount}`,
  dateFollowers: /^\s?(?:[（(][月火水木金土日]|に(?!な)|から|まで|は|の|より|、|〜|～)/,
};
