/** Units of measure: their symbols, and their names in Japanese and Korean. */
const table = `
% ％ = パーセント / 퍼센트
‰ = パーミル / 퍼밀
°C ℃ = 度 / 도
°F ℉ = 華氏度 / 화씨 도
° = 度 / 도
km Km ㎞ = キロメートル / 킬로미터
m = メートル / 미터
cm ㎝ = センチメートル / 센티미터
mm ㎜ = ミリメートル / 밀리미터
nm = ナノメートル / 나노미터
μm µm = マイクロメートル / 마이크로미터
m² m2 ㎡ = 平方メートル / 제곱미터
km² km2 ㎢ = 平方キロメートル / 제곱킬로미터
cm² = 平方センチメートル / 제곱센티미터
m³ ㎥ = 立方メートル / 세제곱미터
cm³ = 立方センチメートル / 세제곱센티미터
cc ㏄ = シーシー / 시시
ha = ヘクタール / 헥타르
kg KG ㎏ = キログラム / 킬로그램
g = グラム / 그램
mg ㎎ = ミリグラム / 밀리그램
μg µg ㎍ = マイクログラム / 마이크로그램
t = トン / 톤
L l = リットル / 리터
mL ml ㎖ = ミリリットル / 밀리리터
dL = デシリットル / 데시리터
km/h = キロメートル毎時 / 킬로미터
km/s = キロメートル毎秒 / 킬로미터 퍼 세컨드
m/s = メートル毎秒 / 미터 퍼 세컨드
m/s² m/s^2 = メートル毎秒毎秒 / 미터 퍼 세컨드 제곱
mg/dL = ミリグラム毎デシリットル / 밀리그램 퍼 데시리터
mmol/L = ミリモル毎リットル / 밀리몰 퍼 리터
mg/kg = ミリグラム毎キログラム / 밀리그램 퍼 킬로그램
mg/L = ミリグラム毎リットル / 밀리그램 퍼 리터
g/cm³ = グラム毎立方センチメートル / 그램 퍼 세제곱센티미터
μg/m³ µg/m³ ㎍/㎥ ㎍/m³ = マイクログラム毎立方メートル / 마이크로그램 퍼 세제곱미터
min = 分 / 분
h = 時間 / 시간
s sec = 秒 / 초
ms = ミリ秒 / 밀리초
W = ワット / 와트
kW = キロワット / 킬로와트
MW = メガワット / 메가와트
kWh = キロワット時 / 킬로와트시
Wh = ワット時 / 와트시
V = ボルト / 볼트
A = アンペア / 암페어
mAh = ミリアンペア時 / 밀리암페어시
Ω = オーム / 옴
Hz = ヘルツ / 헤르츠
kHz = キロヘルツ / 킬로헤르츠
MHz = メガヘルツ / 메가헤르츠
GHz = ギガヘルツ / 기가헤르츠
J = ジュール / 줄
kJ = キロジュール / 킬로줄
cal = カロリー / 칼로리
kcal = キロカロリー / 킬로칼로리
N = ニュートン / 뉴턴
Pa = パスカル / 파스칼
hPa = ヘクトパスカル / 헥토파스칼
kPa = キロパスカル / 킬로파스칼
MPa = メガパスカル / 메가파스칼
mmHg = ミリメートルエイチジー / 밀리미터 에이치지
dB = デシベル / 데시벨
mol = モル / 몰
bit = ビット / 비트
B = バイト / 바이트
KB kB = キロバイト / 킬로바이트
MB = メガバイト / 메가바이트
GB = ギガバイト / 기가바이트
TB = テラバイト / 테라바이트
bps = ビーピーエス / 비피에스
kbps Kbps = キロビーピーエス / 킬로비피에스
fps = エフピーエス / 프레임
rpm = アールピーエム / 알피엠
psi = ピーエスアイ / 피에스아이
dpi = ディーピーアイ / 디피아이
ppi = ピーピーアイ / 피피아이
%p %pt ％p = パーセントポイント / 퍼센트포인트
pt = ポイント / 포인트
PS ps = 馬力 / 마력
hp = 馬力 / 마력
N·m N・m Nm = ニュートンメートル / 뉴턴미터
kgf·m = キログラムメートル / 킬로그램미터
Ah = アンペア時 / 암페어시
VA = ボルトアンペア / 볼트암페어
kVA = キロボルトアンペア / 킬로볼트암페어
mA = ミリアンペア / 밀리암페어
mV = ミリボルト / 밀리볼트
kV = キロボルト / 킬로볼트
mW = ミリワット / 밀리와트
kN = キロニュートン / 킬로뉴턴
atm = 気圧 / 기압
bar = バール / 바
IU = 国際単位 / 아이유
mEq = ミリ当量 / 밀리당량
mmol = ミリモル / 밀리몰
mol/L = モル毎リットル / 몰 퍼 리터
g/dL = グラム毎デシリットル / 그램 퍼 데시리터
g/mol = グラム毎モル / 그램 퍼 몰
J/K = ジュール毎ケルビン / 줄 퍼 켈빈
N/m = ニュートン毎メートル / 뉴턴 퍼 미터
μSv/h µSv/h = マイクロシーベルト毎時 / 시간당 마이크로시버트
mSv = ミリシーベルト / 밀리시버트
μSv µSv = マイクロシーベルト / 마이크로시버트
kgf = キログラム重 / 킬로그램힘
oz = オンス / 온스
lb lbs = ポンド / 파운드
ft = フィート / 피트
inch = インチ / 인치
mph = マイル毎時 / 마일
ℓ = リットル / 리터
㎾ = キロワット / 킬로와트
PB = ペタバイト / 페타바이트
hrs hr = 時間 / 시간
Mbps = メガビーピーエス / 메가비피에스
Gbps = ギガビーピーエス / 기가비피에스
px = ピクセル / 픽셀
lx = ルクス / 럭스
ppm = ピーピーエム / 피피엠
`;

const currencyTable = `
¥ ￥ JPY = 円 / 엔
$ US$ USD = ドル / 달러
€ EUR = ユーロ / 유로
£ GBP = ポンド / 파운드
₩ KRW = ウォン / 원
CNY RMB 元 = 元 / 위안
₽ = ルーブル / 루블
₹ = ルピー / 루피
฿ = バーツ / 바트
CHF = スイスフラン / 스위스 프랑
HK$ = 香港ドル / 홍콩 달러
NT$ = 台湾ドル / 대만 달러
A$ = オーストラリアドル / 호주 달러
CA$ = カナダドル / 캐나다 달러
₿ BTC = ビットコイン / 비트코인
`;

/** Reads one language's names from a table, keyed by symbol; `language` is 0 for Japanese and 1 for Korean. */
function namesOf(text: string, language: 0 | 1): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const [written = "", both = ""] = line.split(" = ");
    for (const way of written.split(" ")) names.set(way, both.split(" / ")[language] ?? "");
  }
  return names;
}

/** The names of units of measure, by symbol; `language` is 0 for Japanese and 1 for Korean. */
export const unitsOf = (language: 0 | 1): ReadonlyMap<string, string> => namesOf(table, language);
/** The names of currencies, by symbol; `language` is 0 for Japanese and 1 for Korean. */
export const currenciesOf = (language: 0 | 1): ReadonlyMap<string, string> => namesOf(currencyTable, language);
