import type { AddressWords, RomanNumerals, Weekdays } from "../western/names/words.ts";
import { cardinal, ordinal } from "./number.ts";

/** The names and abbreviations of the days of the week, and how a range of days is said. */
export const weekdays: Weekdays = {
  names: "lunes martes miércoles jueves viernes sábado domingo".split(" "),
  short: "lun mar|mart mié|mie|miérc|mierc jue|juev vie|vier sáb|sab dom".split(" "),
  span: (from, to, before) => (/\bde\s$/i.test(before) ? `${from} a ${to}` : `de ${from} a ${to}`),
};

/** How Spanish reads Roman numerals. For rulers and centuries, it uses ordinals only up to the tenth. */
export const roman: RomanNumerals = {
  rulers:
    /(?:Vaticano|Felipe|Carlos|Fernando|Alfonso|Isabel|Enrique|Juan|Pablo|Jaime|Pedro|Sancho|Luis|Napoleón|Francisco|Pío|León|Benedicto|Gregorio|Clemente|Inocencio|Urbano|Catalina|María|Guillermo|Federico|Nicolás|Alejandro|Jorge|Eduardo|Ricardo|Ramsés|Leopoldo|Alberto|Hassan|Mohamed|Ramiro|Ordoño|Bermudo|Amadeo|José|Maximiliano|Moctezuma|Iván|Darío|Enrique|Víctor Manuel|Sixto|Julio|Bonifacio|Adriano|Cristina|Margarita|Cleopatra|Ptolomeo|Filipo|Tutmosis|Amenhotep|Teodosio|Constantino|Otón|Jacobo|Roberto|Segismundo|Abderramán|Yugurta|Solimán|Jerjes)\s$/,
  queens: /(?:Isabel|Catalina|María|Cristina|Margarita|Cleopatra)\s$/,
  century: /(?:\bsiglos?|\bs\.|\bss\.)\s?$/i,
  parts:
    /\b(?:capítulos?|cap\.|tomos?|volumen|vol\.|parte|acto|escena|libro|título|artículo|art\.|anexo|tipo|fase|nivel|clase|grado|estadio|grupo|figura|fig\.|tabla|número|apartado|tema|lección|unidad|sección|Mundial)\s?$/i,
  ordered:
    /^\s(?:Guerra|República|Congreso|Concilio|Edición|Juegos|Feria|Festival|Jornadas?|Encuentro|Cumbre|Asamblea|Dinastía|Copa|Maratón|Premio|Conferencia|Semana|Foro|Certamen|Simposio|Reich|Internacional|Aniversario|Legión|Plan|Región|Bienal|Carrera|Muestra|Torneo|Concurso)/i,
  endings: "[ªº]",
  feminine:
    /^\s(?:Guerra|República|Edición|Feria|Jornada|Cumbre|Asamblea|Dinastía|Copa|Maratón|Conferencia|Semana|Internacional|Legión|Región|Bienal|Carrera|Muestra)/i,
  say(value, counted, isFeminine) {
    if (counted === "part" || (counted !== "order" && Number(value) > 10)) return cardinal(value);
    return ordinal(value, isFeminine).replace(/(primer|tercer)o$/, counted === "order" ? "$1" : "$1o");
  },
};

/** The spoken names of the symbols in e-mail and web addresses. */
export const address: AddressWords = {
  signs: {
    ".": "punto",
    "@": "arroba",
    "-": "guion",
    _: "guion bajo",
    "/": "barra",
    ":": "dos puntos",
    "+": "más",
    "*": "asterisco",
    "#": "almohadilla",
  },
};
