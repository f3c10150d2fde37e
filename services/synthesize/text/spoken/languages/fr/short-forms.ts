import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { readShortForms } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** What French writes short. */
export const shortForms = readShortForms(`
always
i. e. = c'est-à-dire
Mmes = mesdames
Mme = madame
Mlles = mesdemoiselles
Mlle = mademoiselle
etc. = et cetera
etc… = et cetera
p. ex. = par exemple
par ex. = par exemple
c.-à-d. = c'est-à-dire
c-à-d = c'est-à-dire
càd = c'est-à-dire
RDV = rendez-vous
rdv = rendez-vous
av. J.-C. = avant Jésus-Christ
av. JC = avant Jésus-Christ
ap. J.-C. = après Jésus-Christ
apr. J.-C. = après Jésus-Christ
ap. JC = après Jésus-Christ
J.-C. = Jésus-Christ
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
cf. = confer
vs. = contre
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

/** Days of the week. */
export const weekdays: Weekdays = {
  names: "lundi mardi mercredi jeudi vendredi samedi dimanche".split(" "),
  short: "lun mar mer jeu ven|vend sam dim".split(" "),
  span: (from, to, before) => (/\bdu\s$/i.test(before) ? `${from} au ${to}` : `du ${from} au ${to}`),
};

/** The first of a name, a Republic or an assembly is an ordinal; later rulers are not. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Louis|Charles|Henri|François|Philippe|Napoléon|Jean|Paul|Pie|Léon|Benoît|Grégoire|Clément|Innocent|Urbain|Élisabeth|Elizabeth|Catherine|Marie|Guillaume|Frédéric|Nicolas|Alexandre|Pierre|Georges?|Édouard|Edward|Jacques|Richard|Ramsès|Léopold|Albert|Hassan|Mohammed|Alphonse|Ferdinand|Baudouin|Robert|Hugues|Clovis|Otton|Joseph|Victor-Emmanuel|Isabelle|Christine|Gustave|Sixte|Jules|Boniface|Célestin|Juan Carlos|Guillaume|Abdallah|Soliman|Darius|Cléopâtre|Thoutmosis|Amenhotep|Xerxès|Ivan|Abdülhamid)\s$/,
  queens: /(?:Élisabeth|Elizabeth|Catherine|Marie|Isabelle|Christine|Cléopâtre)\s$/,
  century: /(?!)/,
  parts:
    /\b(?:chapitre|tome|volume|partie|acte|scène|livre|titre|article|annexe|type|phase|niveau|classe|grade|stade|rang|groupe|figure|tableau|numéro)s?\s$/i,
  ordered: /(?!)/,
  feminine: /^\s(?:République|dynastie|guerre|législature|édition|armée|croisade|Internationale|session)/i,
  endings: "ers?|res?|ères?|es?|èmes?|ᵉ",
  say(value, counted, isFeminine) {
    if (counted === "order" || (counted === "ruler" && value === "1")) return ordinal(value, isFeminine);
    return cardinal(value);
  },
};

/** Addresses. */
export const address: AddressWords = {
  signs: {
    ".": "point",
    "@": "arobase",
    "-": "tiret",
    _: "tiret bas",
    "/": "slash",
    ":": "deux-points",
    "+": "plus",
    "*": "étoile",
    "#": "dièse",
  },
};
