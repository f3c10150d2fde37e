import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** The names and abbreviations of the days of the week, and how a range of days is said. */
export const weekdays: Weekdays = {
  names: "segunda terça quarta quinta sexta sábado domingo".split(" "),
  short: "seg ter qua qui sex sáb|sab dom".split(" "),
  span: (from, to, before) => (/\bde\s$/i.test(before) ? `${from} a ${to}` : `de ${from} a ${to}`),
};

/** How Portuguese reads Roman numerals. For rulers and centuries, it uses ordinals only up to the tenth. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Vaticano|Pedro|João|José|Maria|Afonso|Manuel|Sebastião|Henrique|Filipe|Felipe|Fernando|Dinis|Sancho|Luís|Carlos|Napoleão|Paulo|Pio|Leão|Bento|Gregório|Clemente|Inocêncio|Urbano|Elizabeth|Isabel|Catarina|Guilherme|Frederico|Nicolau|Alexandre|Jorge|Eduardo|Ricardo|Ramsés|Leopoldo|Alberto|Francisco|Vítor Emanuel|Miguel|Duarte|Cristina|Margarida|Ivan|Dario|Sisto|Júlio|Bonifácio|Cleópatra|Constantino|Teodósio|Jaime|Charles|Solimão|Xerxes)\s$/,
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

/** The spoken names of the symbols in e-mail and web addresses. */
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
