import { readCurrencies, readUnits } from "../western/nouns.ts";

/**
 * Nouns for units of measure and for other abbreviations after numbers. Each line: written forms =
 * gender/singular/plural.
 */
export const units = readUnits(
  `
% = m/por cento/por cento
‰ = m/por mil/por mil
°C ℃ ºC = m/grau Celsius/graus Celsius
°F ℉ ºF = m/grau Fahrenheit/graus Fahrenheit
° º = m/grau/graus
m = m/metro/metros
km Km = m/quilômetro/quilômetros
cm = m/centímetro/centímetros
mm = m/milímetro/milímetros
″ = f/polegada/polegadas
mmHg = m/milímetro de mercúrio/milímetros de mercúrio
m² m2 = m/metro quadrado/metros quadrados
km² km2 = m/quilômetro quadrado/quilômetros quadrados
cm² = m/centímetro quadrado/centímetros quadrados
m³ m3 = m/metro cúbico/metros cúbicos
cm³ = m/centímetro cúbico/centímetros cúbicos
Mpx Mpix MP = m/megapixel/megapixels
p/min = m/batimento por minuto/batimentos por minuto
q.to q.tos qto. qtos. = m/quarto/quartos
dorm. dorms. = m/dormitório/dormitórios
vg. vgs. = f/vaga/vagas
banh. = m/banheiro/banheiros
N·m Nm = m/newton-metro/newtons-metro
pts pts. = m/ponto/pontos
ha = m/hectare/hectares
g = m/grama/gramas
kg Kg = m/quilo/quilos
mg = m/miligrama/miligramas
t = f/tonelada/toneladas
l L = m/litro/litros
ml mL = m/mililitro/mililitros
s seg = m/segundo/segundos
min = m/minuto/minutos
h = f/hora/horas
W = m/watt/watts
kW = m/quilowatt/quilowatts
V = m/volt/volts
A = m/ampere/amperes
mAh = m/miliampere-hora/miliamperes-hora
Hz = m/hertz/hertz
Pa = m/pascal/pascals
J = m/joule/joules
N = m/newton/newtons
Wh = m/watt-hora/watts-hora
kWh = m/quilowatt-hora/quilowatts-hora
cal = f/caloria/calorias
kcal = f/quilocaloria/quilocalorias
mol = m/mol/mols
bar = m/bar/bares
dB = m/decibel/decibéis
B = m/byte/bytes
KB kB = m/kilobyte/kilobytes
MB = m/megabyte/megabytes
GB = m/gigabyte/gigabytes
TB = m/terabyte/terabytes
bit = m/bit/bits
Mb/s Mbps = m/megabit por segundo/megabits por segundo
px = m/pixel/pixels
comp. = m/comprimido/comprimidos
cáps. = f/cápsula/cápsulas
cv CV = m/cavalo/cavalos
bpm = m/batimento por minuto/batimentos por minuto
rpm = f/rotação por minuto/rotações por minuto
ppm = f/parte por milhão/partes por milhão
UI = f/unidade internacional/unidades internacionais
mi = m/milhão/milhões
bi = m/bilhão/bilhões
xíc. xícs. = f/xícara/xícaras
col. colh. c. = f/colher/colheres
pol. = f/polegada/polegadas
hab. = m/habitante/habitantes
pess. = f/pessoa/pessoas
un. unid. = f/unidade/unidades
pct. pcts. = m/pacote/pacotes
cx. = f/caixa/caixas
lt. = f/lata/latas
dz. = f/dúzia/dúzias
pp. = m/ponto percentual/pontos percentuais
c._(sopa) = f/colher de sopa/colheres de sopa
c._(chá) = f/colher de chá/colheres de chá
`,
  "quilo mega giga tera mili micro nano hecto centi deci",
);

/** Currencies, one per line: symbols and codes, `=`, the noun (gender/singular/plural), `+`, the hundredth's noun. */
export const currencies = readCurrencies(`
R$ BRL reais real = m/real/reais + m/centavo/centavos
€ EUR euros euro = m/euro/euros + m/centavo/centavos
$ US$ USD dólares dólar = m/dólar/dólares + m/centavo/centavos
£ GBP = f/libra/libras + m/pence/pence
¥ JPY = m/iene/ienes
CNY RMB = m/yuan/yuans
CHF = m/franco suíço/francos suíços + m/centavo/centavos
₽ = m/rublo/rublos
₹ = f/rupia/rupias
₩ = m/won/wons
₿ BTC = m/bitcoin/bitcoins
`);
