import { readAbbreviations } from "./table.ts";

/** What French writes short. */
export const french = readAbbreviations(`
always
ttes les = toutes les
ts les = tous les
th. de = théorème de
petit-déj. = petit-déjeuner
asc. = ascenseur
appart. = appartement
pers. sing. = personne du singulier
pers. pl. = personne du pluriel
fém. pl. = féminin pluriel
masc. pl. = masculin pluriel
f. pl. = féminin pluriel
m. pl. = masculin pluriel
ét. = étage
i. e. = c'est-à-dire
Mmes = mesdames
Mme = madame
Mlles = mesdemoiselles
Mlle = mademoiselle
etc. = et cetera
etc… = et cetera
c-à-d = c'est-à-dire
càd = c'est-à-dire
RDV = rendez-vous
rdv = rendez-vous
av. JC = avant Jésus-Christ
ap. JC = après Jésus-Christ
svp = s'il vous plaît
s.v.p. = s'il vous plaît
SVP = s'il vous plaît
env. = environ
max. = maximum
mini. = minimum
bd = boulevard
bld = boulevard
blvd = boulevard
appt = appartement
apt. = appartement
N.B. = nota bene
NB = nota bene
c. à s. = cuillères à soupe
c. à c. = cuillères à café
c.à.s = cuillères à soupe
c.à.c = cuillères à café
vs = contre
hab. = habitants
St- = saint-
Ste- = sainte-
tél. = téléphone
h/24 = heures sur vingt-quatre
j/7 = jours sur sept
qqch. = quelque chose
qqn = quelqu'un
ttc = toutes taxes comprises
TTC = toutes taxes comprises
HT = hors taxes
dép. = département
réf. = référence
rép. = réponse
arr. = arrondissement
pdt = pendant
p/r = par rapport
tjs = toujours
sing. = singulier
plur. = pluriel
du pl. = du pluriel
au pl. = au pluriel
et pl. = et pluriel
ou pl. = ou pluriel
masc. = masculin
fém. = féminin
pers. = personne
inf. = infinitif
subj. = subjonctif
ind. = indicatif
indic. = indicatif
cond. = conditionnel
impér. = impératif
imparf. = imparfait
prés. = présent
part. passé = participe passé
part. prés. = participe présent
adj. = adjectif
adv. = adverbe
prép. = préposition
conj. = conjonction
pron. = pronom
subst. = substantif
compl. = complément
SDB = salle de bains
sdb = salle de bains
RDC = rez-de-chaussée
rdc = rez-de-chaussée
janv. févr. avr. juil. sept. oct. déc.
lun. mar. mer. merc. jeu. ven. vend. sam. dim.
pol. sem.
leading
Mme. Mmes. Mlle. Mlles.
p. ex. = par exemple
par ex. = par exemple
c.-à-d. = c'est-à-dire
cf. = confer
vs. = contre
trailing
av. J.-C. = avant Jésus-Christ
ap. J.-C. = après Jésus-Christ
apr. J.-C. = après Jésus-Christ
J.-C. = Jésus-Christ
name
MM. = messieurs
M. = monsieur
Mr.? = monsieur
Dr.? = docteur
Drs = docteurs
Pr.? = professeur
Prof.? = professeur
Me = maître
Mgr.? = monseigneur
St.? = saint
Ste.? = sainte
av. = avenue
Av. = avenue
bd. = boulevard
pl. = place
Pl. = place
number
exos = exercices
th. = thermostat
ext. = extension
km.? = kilomètre
p. = page
pp. = pages
art. = article
chap. = chapitre
ch. = chapitre
vol. = volume
fig. = figure
ex. = exercice
éd. = édition
max = maximum
min. = minute
roman
s. = siècle
`);
