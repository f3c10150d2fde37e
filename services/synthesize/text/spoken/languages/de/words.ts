import { readCurrencies, readUnits } from "../western/nouns.ts";

/** Units of measure and short words after numbers. */
export const units = readUnits(
  `
% = n/Prozent/Prozent
‰ = n/Promille/Promille
°C ℃ ºC = m/Grad Celsius/Grad Celsius
°F ℉ = m/Grad Fahrenheit/Grad Fahrenheit
° º = m/Grad/Grad
m = m/Meter/Meter
km = m/Kilometer/Kilometer
cm = m/Zentimeter/Zentimeter
mm = m/Millimeter/Millimeter
m² m2 qm = m/Quadratmeter/Quadratmeter
km² km2 = m/Quadratkilometer/Quadratkilometer
cm² = m/Quadratzentimeter/Quadratzentimeter
m³ m3 = m/Kubikmeter/Kubikmeter
cm³ = m/Kubikzentimeter/Kubikzentimeter
ha = m/Hektar/Hektar
g = n/Gramm/Gramm
kg Kg = n/Kilogramm/Kilogramm
mg = n/Milligramm/Milligramm
t = f/Tonne/Tonnen
l L = m/Liter/Liter
ml mL = m/Milliliter/Milliliter
s Sek. Sek = f/Sekunde/Sekunden
min Min. Min = f/Minute/Minuten
h Std. Std = f/Stunde/Stunden
W = n/Watt/Watt
kW = n/Kilowatt/Kilowatt
V = n/Volt/Volt
A = n/Ampere/Ampere
Ah = f/Amperestunde/Amperestunden
Hz = n/Hertz/Hertz
Pa = n/Pascal/Pascal
J = n/Joule/Joule
N = n/Newton/Newton
Wh = f/Wattstunde/Wattstunden
cal = f/Kalorie/Kalorien
mol = n/Mol/Mol
bar = n/Bar/Bar
dB = n/Dezibel/Dezibel
B = n/Byte/Byte
KB kB = n/Kilobyte/Kilobyte
MB = n/Megabyte/Megabyte
GB = n/Gigabyte/Gigabyte
TB = n/Terabyte/Terabyte
bit = n/Bit/Bit
Mbit/s Mbps = n/Megabit pro Sekunde/Megabit pro Sekunde
px = n/Pixel/Pixel
PS = f/P S/P S
mmHg = m/Millimeter Quecksilbersäule/Millimeter Quecksilbersäule
Nm = m/Newtonmeter/Newtonmeter
kcal = f/Kilokalorie/Kilokalorien
J. = n/Jahr/Jahre
EL = m/Esslöffel/Esslöffel
TL = m/Teelöffel/Teelöffel
Mio. Mio = f/Million/Millionen
Mrd. Mrd = f/Milliarde/Milliarden
Tsd. = n/Tausend/Tausend
`,
  "Kilo Mega Giga Tera Milli Mikro Nano Hekto Zenti Dezi",
);

/** Currencies. */
export const currencies = readCurrencies(`
€ EUR Euro = m/Euro/Euro + m/Cent/Cent
$ US$ USD Dollar = m/Dollar/Dollar + m/Cent/Cent
£ GBP = n/Pfund/Pfund + m/Penny/Pence
¥ JPY = m/Yen/Yen
CNY RMB = m/Yuan/Yuan
CHF Fr. = m/Schweizer Franken/Schweizer Franken + m/Rappen/Rappen
CA$ CAD = m/kanadischer Dollar/kanadische Dollar + m/Cent/Cent
₽ = m/Rubel/Rubel
₩ = m/Won/Won
₹ = f/Rupie/Rupien
₿ BTC = m/Bitcoin/Bitcoin
`);

/** Genders of nouns that often follow a number and whose ending does not tell. */
export const feminineNouns = new Set(
  "Stunde Minute Sekunde Woche Person Seite Tasse Flasche Dose Packung Zehe Zwiebel Möhre Karotte Tomate Gurke Zitrone Prise Scheibe Nacht Frau Katze Stadt Straße Karte Frage Antwort Aufgabe Sache Art Hand Reihe Runde Mahlzeit Tablette Etage Haltestelle Station Million Milliarde Kugel Dosis Familie Idee Stufe Gruppe Klasse Nachricht Mail Email E-Mail Treppe Banane Orange Kartoffel Tonne Rupie Pause Schwester Tochter Mutter Wohnung Übung Bestellung Buchung Messerspitze Handvoll Option Lektion Portion".split(
    " ",
  ),
);
export const neuterNouns = new Set(
  "OG EG UG Obergeschoss Erdgeschoss Jahr Zimmer Kind Ei Glas Stück Buch Haus Auto Mal Bild Bett Prozent Kilo Gramm Pfund Paar Wort Spiel Tor Foto Video Ticket Blatt Land Tier Gerät Bier Brot Brötchen Mädchen Päckchen Ergebnis Problem Beispiel Kapitel Semester Drittel Viertel Wochenende Dutzend Quartal Byte Megabyte Gigabyte Team Lied Rezept Monatsticket Handy Konto Paket".split(
    " ",
  ),
);
