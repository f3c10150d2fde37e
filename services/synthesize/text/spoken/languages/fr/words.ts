import { readCurrencies, readUnits } from "../western/nouns.ts";

/** Nouns for units of measure and for other abbreviations after numbers, keyed by written form. */
export const units = readUnits(
  `
% = m/pour cent/pour cent
‰ = m/pour mille/pour mille
°C ℃ ºC = m/degré Celsius/degrés Celsius
°F ℉ = m/degré Fahrenheit/degrés Fahrenheit
° º = m/degré/degrés
m = m/mètre/mètres
km = m/kilomètre/kilomètres
cm = m/centimètre/centimètres
mm = m/millimètre/millimètres
″ = m/pouce/pouces
mmHg = m/millimètre de mercure/millimètres de mercure
m² m2 = m/mètre carré/mètres carrés
km² km2 = m/kilomètre carré/kilomètres carrés
cm² = m/centimètre carré/centimètres carrés
m³ m3 = m/mètre cube/mètres cubes
cm³ = m/centimètre cube/centimètres cubes
Mpx Mpix MP = m/mégapixel/mégapixels
p/min = m/battement par minute/battements par minute
N·m Nm = m/newton-mètre/newtons-mètres
ha = m/hectare/hectares
g = m/gramme/grammes
kg Kg = m/kilogramme/kilogrammes
t = f/tonne/tonnes
l L = m/litre/litres
ml mL = m/millilitre/millilitres
cl cL = m/centilitre/centilitres
dl dL = m/décilitre/décilitres
s sec = f/seconde/secondes
min mn = f/minute/minutes
h = f/heure/heures
j = m/jour/jours
W = m/watt/watts
V = m/volt/volts
A = m/ampère/ampères
Ah = m/ampère-heure/ampères-heures
mAh = m/milliampère-heure/milliampères-heures
Hz = m/hertz/hertz
Pa = m/pascal/pascals
J = m/joule/joules
N = m/newton/newtons
Wh = m/wattheure/wattheures
cal = f/calorie/calories
mol = f/mole/moles
bar = m/bar/bars
dB = m/décibel/décibels
o = m/octet/octets
Ko ko = m/kilooctet/kilooctets
Mo = m/mégaoctet/mégaoctets
Go = m/gigaoctet/gigaoctets
To = m/téraoctet/téraoctets
B = m/octet/octets
KB kB = m/kilooctet/kilooctets
bit = m/bit/bits
Mb/s Mbps = m/mégabit par seconde/mégabits par seconde
px = m/pixel/pixels
M€ = m/million d'euros/millions d'euros
k€ = m/millier d'euros/mille euros
Md€ Mds€ = m/milliard d'euros/milliards d'euros
c._à_s. c.à.s. càs cs = f/cuillère à soupe/cuillères à soupe
c._à_c. c.à.c. càc = f/cuillère à café/cuillères à café
pts pt = m/point/points
cp. cp = m/comprimé/comprimés
ch CV = m/cheval/chevaux
bpm = m/battement par minute/battements par minute
tr/min = m/tour par minute/tours par minute
nœuds nœud = m/nœud/nœuds
ppm = f/partie par million/parties par million
UI = f/unité internationale/unités internationales
kcal = f/kilocalorie/kilocalories
c._à_soupe = f/cuillère à soupe/cuillères à soupe
c._à_café = f/cuillère à café/cuillères à café
hab. = m/habitant/habitants
pers. = f/personne/personnes
`,
  "kilo méga giga téra milli micro nano hecto centi déci",
);

/** Nouns for currencies and their subunits, keyed by written form. */
export const currencies = readCurrencies(`
€ EUR euros euro = m/euro/euros + m/centime/centimes
R$ BRL = m/real/reais + m/centavo/centavos
$ US$ USD dollars dollar = m/dollar/dollars + m/cent/cents
£ GBP = f/livre/livres + m/penny/pence
¥ JPY = m/yen/yens
CNY RMB = m/yuan/yuans
CHF = m/franc suisse/francs suisses + m/centime/centimes
CA$ C$ CAD $CA = m/dollar canadien/dollars canadiens + m/cent/cents
₽ = m/rouble/roubles
₩ = m/won/wons
₹ = f/roupie/roupies
₿ BTC = m/bitcoin/bitcoins
`);

/** Words such as "est" and "de": after a number, they are not nouns that the number counts. */
export const functionWords = new Set(
  "est et ou à au aux de du des en le la les un une pour par sur sous dans avec sans plus moins fois pas ne se ce qui que dont où si mais donc car sont était ont a y il elle on nous vous ils elles".split(
    " ",
  ),
);
