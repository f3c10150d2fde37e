import { readAbbreviations } from "./table.ts";

/** What German writes short. */
export const german = readAbbreviations(`
always
Fr.
n. Chr. = nach Christus
v. Chr. = vor Christus
EL = Esslöffel
TL = Teelöffel
o. Ä. = oder Ähnliches
o. ä. = oder ähnliche
u. Ä. = und Ähnliches
s. o. = siehe oben
s. u. = siehe unten
p. a. = pro Jahr
a. M. = am Main
a. D. = außer Dienst
v. l. n. r. = von links nach rechts
Erw. = Erwachsene
usw. = und so weiter
etc. = et cetera
bspw. = beispielsweise
exkl. = exklusive
einschl. = einschließlich
abzgl. = abzüglich
max. = maximal
mind. = mindestens
mtl. = monatlich
tgl. = täglich
jährl. = jährlich
wöchentl. = wöchentlich
stdl. = stündlich
sog. = sogenannte
geb. = geboren
gest. = gestorben
verh. = verheiratet
urspr. = ursprünglich
allg. = allgemein
bes. = besonders
eig. = eigentlich
insb. = insbesondere
insbes. = insbesondere
durchschn. = durchschnittlich
gegr. = gegründet
engl. = englisch
dt. = deutsch
Nrn. = Nummern
Hbf. = Hauptbahnhof
Hbf = Hauptbahnhof
Bhf. = Bahnhof
Tab. = Tabelle
Kap. = Kapitel
Abschn. = Abschnitt
Aufl. = Auflage
Hrsg. = Herausgeber
Anm. = Anmerkung
Ziff. = Ziffer
Jh. = Jahrhundert
Jhd. = Jahrhundert
Jg. = Jahrgang
Stk. = Stück
Pck. = Päckchen
Pkg. = Packung
Msp. = Messerspitze
MwSt. = Mehrwertsteuer
MwSt = Mehrwertsteuer
USt. = Umsatzsteuer
EG = Erdgeschoss
OG = Obergeschoss
UG = Untergeschoss
Min. = Minuten
Sek. = Sekunden
Okt. Dez. Mär.
Mo. Di. Mi. Do. Sa. So.
leading
Dipl.-Ing. = Diplom-Ingenieur
i. A. = im Auftrag
z. Hd. = zu Händen
z. Zt. = zurzeit
m. E. = meines Erachtens
u. U. = unter Umständen
v. a. = vor allem
z. T. = zum Teil
i. d. R. = in der Regel
u. a. = unter anderem
bzw. = beziehungsweise
ggf. = gegebenenfalls
evtl. = eventuell
ca. = circa
inkl. = inklusive
zzgl. = zuzüglich
vgl. = vergleiche
gem. = gemäß
lt. = laut
Fam. = Familie
Nr. = Nummer
Tel. = Telefon
Abb. = Abbildung
Bd. = Band
Std. = Stunden
z. B. = zum Beispiel
d. h. = das heißt
Mio. Mrd. Tsd. Bzw.
trailing
Pl. = Platz
Str. = Straße
name
Fr. = Frau
St. = Sankt
Dr. = Doktor
Prof. = Professor
Hr. = Herr
Hrn. = Herrn
number
max = maximal
min. = mindestens
Art. = Artikel
Abs. = Absatz
S. = Seite
`);
