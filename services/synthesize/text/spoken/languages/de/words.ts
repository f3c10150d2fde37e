import { readCurrencies, readUnits } from "../western/nouns.ts";

/** Nouns for units of measure and other abbreviations after numbers, by their written form. */
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
Tabl. Tbl. = f/Tablette/Tabletten
Kps. Kaps. = f/Kapsel/Kapseln
Tr. = m/Tropfen/Tropfen
Amp. = f/Ampulle/Ampullen
Pers. = f/Person/Personen
Wdh. Wdh Wh. = f/Wiederholung/Wiederholungen
Hm hm = m/Höhenmeter/Höhenmeter
dpt = f/Dioptrie/Dioptrien
mU = f/Millieinheit/Millieinheiten
ct Ct. = m/Cent/Cent
Pkg. Pack. = f/Packung/Packungen
Pck. Päck. = n/Päckchen/Päckchen
Stk. Stck. = n/Stück/Stück
Fl. = f/Flasche/Flaschen
Ds. = f/Dose/Dosen
Msp. = f/Messerspitze/Messerspitzen
Zi. = n/Zimmer/Zimmer
Zi.-Whg. = f/Zimmer-Wohnung/Zimmer-Wohnungen
Wo. = f/Woche/Wochen
Mon. = m/Monat/Monate
Pkt. = m/Punkt/Punkte
Einw. = m/Einwohner/Einwohner
Bl. = n/Blatt/Blatt
Sch. = f/Scheibe/Scheiben
qkm = m/Quadratkilometer/Quadratkilometer
Ltr. = m/Liter/Liter
IE I.E. = f/internationale Einheit/internationale Einheiten
sm = f/Seemeile/Seemeilen
kn = m/Knoten/Knoten
mi = f/Meile/Meilen
ft = m/Fuß/Fuß
mph = f/Meile pro Stunde/Meilen pro Stunde
dl = m/Deziliter/Deziliter
cl = m/Zentiliter/Zentiliter
MP = n/Megapixel/Megapixel
bpm = m/Schlag pro Minute/Schläge pro Minute
fps = n/Bild pro Sekunde/Bilder pro Sekunde
Ω = n/Ohm/Ohm
eV = n/Elektronenvolt/Elektronenvolt
hPa = n/Hektopascal/Hektopascal
`,
  "Kilo Mega Giga Tera Milli Mikro Nano Hekto Zenti Dezi",
);

/** Currencies, one per line: symbols and codes, `=`, gender/singular/plural, `+`, the same for the hundredth. */
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

/** Feminine nouns that often follow a number and whose ending does not show their gender. */
export const feminineNouns = new Set(
  "Stunde Minute Sekunde Woche Person Seite Tasse Flasche Dose Packung Zehe Zwiebel Möhre Karotte Tomate Gurke Zitrone Prise Scheibe Nacht Frau Katze Stadt Straße Karte Frage Antwort Aufgabe Sache Art Hand Reihe Runde Mahlzeit Tablette Etage Haltestelle Station Million Milliarde Kugel Dosis Familie Idee Stufe Gruppe Klasse Nachricht Mail Email E-Mail Treppe Banane Orange Kartoffel Tonne Rupie Pause Schwester Tochter Mutter Wohnung Übung Bestellung Buchung Messerspitze Handvoll Option Lektion Portion Ziffer Nummer Mauer Steuer Feier Schulter Feder Butter Leber Nadel Tafel Kartoffel Schüssel Gabel Regel Insel Kapsel Ampel Fahrt Zahl Wahl Qual Tür Uhr Spur Bar Bahn Couch Bank Nuss Wurst Kraft Luft Nacht Wand Hand Stadt Angst Brust Haut Maus Gans Kuh Axt Faust Frist Pflicht Sicht Schicht Schrift Last Post Art Form Norm Reform Firma Pizza Cola Villa Kamera Paprika SMS App E-Mail Mail SIM-Karte CD DVD".split(
    " ",
  ),
);
export const neuterNouns = new Set(
  "OG EG UG Obergeschoss Erdgeschoss Jahr Zimmer Kind Ei Glas Stück Buch Haus Auto Mal Bild Bett Prozent Kilo Gramm Pfund Paar Wort Spiel Tor Foto Video Ticket Blatt Land Tier Gerät Bier Brot Brötchen Mädchen Päckchen Ergebnis Problem Beispiel Kapitel Semester Drittel Viertel Wochenende Dutzend Quartal Byte Megabyte Gigabyte Team Lied Rezept Monatsticket Handy Konto Paket Sonderzeichen Zeichen Ende Auge Interesse Gebäude Gemüse Gewürz Messer Fenster Theater Orchester Muster Wasser Leben Essen Treffen Leiden Unternehmen Becken Kissen Eisen Herz Bein Ohr Knie Hemd Kleid Rad Fahrrad Schiff Flugzeug Netz Gesetz Recht Amt Dorf Land Meer Feld Bad Bett Brett Fach Loch Tuch Dach Volt Watt Ampere Ohm Pascal Newton Joule Kilogramm Milligramm Terabyte Meeting Training Abo Update Passwort Symbol Signal Modell Format Menü Büro Café Kino Taxi Sofa Radio Auto Foto Album Datum Museum Zentrum Studium Praktikum Quadrat Gerät Angebot Verbot Pferd Schwein Huhn Ei Mehl Salz Öl".split(
    " ",
  ),
);
