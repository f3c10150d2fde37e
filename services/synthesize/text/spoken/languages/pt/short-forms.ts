import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { readShortForms } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** What Portuguese writes short. */
export const shortForms = readShortForms(`
always
i. e. = isto é
etc. = etcétera
p. ex. = por exemplo
por ex. = por exemplo
a.C. = antes de Cristo
a. C. = antes de Cristo
d.C. = depois de Cristo
d. C. = depois de Cristo
a.a. = ao ano
a. a. = ao ano
a.m. = ao mês
a. m. = ao mês
EUA = Estados Unidos
aprox. = aproximadamente
máx. = máximo
mín. = mínimo
tel.? = telefone
apto.? = apartamento
obs. = observação
depto. = departamento
cia. = companhia
ltda. = limitada
vc = você
vcs = vocês
qtd. = quantidade
vs. = contra
vs = contra
hab. = habitantes
ref. = referência
c/ = com
p/ = para
s/n = sem número
ap. = apartamento
CEP = CEP
name
Sr.? = senhor
Sra.? = senhora
Srta.? = senhorita
Srs.? = senhores
Sras.? = senhoras
Dr.? = doutor
Dra.? = doutora
Drs.? = doutores
D. = dona
Prof.? = professor
Profas. = professoras
Profs. = professores
Dras. = doutoras
Profa.? = professora
Prof.ª = professora
Eng. = engenheiro
Exmo. = excelentíssimo
Pe. = padre
Sto. = santo
Sta. = santa
Av.? = avenida
R. = rua
Al. = alameda
Rod. = rodovia
Pça. = praça
number
bl. = bloco
km.? = quilômetro
pág. = página
págs. = páginas
p. = página
pp. = páginas
art. = artigo
arts. = artigos
cap. = capítulo
vol. = volume
fig. = figura
nº = número
ed. = edição
min. = minuto
máx = máximo
roman
séc. = século
sécs. = séculos
`);

/** Days of the week. */
export const weekdays: Weekdays = {
  names: "segunda terça quarta quinta sexta sábado domingo".split(" "),
  short: "seg ter qua qui sex sáb|sab dom".split(" "),
  span: (from, to, before) => (/\bde\s$/i.test(before) ? `${from} a ${to}` : `de ${from} a ${to}`),
};

/** Up to the tenth a ruler or century is an ordinal. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Pedro|João|José|Maria|Afonso|Manuel|Sebastião|Henrique|Filipe|Felipe|Fernando|Dinis|Sancho|Luís|Carlos|Napoleão|Paulo|Pio|Leão|Bento|Gregório|Clemente|Inocêncio|Urbano|Elizabeth|Isabel|Catarina|Guilherme|Frederico|Nicolau|Alexandre|Jorge|Eduardo|Ricardo|Ramsés|Leopoldo|Alberto|Francisco|Vítor Emanuel|Miguel|Duarte|Cristina|Margarida|Ivan|Dario|Sisto|Júlio|Bonifácio|Cleópatra|Constantino|Teodósio|Jaime|Charles|Solimão|Xerxes)\s$/,
  queens: /(?:Maria|Elizabeth|Isabel|Catarina|Cristina|Margarida|Cleópatra)\s$/,
  century: /(?:\bséculos?|\bsécs?\.)\s?$/i,
  parts:
    /\b(?:capítulos?|cap\.|tomos?|volume|vol\.|parte|ato|cena|livro|título|artigo|art\.|anexo|tipo|fase|nível|classe|grau|estágio|grupo|figura|fig\.|tabela|número|módulo|unidade|seção|inciso|Mundial)\s?$/i,
  ordered:
    /^\s(?:Guerra|República|Congresso|Concílio|Edição|Jogos|Feira|Festival|Jornada|Encontro|Cúpula|Assembleia|Dinastia|Copa|Maratona|Prêmio|Conferência|Semana|Fórum|Simpósio|Reich|Internacional|Bienal|Corrida|Mostra|Torneio|Concurso|Reinado)/i,
  endings: "[ªº]",
  feminine:
    /^\s(?:Guerra|República|Edição|Feira|Jornada|Cúpula|Assembleia|Dinastia|Copa|Maratona|Conferência|Semana|Internacional|Bienal|Corrida|Mostra)/i,
  say(value, counted, isFeminine) {
    if (counted === "part" || (counted !== "order" && Number(value) > 10)) return cardinal(value);
    return ordinal(value, isFeminine);
  },
};

/** Addresses. */
export const address: AddressWords = {
  signs: {
    ".": "ponto",
    "@": "arroba",
    "-": "hífen",
    _: "underline",
    "/": "barra",
    ":": "dois pontos",
    "+": "mais",
    "*": "asterisco",
    "#": "cerquilha",
  },
};
