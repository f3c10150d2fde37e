import { readAbbreviations } from "./table.ts";

/** The abbreviations of Italian. */
export const italian = readAbbreviations(`
always
v. pag. = vedi a pagina
compl. ogg. = complemento oggetto
m. pl. = maschile plurale
f. pl. = femminile plurale
asc. = ascensore
part. pass. = participio passato
i. e. = cioè
c.p. = codice penale
c.p.c. = codice di procedura civile
ecc. = eccetera
etc. = eccetera
max.? = massimo
min. = minimo
cell. = cellulare
c.so = corso
p.zza = piazza
p.za = piazza
v.le = viale
n.b. = nota bene
N.B. = nota bene
vs = contro
ab. = abitanti
rif. = riferimento
cad. = cadauno
c.m. = corrente mese
C.le = Centrale
gent.mo = gentilissimo
gent.ma = gentilissima
q.b. = quanto basta
iscr. = iscrizione
s.n.c. = senza numero civico
sing. = singolare
plur. = plurale
pl. = plurale
pers. = persona
masc. = maschile
femm. = femminile
fem. = femminile
inf. = infinito
cong. = congiuntivo
ind. = indicativo
indic. = indicativo
cond. = condizionale
imperat. = imperativo
imperf. = imperfetto
pres. = presente
part. = participio
pass. pross. = passato prossimo
pass. rem. = passato remoto
ger. = gerundio
agg. = aggettivo
avv. = avverbio
prep. = preposizione
pron. = pronome
sost. = sostantivo
compl. = complemento
sogg. = soggetto
cpr. cps. loc. cam. cucch. gen. giu. lug. set. sett. ott. dic.
mart. merc. gio. giov. ven. sab. dom.
leading
secc.
cfr. = confronta
spett. = spettabile
p.es. = per esempio
ca. = circa
tel. = telefono
vs. = contro
p. es. = per esempio
ad es. = ad esempio
dr.ssa
trailing
a.C. = avanti Cristo
d.C. = dopo Cristo
a. C. = avanti Cristo
d. C. = dopo Cristo
name
Sig. = signor
Sig.ra = signora
sig. = signor
sig.ra = signora
Sig.na = signorina
Sigg. = signori
Dott. = dottor
dott. = dottor
Dott.ssa = dottoressa
dott.ssa = dottoressa
Dr. = dottor
dr. = dottor
Dr.ssa = dottoressa
Prof. = professor
prof. = professor
Prof.ssa = professoressa
prof.ssa = professoressa
Ing. = ingegner
ing. = ingegner
Avv. = avvocato
avv. = avvocato
Arch. = architetto
Geom. = geometra
Rag. = ragionier
Mons. = monsignor
S. = san
F.lli = fratelli
number
st. = stanza
op. = opera
ess. = esercizi
lez. = lezione
tab. = tabella
par. = paragrafo
D.Lgs. = decreto legislativo
D. Lgs. = decreto legislativo
D.L. = decreto legge
D.M. = decreto ministeriale
D.P.R. = decreto del presidente della Repubblica
bin. = binario
int. = interno
km.? = chilometro
pag. = pagina
pagg. = pagine
p. = pagina
pp. = pagine
art. = articolo
artt. = articoli
cap. = capitolo
vol. = volume
fig. = figura
nr. = numero
num. = numero
es. = esercizio
ed. = edizione
c. = comma
roman
sec. = secolo
secc. = secoli
`);
