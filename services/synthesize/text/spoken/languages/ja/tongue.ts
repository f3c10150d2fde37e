import { greekOf } from "../eastern/science/greek.ts";
import type { EasternTongue } from "../eastern/tongue.ts";
import { currenciesOf, unitsOf } from "../eastern/units.ts";
import { cardinal, spell } from "./number.ts";
import { ownRules } from "./own.ts";

const say = (written: string): string => {
  const [whole = "", part] = written.split(".");
  return part === undefined ? cardinal(whole) : `${cardinal(whole)}点${spell(part)}`;
};

const english = "_ ワン ツー スリー フォー ファイブ シックス セブン エイト ナイン".split(" ");
/** The spoken forms of numbers whose digit is said as in English, keyed by written form: "2ラン", "3D". */
const borrowedFigures: ReadonlyMap<string, string> = new Map(
  [
    ...["ラン", "アウト", "ストライク", "ボール", "ショット", "トップ", "バック", "ピース", "ステップ", "オン"].flatMap(
      (word) => [1, 2, 3, 4].map((n) => [`${n}${word}`, word] as const),
    ),
    ["1LDK", "LDK"],
    ["1DK", "DK"],
    ["1R", "ルーム"],
    ["1day", "デー"],
    ...[2, 3].map((n) => [`${n}D`, "ディー"] as const),
    ...[4, 8].map((n) => [`${n}K`, "ケー"] as const),
    ...[3, 4, 5, 6].map((n) => [`${n}G`, "ジー"] as const),
  ].map(([written, word]): [string, string] => [written, `${english[Number(written[0])]}${word}`]),
);

/**
 * How Japanese says numbers. Digits become kanji and the counter stays as written, since a voice knows how to pronounce
 * 三本 or 一日.
 */
export const japanese: EasternTongue = {
  cardinal,
  spell,
  decimal: (whole, part) => `${cardinal(whole)}点${spell(part)}`,
  counters:
    "年間(?!隔)|年度|年代|年生|年|か月|ヶ月|カ月|ケ月|箇月|月|日間(?!隔)|日|時間(?!隔)|時|分間(?!隔)|分|秒間(?!隔)|秒|週間(?!隔)|週|人|名|個|本|枚|冊|台|回|度|階|歳|才|代|段階|段|次元|学期|周年|問|行|桁|文字|駅|曲|票|種|色|試合|匹|頭|羽|杯|件|点|番線|番|号室|号|円|万円|億円|兆円|万人|億人|万|億|兆|割|倍|種類|箇所|か所|ヶ所|カ所|カ国|か国|歩|通|社|校|室|席|位|等|級|章|節|話|巻|世紀|世帯|軒|棟|着|足|粒|袋|箱|缶|皿|切れ|丁目|番地|坪|畳|合|升|ページ|メートル|キロ|グラム|リットル|パーセント|ポイント|ドル|ユーロ|センチ|ミリ|つ",
  count(number, counter) {
    if (counter === "つ") return /^[1-9]$/.test(number) ? `${say(number)}つ` : undefined;
    // One thousand by itself is 千, but before 万 it is 一千: 一千万.
    const said = say(number);
    return (/^[万億兆]/.test(counter) && said.startsWith("千") ? "一" : "") + said + counter;
  },
  units: unitsOf(0),
  currencies: currenciesOf(0),
  join: "",
  own: ownRules,
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
    more: "足す",
    less: "引く",
  },
  date: (year, month, day) =>
    `${year === undefined ? "" : `${cardinal(year)}年`}${cardinal(month)}月${cardinal(day)}日`,
  time: (hour, minute, second) =>
    `${cardinal(hour)}時${minute === "00" && second === undefined ? "" : `${cardinal(minute)}分`}${second === undefined ? "" : `${cardinal(second)}秒`}`,
  duration: (hours, minutes, seconds) =>
    `${hours === undefined ? "" : `${cardinal(hours)}時間`}${hours === undefined && minutes === "0" ? "" : `${cardinal(minutes)}分`}${cardinal(seconds)}秒`,
  pace: (duration) => `一キロ${duration}`,
  durationCues:
    /(?:タイム|記録|所要時間|再生時間|長さ|経過|ラップ|サビ|イントロ|動画|曲|ペース|再生)[はがのを：:]?[^\d。、]{0,4}$/,
  points: (got, total) => `${total}点満点中${got}点`,
  pointCues: /(?:評価|レビュー|星|満足度|GPA|評点|点数)[はがのも：:]?[^\d。、]{0,4}$/,
  limit: (amount, sign, before) =>
    `${/[\p{Script=Han}\p{Script=Katakana}A-Za-z]\s?$/u.test(before) ? "が" : ""}${amount}${sign === "≥" ? "以上" : "以下"}`,
  belowZero: "マイナス",
  speeds: new Map([["km/h", "時速"]]),
  range: (from, to) => `${from}から${to}`,
  fraction: (above, below) => `${below}分の${above}`,
  ratio: (left, right) => `${left}対${right}`,
  power: (exponent) => `の${exponent}乗`,
  slash: "スラッシュ",
  colon: "コロン",
  each: "毎",
  kelvin: "ケルビン",
  overCues: /(?:血圧|最高|最低|上|下)[^\d。！？]{0,8}$/,
  over: "の",
  formula: {
    letter: (letter) => greekOf(0)[letter] ?? letter,
    equals: (left, after, hasLetter) =>
      hasLetter || /^(?:を|が|の|または|に|という)/.test(after) ? `${left}イコール` : `${left}は`,
    algebra: { "+": "プラス", "-": "マイナス", "−": "マイナス", "–": "マイナス" },
  },
  address: {
    dot: "ドット",
    at: "アットマーク",
    hyphen: "ハイフン",
    underscore: "アンダーバー",
    slash: "スラッシュ",
    join: "",
    digits: spell,
  },
  greek: greekOf(0),
  science: {
    chemistry: { plus: "プラス", minus: "マイナス", arrow: "矢印", figures: ["", ...english.slice(1)] },
    notation: {
      logarithm: (base, of) => `ログ${base}の${of}`,
      diameter: "ファイ",
      factorial: (of) => `${of}の階乗`,
      primes: ["ダッシュ", "ツーダッシュ"],
      marks: {
        "∠": "角",
        "△": "三角形",
        "∩": "キャップ",
        "∪": "カップ",
        "∈": "は要素として属する",
        "⊂": "は部分集合",
        "∴": "ゆえに",
        "∵": "なぜならば",
        "∫": "インテグラル",
        "∑": "シグマ",
        "⊥": "垂直",
        "∥": "平行",
        "∽": "相似",
        "≡": "合同",
        "∝": "比例",
      },
      code: {
        "=": "イコール",
        "~": "チルダ",
        "!=": "ノットイコール",
        "!==": "ノットイコールイコール",
        "==": "イコールイコール",
        "===": "イコールイコールイコール",
        "&&": "アンドアンド",
        "||": "オアオア",
        "+=": "プラスイコール",
        "-=": "マイナスイコール",
        "*=": "アスタリスクイコール",
        "/=": "スラッシュイコール",
        "=>": "矢印",
        "->": "矢印",
        "++": "プラスプラス",
        "//": "スラッシュスラッシュ",
        "**": "アスタリスクアスタリスク",
        "<=": "小なりイコール",
        ">=": "大なりイコール",
      },
    },
  },
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
    seatCues: /(?:席|座席|号車|ゲート|出口)[はがのも：:]?\s?$/,
    floor: (number, isUnderground) => `${isUnderground ? "地下" : ""}${number}階`,
    version: "バージョン",
    numbered: "ナンバー",
    first: "ナンバーワン",
    borrowed: new Map([
      ...borrowedFigures,
      ["24/7", "二十四時間三百六十五日"],
      ["36協定", "サブロク協定"],
      ["1×4", "ワンバイフォー"],
      ["2×4", "ツーバイフォー"],
    ]),
  },
  shortForms: new Map([
    ["〒", "郵便番号"],
    ["F1", "Fワン"],
    ["J1", "Jワン"],
    ["J2", "Jツー"],
    ["J3", "Jスリー"],
    ["K1", "Kワン"],
    ["G7", "Gセブン"],
    ["M1", "Mワン"],
    ["M2", "Mツー"],
    ["M3", "Mスリー"],
    ["M4", "Mフォー"],
    ["MP3", "MPスリー"],
    ["MP4", "MPフォー"],
    ["PS4", "PSフォー"],
    ["PS5", "PSファイブ"],
    ["B2B", "BツーB"],
    ["B2C", "BツーC"],
    ["P2P", "PツーP"],
    ["Web3", "Webスリー"],
    ["HbA1c", "HbAワンc"],
    ["サブ3", "サブスリー"],
    ["サブ4", "サブフォー"],
    ["サブ5", "サブファイブ"],
  ]),
  hash: "シャープ",
  dialCues: /電話|ダイヤル|かけ|発信|相談|プッシュ/,
  addressCues: /[都道府県市区町村郡][^\d。、（）「」はがをに]{0,12}$/,
  groupJoin: "の",
  codeCues:
    /(?:〒|電話|番号|コード|暗証|PIN|ダイヤル|内線|郵便番号|パスワード|便名|下\d桁|末尾|型番|予約|注文|会員|認証)[^\d。！？]{0,8}$/i,
  secretCues: /(?:パスワード|暗証番号|SSID)[はがを：:]?\s?[「『"]?(?:[A-Za-z\d\s.@!$%&-]|アンダーバー|シャープ|米印)*$/,
  versionCues: /(?:バージョン|ver\.?|v|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java)\s?$/i,
  scoreCues: /(?:スコア|得点|勝|敗|試合|引き分け|破|セット|リード|比率|割合)/,
  dateCues: /(?:締切|期限|日程|開催日|発売日|予定日)[はがも：:]?\s?$/,
  partCues: /(?:(?:さじ|カップ)(?:\d+\s)?|個|約|全体|量|確率は|割合は|(?<![\d/])\d{1,2}\s?と)\s?$/,
  perCounters: "分|秒|か月|ヶ月|月|年|日|泊|人|名|個|回|本|枚|時間|週",
  per: (amount, of, isUnit) =>
    /^[分秒]$/.test(of)
      ? `毎${of}${amount}`
      : isUnit
        ? `${amount}毎${of}`
        : `一${of === "月" ? "か月" : of === "週" ? "週間" : of}あたり${amount}`,
  dateFollowers: /^\s?(?:[（(][月火水木金土日]|に(?!な)|から|まで|は|の|より|、|〜|～|\d{1,2}[:：時])/,
};
