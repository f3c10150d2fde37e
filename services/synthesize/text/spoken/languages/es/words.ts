import { readCurrencies, readUnits } from "../western/nouns.ts";

/** Nouns for units of measure and other abbreviations after numbers, by their written form. */
export const units = readUnits(
  `
% = n/por ciento/por ciento
‰ = m/por mil/por mil
°C ℃ ºC = m/grado Celsius/grados Celsius
°F ℉ ºF = m/grado Fahrenheit/grados Fahrenheit
° º = m/grado/grados
m = m/metro/metros
km Km = m/kilómetro/kilómetros
cm = m/centímetro/centímetros
mm = m/milímetro/milímetros
″ = f/pulgada/pulgadas
mmHg = m/milímetro de mercurio/milímetros de mercurio
m² m2 = m/metro cuadrado/metros cuadrados
km² km2 = m/kilómetro cuadrado/kilómetros cuadrados
cm² = m/centímetro cuadrado/centímetros cuadrados
m³ m3 = m/metro cúbico/metros cúbicos
cm³ = m/centímetro cúbico/centímetros cúbicos
Mpx Mpix MP = m/megapíxel/megapíxeles
p/min = f/pulsación por minuto/pulsaciones por minuto
dorm. dorms. = m/dormitorio/dormitorios
N·m Nm = m/newton metro/newtons metro
pts pts. ptos. = m/punto/puntos
ha = f/hectárea/hectáreas
g gr = m/gramo/gramos
kg Kg = m/kilogramo/kilogramos
t = f/tonelada/toneladas
l L = m/litro/litros
ml mL = m/mililitro/mililitros
cl = m/centilitro/centilitros
s seg = m/segundo/segundos
min = m/minuto/minutos
h hrs = f/hora/horas
W = m/vatio/vatios
kW = m/kilovatio/kilovatios
MW = m/megavatio/megavatios
V = m/voltio/voltios
A = m/amperio/amperios
mAh = m/miliamperio hora/miliamperios hora
Hz = m/hercio/hercios
Pa = m/pascal/pascales
J = m/julio/julios
N = m/newton/newtons
Wh = m/vatio hora/vatios hora
kWh = m/kilovatio hora/kilovatios hora
cal = f/caloría/calorías
kcal = f/kilocaloría/kilocalorías
mol = m/mol/moles
bar = m/bar/bares
dB = m/decibelio/decibelios
B = m/byte/bytes
KB kB = m/kilobyte/kilobytes
MB = m/megabyte/megabytes
GB = m/gigabyte/gigabytes
TB = m/terabyte/terabytes
bit = m/bit/bits
Mb/s Mbps = m/megabit por segundo/megabits por segundo
px = m/píxel/píxeles
M€ = m/millón de euros/millones de euros
cda. cdas. cda cdas cs. = f/cucharada/cucharadas
cdta. cdtas. cdta cdtas cdita. cditas. = f/cucharadita/cucharaditas
tz. tza. tzas. = f/taza/tazas
comp. = m/comprimido/comprimidos
cáps. = f/cápsula/cápsulas
CV cv = m/caballo/caballos
lpm = m/latido por minuto/latidos por minuto
bpm = m/latido por minuto/latidos por minuto
rpm = f/revolución por minuto/revoluciones por minuto
ppm = f/parte por millón/partes por millón
UI = f/unidad internacional/unidades internacionales
hab. = m/habitante/habitantes
pers. = f/persona/personas
uds. ud. = f/unidad/unidades
pzas. pza. = f/pieza/piezas
`,
  "kilo mega giga tera mili micro nano hecto centi deci",
);

/** The nouns for currencies, by symbol and code; `readCurrencies` explains the format. */
export const currencies = readCurrencies(`
€ EUR euros euro = m/euro/euros + m/céntimo/céntimos
R$ BRL = m/real/reales + m/centavo/centavos
$ US$ USD dólares dólar = m/dólar/dólares + m/centavo/centavos
MX$ MXN = m/peso mexicano/pesos mexicanos + m/centavo/centavos
COP = m/peso colombiano/pesos colombianos + m/centavo/centavos
CLP = m/peso chileno/pesos chilenos
UYU = m/peso uruguayo/pesos uruguayos + m/centavo/centavos
PEN = m/sol/soles + m/céntimo/céntimos
AR$ ARS = m/peso argentino/pesos argentinos + m/centavo/centavos
£ GBP = f/libra/libras + m/penique/peniques
¥ JPY = m/yen/yenes
CNY RMB = m/yuan/yuanes
CHF = m/franco suizo/francos suizos + m/céntimo/céntimos
S/ = m/sol/soles + m/céntimo/céntimos
₽ = m/rublo/rublos
₹ = f/rupia/rupias
₩ = m/won/wones
₿ BTC = m/bitcoin/bitcoins
`);
