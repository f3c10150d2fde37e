import { readCurrencies, readUnits } from "../western/nouns.ts";

/** Nouns for units of measure and for other abbreviations after numbers, keyed by written form. */
export const units = readUnits(
  `
% = n/per cento/per cento
‰ = m/per mille/per mille
°C ℃ ºC = m/grado Celsius/gradi Celsius
°F ℉ ºF = m/grado Fahrenheit/gradi Fahrenheit
° º = m/grado/gradi
m = m/metro/metri
km Km = m/chilometro/chilometri
cm = m/centimetro/centimetri
mm = m/millimetro/millimetri
″ = m/pollice/pollici
mmHg = m/millimetro di mercurio/millimetri di mercurio
m² m2 mq = m/metro quadrato/metri quadrati
km² km2 = m/chilometro quadrato/chilometri quadrati
cm² = m/centimetro quadrato/centimetri quadrati
m³ m3 = m/metro cubo/metri cubi
cm³ = m/centimetro cubo/centimetri cubi
Mpx Mpix MP = m/megapixel/megapixel
p/min = m/battito al minuto/battiti al minuto
loc. = m/locale/locali
cam. = f/camera/camere
N·m Nm = m/newton metro/newton metro
pt pt. pti = m/punto/punti
ha = m/ettaro/ettari
g gr = m/grammo/grammi
kg Kg = m/chilo/chili
hg = m/ettogrammo/ettogrammi
mg = m/milligrammo/milligrammi
t = f/tonnellata/tonnellate
l L = m/litro/litri
ml mL = m/millilitro/millilitri
cl = m/centilitro/centilitri
dl = m/decilitro/decilitri
s sec = m/secondo/secondi
min = m/minuto/minuti
h = f/ora/ore
W = m/watt/watt
kW = m/chilowatt/chilowatt
V = m/volt/volt
A = m/ampere/ampere
mAh = m/milliamperora/milliamperora
Hz = m/hertz/hertz
Pa = m/pascal/pascal
J = m/joule/joule
N = m/newton/newton
Wh = m/wattora/wattora
kWh = m/chilowattora/chilowattora
cal = f/caloria/calorie
kcal = f/chilocaloria/chilocalorie
mol = f/mole/moli
bar = m/bar/bar
dB = m/decibel/decibel
B = m/byte/byte
KB kB = m/kilobyte/kilobyte
MB = m/megabyte/megabyte
GB = m/gigabyte/gigabyte
TB = m/terabyte/terabyte
bit = m/bit/bit
Mb/s Mbps = m/megabit al secondo/megabit al secondo
px = m/pixel/pixel
gg gg. = m/giorno/giorni
cpr. = f/compressa/compresse
cps. = f/capsula/capsule
CV = m/cavallo/cavalli
bpm = m/battito al minuto/battiti al minuto
ppm = f/parte per milione/parti per milione
UI = f/unità internazionale/unità internazionali
mln = m/milione/milioni
mld = m/miliardo/miliardi
cucch. = m/cucchiaio/cucchiai
ab. = m/abitante/abitanti
pers. = f/persona/persone
pz. = m/pezzo/pezzi
q q. = m/quintale/quintali
`,
  "chilo mega giga tera milli micro nano etto centi deci",
);

/** The nouns for currencies and their hundredths, by sign and code. */
export const currencies = readCurrencies(`
€ EUR euro = m/euro/euro + m/centesimo/centesimi
R$ BRL = m/real/reais + m/centavo/centavos
$ US$ USD dollari dollaro = m/dollaro/dollari + m/centesimo/centesimi
£ GBP = f/sterlina/sterline + m/penny/pence
¥ JPY = m/yen/yen
CNY RMB = m/yuan/yuan
CHF = m/franco svizzero/franchi svizzeri + m/centesimo/centesimi
₽ = m/rublo/rubli
₹ = f/rupia/rupie
₩ = m/won/won
₿ BTC = m/bitcoin/bitcoin
`);
