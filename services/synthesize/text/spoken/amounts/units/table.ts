/**
 * The basic units. The grammar in grammar.ts builds all others from them: a prefix before a symbol (`kPa`), a power
 * after it (`m³`), products (`N·m`) and quotients (`mg/kg/day`).
 */

/** A unit that is not composed of other units. */
export interface BaseUnit {
  /** The ways to write the unit; the first symbol identifies the unit in all tables of names. */
  readonly symbols: readonly string[];
  /** The prefixes that the unit's symbols take, one letter each. */
  readonly prefixes: string;
  /** Whether the unit is recognized only with a prefix, since its symbol alone usually means something else: `5M`. */
  readonly prefixed: boolean;
  /** Chinese name. */
  readonly zh: string;
  /** The unit's English name, singular and plural. */
  readonly en: readonly [one: string, many: string];
  /** Whether the unit measures length, so that its second power is an area and its third power a volume. */
  readonly length: boolean;
}

/** The Chinese and English names of the SI prefixes, by the letter of the prefix. */
export const prefixNames: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  p: ["皮", "pico"],
  n: ["纳", "nano"],
  μ: ["微", "micro"],
  m: ["毫", "milli"],
  c: ["厘", "centi"],
  d: ["分", "deci"],
  h: ["百", "hecto"],
  k: ["千", "kilo"],
  M: ["兆", "mega"],
  G: ["吉", "giga"],
  T: ["太", "tera"],
};

/**
 * Each line is a unit: its symbols (with an underscore for a space); the letters of the prefixes that it takes, after a
 * plus if a prefix is required, or a dash if it takes none; Chinese name; English name; English plural, if it is not
 * formed with -s.
 */
const lengths = `
m | nμmcdk | 米 | meter
ft | - | 英尺 | foot | feet
in inch | - | 英寸 | inch | inches
yd yds | - | 码 | yard
mi | - | 英里 | mile
km KM Km ㎞ | - | 公里 | kilometer
cm CM ㎝ | - | 厘米 | centimeter
mm ㎜ | - | 毫米 | millimeter`;

const others = `
㎡ | - | 平方米 | square meter
㎢ | - | 平方公里 | square kilometer
㎥ | - | 立方米 | cubic meter
㎤ cc | - | 立方厘米 | cubic centimeter
sqft | - | 平方英尺 | square foot | square feet
ha | - | 公顷 | hectare
ac | - | 英亩 | acre
ly | - | 光年 | light year
pc | +kM | 秒差距 | parsec
fl_oz fl._oz | - | 液量盎司 | fluid ounce
L l | nμdc | 升 | liter
mL ml ML ㎖ | - | 毫升 | milliliter
gal | - | 加仑 | gallon
qt qts | - | 夸脱 | quart
tbsp Tbsp | - | 汤匙 | tablespoon
tsp | - | 茶匙 | teaspoon
g | npμm | 克 | gram
kg KG Kg ㎏ | - | 公斤 | kilogram
mg ㎎ | - | 毫克 | milligram
μg mcg | - | 微克 | microgram
t | - | 吨 | ton
lb lbs | - | 磅 | pound
oz | - | 盎司 | ounce
Da | k | 道尔顿 | dalton
s sec secs | nμm | 秒 | second
min mins | - | 分钟 | minute
h hr hrs | - | 小时 | hour
d | - | 天 | day
wk wks | - | 周 | week
yr yrs | - | 年 | year
mph MPH | - | 英里每小时 | mile per hour | miles per hour
kmh kph | - | 公里每小时 | kilometer per hour | kilometers per hour
kn kt kts | - | 节 | knot
rpm RPM | - | 转每分钟 | revolution per minute | revolutions per minute
r rev | - | 转 | revolution
bpm BPM | - | 次每分钟 | beat per minute | beats per minute
mpg MPG | - | 英里每加仑 | mile per gallon | miles per gallon
fps FPS | - | 帧每秒 | frame per second | frames per second
mol | npμmk | 摩尔 | mole
M | +npμm | 摩尔每升 | molar | molar
U | m | 单位 | unit
IU | - | 国际单位 | international unit
mIU | - | 毫国际单位 | milli international unit
μIU µIU uIU | - | 微国际单位 | micro international unit
Eq | mμ | 当量 | equivalent
bbl | - | 桶 | barrel
pts | - | 分 | point
ppm | - | ppm | part per million | parts per million
ppb | - | ppb | part per billion | parts per billion
V | μmkM | 伏 | volt
KV | - | 千伏 | kilovolt
VA | kM | 伏安 | volt ampere
A | nμmk | 安 | amp
Ah | m | 安时 | amp hour
MAH | - | 毫安时 | milliamp hour
C | nμm | 库仑 | coulomb
F | pnμm | 法拉 | farad
H | nμm | 亨 | henry | henries
T | mμ | 特斯拉 | tesla | teslas
Wb | m | 韦伯 | weber
W | μmkMGT | 瓦 | watt
KW | - | 千瓦 | kilowatt
Wh | mkMGT | 瓦时 | watt hour
KWh kwh KWH | - | 千瓦时 | kilowatt hour
Wp | kM | 瓦峰值 | watt peak | watts peak
Ω | mG | 欧姆 | ohm
kΩ | - | 千欧 | kilohm
MΩ | - | 兆欧 | megohm
J | m | 焦耳 | joule
kJ KJ | - | 千焦 | kilojoule
MJ | - | 兆焦 | megajoule
GJ | - | 吉焦 | gigajoule
cal | - | 卡 | calorie
kcal Kcal KCAL | - | 千卡 | kilocalorie
BTU | - | BTU | B T U | B T U
eV | mkMGT | 电子伏 | electron volt
hp HP | - | 马力 | horsepower | horsepower
N | μmkM | 牛 | newton
Nm | - | 牛米 | newton meter
kgf | - | 公斤力 | kilogram force | kilograms force
lbf | - | 磅力 | pound force | pounds force
Pa | mhkMG | 帕 | pascal
KPa | - | 千帕 | kilopascal
Mpa | - | 兆帕 | megapascal
bar | m | 巴 | bar
psi PSI | - | psi | P S I | P S I
mmHg | - | 毫米汞柱 | millimeter of mercury | millimeters of mercury
inHg | - | 英寸汞柱 | inch of mercury | inches of mercury
atm | - | 个大气压 | atmosphere
Hz HZ hz | m | 赫兹 | hertz | hertz
kHz KHz KHZ khz | - | 千赫兹 | kilohertz | kilohertz
MHz MHZ Mhz | - | 兆赫兹 | megahertz | megahertz
GHz GHZ Ghz | - | 吉赫兹 | gigahertz | gigahertz
THz | - | 太赫兹 | terahertz | terahertz
Bq | kMGT | 贝克勒尔 | becquerel
Gy | mμ | 戈瑞 | gray
Sv | μm | 西弗 | sievert
dB db DB | - | 分贝 | decibel
dBm | - | dBm | D B M | D B M
dBA dB(A) | - | 分贝 | decibel
lm | - | 流明 | lumen
lx lux | - | 勒克斯 | lux | lux
cd | m | 坎德拉 | candela
nit nits | - | 尼特 | nit
rad | mμ | 弧度 | radian
K | m | 开尔文 | kelvin | kelvins
bit bits | kMG | 比特 | bit
B | - | 字节 | byte
KB kB | - | KB | kilobyte
MB | - | MB | megabyte
GB | - | GB | gigabyte
TB | - | TB | terabyte
PB | - | PB | petabyte
KiB | - | KiB | kibibyte
MiB | - | MiB | mebibyte
GiB | - | GiB | gibibyte
TiB | - | TiB | tebibyte
kbps Kbps | - | 千比特每秒 | kilobit per second | kilobits per second
Mbps mbps Mb/s | - | 兆比特每秒 | megabit per second | megabits per second
Gbps gbps Gb/s | - | 吉比特每秒 | gigabit per second | gigabits per second
MB/s | - | 兆字节每秒 | megabyte per second | megabytes per second
px | - | 像素 | pixel
dpi DPI | - | dpi | D P I | D P I
ppi PPI | - | ppi | P P I | P P I
MP | - | 百万像素 | megapixel
kW·h kW-h | - | 千瓦时 | kilowatt hour
ft-lb ft-lbs ft·lb ft·lbs | - | 英尺磅 | foot pound
lb-ft lb·ft | - | 磅英尺 | pound foot | pound feet
N-m | - | 牛米 | newton meter
°C ℃ ºC | - | 摄氏度 | degree Celsius | degrees Celsius
°F ℉ ºF | - | 华氏度 | degree Fahrenheit | degrees Fahrenheit
° º | - | 度 | degree
% ％ | - | % | percent | percent
‰ | - | ‰ | per mille | per mille`;

/**
 * Words that count as units only after a slash: the period, thing or person that an amount is for, as in `mg/day` or
 * `元/人`. A Chinese word is its own name.
 */
const shares = `
second | 秒 | second
minute | 分钟 | minute
hour | 小时 | hour
day 天 日 | 天 | day
night 晚 夜 | 晚 | night
week 周 星期 | 周 | week
month mo 月 | 月 | month
year y a 年 | 年 | year
person pax 人 | 人 | person
time 次 | 次 | time
dose 剂 | 剂 | dose
kilometer 公里 | 公里 | kilometer
mile 英里 | 英里 | mile
gallon | 加仑 | gallon
liter litre 升 | 升 | liter
pound 磅 | 磅 | pound
cell | 细胞 | cell
bbl barrel | 桶 | barrel
share | 股 | share
beat 拍 | 拍 | beat
千克 公斤 斤 克 吨 千 米 平方米 立方米 平 亩 公顷 度 分 时 秒 小时 分钟 季度 季 刻 件 个 盒 瓶 包 袋 箱 桶 罐 杯 碗 盘 片 粒 颗 支 只 枚 条 张 台 位 间 份 股 单 页 字 层 户 班 节 课 场 套 本 头 匹 座 床 车 辆 票 客 餐 毫升 厘米 千瓦时 公里 千米`;

function row(line: string, length: boolean): BaseUnit {
  const [symbols = "", prefixes = "", zh = "", one = "", many = `${one}s`] = line.split("|").map((cell) => cell.trim());
  return {
    symbols: symbols.split(" ").map((symbol) => symbol.replaceAll("_", " ")),
    prefixes: prefixes.replace(/[-+]/, ""),
    prefixed: prefixes.startsWith("+"),
    zh,
    en: [one, many],
    length,
  };
}

const rows = (text: string): string[] => text.trim().split("\n");

/** Units after a number, including symbols that could also be parsed as a prefix with another symbol: `min`, `ft`. */
export const baseUnits: readonly BaseUnit[] = [
  ...rows(lengths).map((line) => row(line, true)),
  ...rows(others).map((line) => row(line, false)),
];

/** Units that are recognized only after a slash, as "day" in `mg/day`. */
export const shareUnits: readonly BaseUnit[] = rows(shares).flatMap((line) => {
  const [symbols = "", zh = "", one = ""] = line.split("|").map((cell) => cell.trim());
  return symbols.split(" ").map((symbol) => {
    const name = /^[一-鿿]/.test(symbol) ? symbol : zh;
    return {
      symbols: [symbol],
      prefixes: "",
      prefixed: false,
      zh: name,
      en: [one || name, one === "" ? name : `${one}s`],
      length: false,
    };
  });
});

/** Characters with which a unit may begin. */
export const unitStarts = [
  ...new Set(baseUnits.flatMap(({ symbols, prefixes }) => [...prefixes, ...symbols.map((s) => s[0])])),
].join("");
