import { greekOf } from "../eastern/science/greek.ts";
import type { EasternTongue } from "../eastern/tongue.ts";
import { currenciesOf, unitsOf } from "../eastern/units.ts";
import { cardinal, native, spell, spellDecimal } from "./number.ts";

/** Counters that take the Korean numbers: 세 개. */
const nativeCounters = new Set(
  "개 명 사람 마리 살 시 시간 번 번째 권 잔 병 장 대 송이 그루 켤레 가지 달 곳 통 벌 채 자루 군데 알 판 줄 컵 조각 그릇 숟가락 스푼 큰술 작은술 접시 봉지 봉 상자 쌍 갑 척 편 건 모금 바퀴 걸음 차례 배 끼 명이 군 포기 팩 캔 세트 가닥".split(
    " ",
  ),
);
/** After 번 these tell its number apart from how often. */
const numbered =
  /^\s?(?:출구|버스|국도|문제|선수|타자|채널|홀|방|테이블|게이트|트랙|홈|노선|번호|창구|항목|지문|보기|승강장|플랫폼|탑승구|좌석|레인|자리|트랙|버튼|키|구간|마을|입구|게이트|참가자|환자|고객|도로|[을은과의]|으로|입니다|이에|이고|이 맞|이 정답)/;
/** Words before a number of times. */
const perTime = /(?:하루|매일|일주일에|주|한 달에|월|연|총|모두|최대)\s?(?:에\s)?$/;

/** Two numbers in a row before such a counter: 한두 개, 서너 명. */
const nativeFew = ["", "한두", "두세", "서너", "네다섯", "대여섯", "예닐곱", "일고여덟", "여덟아홉"];

const letterNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트"
      .split(" ")
      .map((name, index) => [String.fromCharCode(97 + index), name]),
  ),
  sin: "사인",
  cos: "코사인",
  tan: "탄젠트",
  log: "로그",
  ln: "자연로그",
};

/** Whether a word ends in a consonant, which decides the form of the particle after it. */
const endsInConsonant = (word: string): boolean => {
  const code = word.charCodeAt(word.length - 1) - 0xac00;
  return code >= 0 && code < 11172 && code % 28 > 0;
};

/** Korean. Which of its two kinds of numbers is said depends on what is counted. */
export const korean: EasternTongue = {
  cardinal,
  spell,
  decimal: (whole, part) => `${cardinal(whole)} 점 ${spellDecimal(part)}`,
  counters:
    "년대|년간|년|개월|개국|월|일간|일|시간|시즌|시|분기|분|초|주일|주간|주|번째|번지|번|개소|개|명|사람|마리|살|단계|순위|교시|학기|세기|세대|세트|세|권|잔|병|장|대|층|호선|호실|호|회|등급|등|급|인분|인용|인|정|조|항|포|학년|반|쪽|편|페이지|차선|차|도|퍼센트|프로|만\\s?원|억\\s?원|조\\s?원|천\\s?원|원|달러|유로|엔|위안|만\\s?명|만|억|조|천|배|킬로그램|킬로미터|킬로|미터|센티미터|센티|그램|리터|밀리리터|칼로리|평|점|위|송이|그루|켤레|가지|달|곳|통|벌|채|자루|군데|알|판|줄|컵|조각|그릇|숟가락|스푼|큰술|작은술|접시|봉지|봉|상자|쌍|편|건|바퀴|걸음|차례|끼|팩|캔|박",
  count(number, counter, after, before) {
    const tight = counter.replace(/\s/g, "");
    const [whole = "", part] = number.split(".");
    if (part !== undefined) return `${cardinal(whole)} 점 ${spellDecimal(part)} ${counter}`;
    if (counter === "월") return `${number === "6" ? "유" : number === "10" ? "시" : cardinal(number)}월`;
    if (counter === "번째" && number === "1") return "첫 번째";
    const isHour = counter === "시" && Number(number) > 12;
    const isAge = counter === "대" && (/^[1-9]0$/.test(number) || /^\s?\d/.test(after));
    const isNumber = counter === "번" && ((numbered.test(after) && !perTime.test(before)) || Number(number) > 20);
    if (counter === "분" && /^(?:이시|께|이 오|\s?모두)/.test(after)) return `${native(number) ?? cardinal(number)} 분`;
    const own = nativeCounters.has(tight) && !isHour && !isAge && !isNumber ? native(number) : undefined;
    if (own !== undefined) return `${own} ${counter}`;
    if (/^(?:만|억|조|천)/.test(tight))
      return `${number === "1" && !/^(?:억|조)/.test(tight) ? "" : cardinal(number)}${tight.replace(/(?<=^[만억조천])(?=.)/, " ")}`;
    // The parts of a date are one word each; other counters stand apart.
    return /^(?:년|년대|일|분|초|층|호|도|원|세기|회|등|점|위|박)$/.test(tight) && /^(?:년|년대)$/.test(tight)
      ? `${cardinal(number)}${counter}`
      : `${cardinal(number)} ${counter}`;
  },
  units: unitsOf(1),
  currencies: currenciesOf(1),
  join: " ",
  signs: {
    "-": "마이너스",
    "+": "플러스",
    "±": "플러스마이너스",
    "=": "은",
    "≠": "같지 않음",
    "≈": "약",
    "≒": "약",
    "≤": "이하",
    "≥": "이상",
    "<": "미만",
    ">": "초과",
    "×": "곱하기",
    "÷": "나누기",
    "√": "루트",
    "%": "퍼센트",
    "‰": "퍼밀",
    "°": "도",
    "℃": "도",
    "℉": "화씨 도",
    "№": "번호",
    "§": "항",
    "&": "앤드",
    "@": "골뱅이",
    "€": "유로",
    $: "달러",
    "£": "파운드",
    "¥": "엔",
    "∞": "무한대",
    ".": "점",
    "~": "에서",
    speed: "시속",
    more: "더하기",
    less: "빼기",
  },
  date: (year, month, day) =>
    [
      year === undefined ? "" : `${cardinal(year)}년`,
      `${month === "6" ? "유" : month === "10" ? "시" : cardinal(month)}월`,
      `${cardinal(day)}일`,
    ]
      .join(" ")
      .trim(),
  time(hour, minute, second) {
    const said = `${Number(hour) <= 12 ? (native(hour) ?? "영") : cardinal(hour)} 시`;
    const minutes = minute === "00" && second === undefined ? "" : ` ${cardinal(minute)} 분`;
    return `${said}${minutes}${second === undefined ? "" : ` ${cardinal(second)} 초`}`;
  },
  belowZero: "영하",
  range: (from, to) => `${from}에서 ${to}`,
  fraction: (above, below) => `${below}분의 ${above}`,
  ratio: (left, right) => `${left} 대 ${right}`,
  power: (exponent) => (exponent === "이" ? " 제곱" : exponent === "삼" ? " 세제곱" : `의 ${exponent} 제곱`),
  few(from, to, counter) {
    const n = Number(from);
    if (Number(to) !== n + 1 || n < 1 || n > 8) return undefined;
    const isNative = nativeCounters.has(counter) && counter !== "시";
    return `${isNative ? nativeFew[n] : cardinal(from) + cardinal(to)} ${counter}`;
  },
  overCues: /혈압[^\d.!?。]{0,8}$/,
  over: "에 ",
  formula: {
    letter: (letter) => letterNames[letter.toLowerCase()] ?? greekOf(1)[letter] ?? letter,
    equals: (left) => `${left}${endsInConsonant(left) ? "은" : "는"}`,
  },
  address: { dot: "닷", at: "골뱅이", hyphen: "하이픈", underscore: "언더바", join: " ", digits: spell },
  greek: greekOf(1),
  beside: {
    morning: "오전",
    afternoon: "오후",
    parts: "다시",
    numbered: new Map([
      ["lv", "레벨"],
      ["vol", "볼륨"],
      ["fig", "그림"],
      ["ch", "챕터"],
      ["ep", "에피소드"],
    ]),
    page: "페이지",
    bound: (unknown, limit, word) => `${unknown}${endsInConsonant(unknown) ? "이" : "가"} ${limit} ${word}`,
    bounds: { "≥": "이상", "≤": "이하", ">": "초과", "<": "미만" },
  },
  labels: {
    weekdays: "월화수목금토일",
    weekday: (letter) => `${letter}요일`,
    particle:
      /(?:[은는이가을를의에와과도로](?![가-힣])|으로|부터|까지|에서|에게|입니다|이에요|예요|이고|이며|인데|이라|라는|처럼|보다|이나|이면)/,
    events:
      /^\s?(?:전쟁|운동|혁명|민주|절|광복|참사|선언|사태|항쟁|만세|의거|공동|쿠데타|정변|비상|계엄|합의|테러|군사|사변|사건|대책|조치|내란)/,
    places: /^\s?(?:석|열|좌석|출구|게이트|구역|블록|반|동|호|홀)/,
    version: "버전",
    numbered: "넘버",
    first: "넘버 원",
    borrowed: new Map([
      ["2D", "투디"],
      ["3D", "쓰리디"],
      ["1+1", "원 플러스 원"],
      ["2+1", "투 플러스 원"],
      ["24/7", "이십사 시간 연중무휴"],
    ]),
  },
  shortForms: new Map([
    ["Wi-Fi", "와이파이"],
    ["A/S", "AS"],
    ["CO₂", "CO 투"],
    ["CO2", "CO 투"],
  ]),
  groupJoin: " ",
  codeCues:
    /(?:전화|번호|코드|비밀번호|핀|내선|우편번호|끝자리|뒷자리|예약|주문|인증|고객센터|문의|다이얼|편명|계좌)[^\d.!?。]{0,8}$/,
  versionCues:
    /(?:버전|ver\.?|v|iOS|Android|안드로이드|Python|파이썬|Node(?:\.js)?|macOS|Windows|윈도우|Ubuntu|Java)\s?$/i,
  scoreCues: /(?:스코어|득점|이겼|승리|패배|졌|경기|무승부|꺾|세트|리드|비율)/,
  dateCues: /(?:발표|마감|기한|일정|날짜|개강|개봉|출발|도착|결제일|예정일)[은는이가도]?\s?$/,
  partCues: /(?:술|컵|약|전체의|확률은)\s?$/,
  perCounters: "개월|월|년|일|박|인|명|개|회|병|장|시간|주|건|분",
  per: (amount, of) => `${of}당 ${amount}`,
  dateFollowers: /^\s?(?:[（(][월화수목금토일]|에|부터|까지|은|는|의|,|~)/,
};
