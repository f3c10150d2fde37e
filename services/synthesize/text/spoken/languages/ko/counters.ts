import { cardinal, native, spellDecimal } from "./number.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Counters that take native Korean numerals: 세 개. */
const nativeCounters = words(`
  개 명 사람 마리 살 시 시간 번 번째 권 잔 병 장 대 송이 그루 켤레 가지 달 곳 통 벌 채 자루 군데 알 판 줄 컵 조각 그릇 숟가락 스푼 큰술 작은술
  접시 봉지 봉 상자 쌍 갑 척 편 건 모금 바퀴 걸음 차례 배 끼 포기 팩 캔 세트 가닥 공기 모 손 필 돌 입 술 톨 뼘 마디 꼬치 포대 다발 묶음 꾸러미
  움큼 꼬집 방울 토막 박스 문장 단어 글자 과목 종류 나라 도시 가구 칸 게임 경기 곡 스쿱 티스푼 국자 주먹 줌 잎 골 팀 식구 가족 형제 자매 남매 집
  발짝 갈래 테이블 타래 단지 돈
`);
/** Counters, and other words after a number, that take Sino-Korean numerals. */
const sinoCounters = words(`
  년대 년간 년 개월 개국 월 일간 일 시즌 분기 분 초 주일 주간 주 번지 개소 단계 순위 교시 학기 세기 세대 세 층 호선 호실 호차 호기 호 회 등급
  등 급 인분 인용 인승 인실 인 정 조 항 포 학년 반 쪽 페이지 차선 차로 차 도 퍼센트 프로 배속 킬로그램 킬로미터 킬로 미터 센티미터 센티 그램 리터
  밀리리터 밀리 칼로리 평 점 위 박 문항 종 전 승 무 패 자 행 열 절 강 선 동 군 코어 비트 화소 홈런 안타 타수 타점 할 푼 리 기 부 막 달러 유로
  엔 위안 원 만\\s?원 억\\s?원 조\\s?원 천\\s?원 만\\s?명 만 억 조 천 포인트 시리즈 라운드 이닝 회차 주차 일차 년차
`);
const isNative = new Set(nativeCounters);

/** All counters, as a pattern, longest first. */
export const counters = [...nativeCounters, ...sinoCounters].sort((a, b) => b.length - a.length).join("|");

/** Words after 번 that show that 번 means "No.", as in No. 3, and not "times". */
const numbered =
  /^\s?(?:출구|버스|국도|문제|선수|타자|채널|홀|방|테이블|게이트|트랙|홈|노선|번호|창구|항목|지문|보기|승강장|플랫폼|탑승구|좌석|레인|자리|버튼|키|구간|마을|입구|참가자|환자|고객|도로|타석|메뉴|[을은과의]|으로|입니다|이에|이고|이 맞|이 정답)/;
/** Matches a kind of musical work: 번 after it means the number of the work, as in 교향곡 오 번 (Symphony No. 5). */
const works =
  /(?:교향곡|협주곡|소나타|[삼사오육칠팔]중주곡?|왈츠|녹턴|야상곡|발라드|에튀드|연습곡|전주곡|모음곡|서곡|칸타타|환상곡|랩소디|광시곡|폴로네즈|마주르카|즉흥곡|스케르초|세레나데|심포니|무곡|카프리스|작품|변주곡|푸가|미사)\s?$/;
/** Matches words such as "a day" before a number with 번, which then means "times". */
const perTime = /(?:하루|매일|일주일에|주|한 달에|월|연|총|모두|최대)\s?(?:에\s)?$/;
/** Food whose pieces are counted with 쪽. After any other word, 쪽 means pages. */
const cloves = /(?:마늘|생강|귤|사과|배|감|레몬|오렌지|양파)\s?$/;
/** Words after 대 which show that it means a position in a series or a fixed group, not a machine: 3대 요소. */
const inOrder =
  /^\s?(?:강|양|주(?![가-힣])|독자|째|손|대통령|총리|회장|왕|국왕|황제|임금|국회|요소|원칙|영양소|명절|과제|의무|명산|미항|종교|문명|성인|진미|가수|메이저|리그|뉴스|키워드)/;
/** Words before a number of persons that are counted with respect (분). */
const respected = /(?:손님|고객|어르신|어른|선생님|부모님|환자|회원|총|모두)\s?$/;

/** Whether the counter takes native numerals in this context, even if it takes Sino-Korean numerals in others. */
function takesNative(number: string, counter: string, after: string, before: string): boolean {
  const n = Number(number);
  // After 제 or a multiplication sign, numerals are Sino-Korean: 제3대, 19×19줄.
  if (/(?:제|[×xX*])\s?$/.test(before)) return false;
  switch (counter) {
    case "쪽":
      return cloves.test(before);
    case "분":
      return (
        /^(?:이시|께|이 오|이서|의 손님|\s?모두)/.test(after) ||
        (respected.test(before) && !/^\s?(?:뒤|후|전|간|동안|이내|정도|\d)/.test(after))
      );
    case "시":
      return n <= 12;
    case "시간":
      return n < 20;
    case "대":
      return !(
        /^[1-9]0$/.test(number) ||
        /^\s?\d/.test(after) ||
        inOrder.test(after) ||
        /(?:세계|국내|한국|역대)\s?$/.test(before)
      );
    case "번":
      return (
        n <= 20 &&
        !works.test(before) &&
        !/번호[는은가이]?\s?$/.test(before) &&
        (!numbered.test(after) || perTime.test(before))
      );
    case "장":
      return !/^(?:에서|의|을 읽|을 보)?\s?\d+(?:절|항|페이지|쪽)/.test(after);
    case "배":
      return !/^속/.test(after);
    default:
      return isNative.has(counter);
  }
}

/**
 * Matches what may follow a counter that a space separates from its number. Anything else shows that the counter is
 * only the beginning of another word: 15 분, but not 5 개선.
 */
export const standsAlone =
  /^(?:[^가-힣]|$|[은는이가을를에의와과도로만]|씩|쯤|간|동안|이상|이하|정도|째|짜리|까지|부터|마다|당|입니|예요|였)/;

/** Short counters that are also the beginning of many other words. They are counters only at the end of a word: 3입. */
const short = new Set(
  words("입 손 술 집 골 팀 기 부 막 할 리 자 강 선 절 열 행 동 무 전 승 패 군 모 돌 줌 톨 돈 홈런 종 곡 줄 칸"),
);

/** The spoken form of a number with its counter; undefined if the word `counter` does not count anything here. */
export function count(number: string, counter: string, after: string, before: string): string | undefined {
  const tight = counter.replace(/\s/g, "");
  const [whole = "", part] = number.split(".");
  if (
    (short.has(tight) && !standsAlone.test(after)) ||
    (counter === "일" && /^\s(?:때|경우|확률|가능성|수\s)/.test(after))
  )
    return undefined;
  if (part !== undefined) return `${cardinal(whole)} 점 ${spellDecimal(part)} ${counter}`;
  if (counter === "월") {
    if (Number(number) < 1 || Number(number) > 12 || /^드/.test(after)) return undefined;
    return `${Number(number) === 6 ? "유" : Number(number) === 10 ? "시" : cardinal(number)}월`;
  }
  if (/제\s?$/.test(before) && /^[만억조천]$/.test(tight)) return `${cardinal(number)} ${counter}`;
  if (counter === "번째" && number === "1") return "첫 번째";
  const own = takesNative(number, tight, after, before) ? native(number) : undefined;
  if (own !== undefined) return `${own} ${counter}`;
  if (/^(?:만|억|조|천)/.test(tight))
    return `${number === "1" && !/^(?:억|조)/.test(tight) ? "" : cardinal(number)}${tight.replace(/(?<=^[만억조천])(?=.)/, " ")}`;
  return `${cardinal(number)} ${counter}`;
}

/** Pairs of consecutive native numerals ("one or two") before a counter, by the smaller number: 한두 개, 서너 명. */
const nativeFew = ["", "한두", "두세", "서너", "네다섯", "대여섯", "예닐곱", "일고여덟", "여덟아홉"];

/** Says two consecutive numbers as one estimate ("two or three"): 이삼 일, 두세 개; undefined if they form no estimate. */
export function few(from: string, to: string, counter: string): string | undefined {
  const n = Number(from);
  if (!/^\d+$/.test(from + to)) return undefined;
  if (Number(to) !== n + 1 || n < 1 || n > 8 || /^(?:월|시|층|학년|단계|도|점|등|위|차)$/.test(counter))
    return undefined;
  return `${isNative.has(counter) ? nativeFew[n] : cardinal(from) + cardinal(to)} ${counter}`;
}
