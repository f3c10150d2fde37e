import { portuguese as abbreviations } from "../../../abbreviations/pt.ts";
import { digitStarts, rule } from "../../rule.ts";
import { decimalPart } from "../western/figure.ts";
import { afterOrdinal, countedNoun, musicRule, romanceRules } from "../western/romance.ts";
import type { Tongue } from "../western/tongue.ts";
import { address, roman, weekdays } from "./names.ts";
import { cardinal, ordinal } from "./number.ts";
import { currencies, units } from "./words.ts";

const digits = "zero um dois três quatro cinco seis sete oito nove".split(" ");
const months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" ");

const masculineInA =
  /^(?:dia|mapa|problema|programa|sistema|tema|idioma|planeta|poema|clima|sintoma|diploma|drama|grama|quilograma|miligrama|sofá|telefonema)s?$/;
const feminine =
  /^(?:noite|classe|parte|chave|tarde|carne|frase|mão|foto|moto|vez|luz|rede|flor|mulher|árvore|imagem|viagem|página|pessoa|noites|partes|chaves|tardes|frases|mãos|fotos|motos|vezes|luzes|mulheres|flores|imagens|torre|torres|série|séries|colher|colheres|fonte|cidade|cidades)$/;
const isFeminine = (noun: string): boolean =>
  !masculineInA.test(noun) &&
  (feminine.test(noun) || /(?:as?|ção|ções|são|sões|dade|dades|gem|gens|tude)$|(?<!^f|^ím|gal)ãs?$/.test(noun));

/** How Portuguese, as spoken in Brazil, says numbers, dates, amounts and the like. */
export const portuguese: Tongue = {
  cardinal,
  decimal: ({ whole, part = "", point }, agreement) =>
    `${cardinal(whole, agreement.gender === "f" ? agreement : {})} ${point === "." ? "ponto" : "vírgula"} ${decimalPart(part, cardinal, digits, true)}`,
  digits,
  telephoneGroup(group, place) {
    if (/^0[1-9]00$/.test(group)) return `zero ${cardinal(group.slice(1))}`;
    const isCode = place === "country" || place === "area" || (place === "first" && group.length === 2);
    return isCode && !group.startsWith("0") ? cardinal(group) : undefined;
  },
  telephoneCues:
    /(?:tel(?:efone|\.)?|lig(?:ue|ar)|disque|whatsapp|celular|fone)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  signs: {
    "-": "menos",
    "+": "mais",
    "±": "mais ou menos",
    "=": "é igual a",
    "≠": "é diferente de",
    "≈": "aproximadamente",
    "≤": "menor ou igual a",
    "≥": "maior ou igual a",
    "<": "menor que",
    ">": "maior que",
    "×": "vezes",
    "÷": "dividido por",
    "√": "raiz quadrada de",
    "%": "por cento",
    "‰": "por mil",
    "°": "graus",
    "℃": "graus Celsius",
    "℉": "graus Fahrenheit",
    "№": "número",
    "§": "parágrafo",
    "&": "e",
    "@": "arroba",
    "€": "euros",
    $: "dólares",
    "£": "libras",
    "¥": "ienes",
    "∞": "infinito",
    ".": "ponto",
    ":": "a",
    ratio: "para",
    by: "por",
    diameter: "diâmetro",
    and: "e",
    of: "de ",
    or: "ou",
    outOf: "de",
    over: "por",
  },
  units,
  currencies,
  price: (coins, parts, part) => `${coins} e ${parts} ${part}`,
  per: (noun) => `por ${noun.forms[0]}`,
  form: ({ whole, part }, { forms }) =>
    (Number(`${whole}.${part ?? 0}`) < 2 && whole !== "0" ? forms[0] : forms[1]) ?? "",
  agree({ whole, part }, { after }) {
    const next = part === undefined && /(?:[12]|[2-9]\d\d)$/.test(whole) ? countedNoun(after) : undefined;
    // Only a plural noun is counted by a number above one: in "o nº 202 chega", the word after the number is a verb.
    const noun = whole === "1" || next?.endsWith("s") ? next : undefined;
    return noun === undefined ? {} : { gender: isFeminine(noun) ? "f" : "m" };
  },
  range(from, to, { before }) {
    if (/\bentre\s(?:as?\s|os?\s)?$/i.test(before)) return `${from({})} e ${to({})}`;
    return /(?<!\p{L})(?:de|da|das|do|dos|desde|em|a|com|por|para|após|uns|umas|os|as|até|há|cada)\s$/iu.test(before)
      ? `${from({})} a ${to({})}`
      : `de ${from({})} a ${to({})}`;
  },
  months,
  shortMonths: ["jan", "fev", "abr", "mai", "ago", "set", "out", "dez"],
  dayOfMonth: (day) => (day === "1" ? "primeiro" : cardinal(day)),
  date: (day, month, year) =>
    `${day === "1" ? "primeiro" : cardinal(day)} de ${months[month - 1]}${year === undefined ? "" : ` de ${cardinal(year)}`}`,
  time({ hour, minute, second, mark }) {
    const said = cardinal(hour, { gender: "f" });
    const hours = hour === "1" || hour === "0" ? " hora" : " horas";
    if (minute === undefined || (minute === "00" && second === undefined)) return said + hours;
    const seconds = second === undefined ? "" : ` e ${cardinal(second)} segundos`;
    return `${said}${mark === "" ? "" : hours} e ${cardinal(minute)}${seconds === "" ? "" : ` minutos${seconds}`}`;
  },
  timeRange(from, to, { before }) {
    if (/\bentre\s(?:as?\s)?$/i.test(before)) return `${from} e ${to}`;
    return /(?:^|\s)(?:das|da|às|as)\s$/i.test(before)
      ? `${from} às ${to}`
      : /\bde\s$/i.test(before)
        ? `${from} a ${to}`
        : `das ${from} às ${to}`;
  },
  hourMarks: "horas?|hs|h|H",
  clockMarks: /^h/i,
  dateCues: /\b(?:dia|em|até|desde|no dia|data:|antes de)\s$/i,
  ordinalMarks: /\.?[ºª°]|\.?(?:o|a)(?=\s\p{Ll})/u,
  ordinal(written, mark, { after }) {
    if (
      (mark === "°" || mark === "º") &&
      (/^\s?[CF]\b/.test(after) || /^[\s.,;]*$/.test(after) || /^\s(?:e|a|de temperatura)\b/.test(after))
    )
      return mark === "°" ? undefined : /^\s?[CF]\b/.test(after) ? undefined : ordinal(written, false);
    if (/^\.?[oa]$/.test(mark) && Number(written) > 20) return undefined;
    return ordinal(written, /[ªa]$/.test(mark));
  },
  halfOf({ after }) {
    const noun = countedNoun(after);
    return noun !== undefined && isFeminine(noun) ? "meia" : "meio";
  },
  withHalf: (whole, noun) =>
    noun === undefined
      ? `${whole} e meio`
      : `${whole} ${/^uma?$/.test(whole) ? noun.replace(/s$/, "") : noun} e ${isFeminine(noun) ? "meia" : "meio"}`,
  fraction(above, below) {
    const say = cardinal(above, { gender: "m" });
    if (below === "2") return above === "1" ? "meio" : `${say} meios`;
    if (below === "3") return above === "1" ? "um terço" : `${say} terços`;
    const n = Number(below);
    const name = n <= 10 || n === 100 ? ordinal(below, false) : `${cardinal(below)} avos`;
    return `${say} ${name}${above === "1" || name.endsWith("avos") ? "" : "s"}`;
  },
  power: (exponent) =>
    exponent === "2" ? "ao quadrado" : exponent === "3" ? "ao cubo" : `elevado a ${cardinal(exponent)}`,
  codeCues:
    /(?:tel(?:efone|\.)?|número|n\.?[º°]|código|lig(?:ue|ar)|disque|senha|pin|puk|pedido|protocolo|referência|voo|quarto|conta|cartão|final|terminad[ao] em|cep|whatsapp|celular)(?:\s[\p{L}'’]+){0,4}[^\p{L}\d.!?]{0,5}$/iu,
  abbreviations: abbreviations.said,
  own: [
    ...romanceRules(address),
    afterOrdinal("and:andar conj:conjugação bim:bimestre trim:trimestre ed:edição min:minuto"),
    musicRule(
      /(?<!\p{L})(?:compasso|ritmo|metr[ôo]nomo|solfejo|valsa)s?(?!\p{L})[^.!?]*$/iu,
      (beats, note) => `${cardinal(beats)} por ${cardinal(note)}`,
    ),
    rule(
      "ordinals and days of the week in the plural",
      digitStarts,
      /(?<![\d.,])(\d{1,2})([ºª])s(?!\p{L})/u,
      (match) => {
        const [text, n = "", mark] = match;
        // "3ªs" means Tuesdays ("às terças") or is the plural of an ordinal ("as terceiras séries").
        const isDay =
          n === "3" &&
          mark === "ª" &&
          !/^\s(?!e\s|ou\s|às\s)\p{Ll}/u.test(match.input.slice(match.index + text.length));
        return isDay ? "terças" : `${ordinal(n, mark === "ª").replaceAll(" ", "s ")}s`;
      },
    ),
    rule(
      "cells of a table",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      /(?<!\p{L})([A-Z]{1,2})(\d{1,5}):([A-Z]{1,2})(\d{1,5})(?![\p{L}\d])/u,
      (match) => {
        const [, left = "", top = "", right = "", bottom = ""] = match;
        return `${left} ${cardinal(top)} até ${right} ${cardinal(bottom)}`;
      },
    ),
    rule("abbreviated title Dom or Dona", "D", /(?<!\p{L})D\.ª?\s?(?=(\p{Lu}\p{Ll}+))/u, ([, name = ""]) =>
      /a$|^(?:Isabel|Beatriz|Inês|Leonor|Ester|Rute?|Carmen|Lurdes|Mercedes|Raquel|Alice|Irene)$/.test(name)
        ? "dona "
        : "dom ",
    ),
    rule("head of a formula", "=", /=(?=\p{Lu}{2,}\()/u, () => "igual"),
  ],
  weekdays,
  roman,
  address,
  greek:
    "alfa beta gama delta épsilon zeta eta teta iota capa lambda mi ni csi ômicron pi rô sigma sigma tau ípsilon fi qui psi ômega".split(
      " ",
    ),
  perWord: (word) => `por ${word === "sem" ? "semana" : word}`,
  perMany: (amount) => `por ${amount}`,
  duration: (parts) => [parts.slice(0, -1).join(", "), parts.at(-1)].filter((part) => part !== "").join(" e "),
  scaleWords: /^\s(?:milhões|milhão|bilhões|bilhão|trilhões|trilhão|mil)(?!\p{L})/u,
  perWords: /^(?:dia|semana|sem|mês|ano|hora|noite|pessoa|habitante|minuto|segundo|litro)$/,
  decades: { cue: /\banos\s/ },
  million: { gender: "m", forms: ["milhão", "milhões"] },
  times: { gender: "f", forms: ["vez", "vezes"] },
  functions: {
    primes: ["linha", "duas linhas"],
    of: "de",
    names: new Map([
      ["sen", "seno"],
      ["cos", "cosseno"],
      ["tan", "tangente"],
      ["tg", "tangente"],
      ["log", "logaritmo"],
      ["ln", "logaritmo natural"],
    ]),
  },
  negativePower: (exponent) => `elevado a menos ${cardinal(exponent)}`,
  ofMillions: (noun) => `de ${noun}`,
  monthOf: (month, year) => `${month} de ${year}`,
  lawOf: "de",
  setPhrases: new Map([
    ["24/7", "vinte e quatro por sete"],
    ["24h/7", "vinte e quatro horas por sete"],
    ["50/50", "cinquenta por cinquenta"],
  ]),
  labelCues:
    /(?:assento|poltrona|portão|saída|fila|fileira|sala|quarto|plataforma|terminal|bloco|apartamento|apto\.?|linha|número)\s$/i,
  overCues: /(?:pressão|arterial)/i,
  pairCues: /\b(?:assentos|poltronas|quartos|salas|portões|lugares|guichês)\s$/i,
  lastingCues:
    /(?:dura(?:ção)?|duram|timer|cronômetro|restam?|faltam?|pace|ritmo|tempo)(?:\s(?:de|é|total|médio|cerca)|\s?:){0,2}\s$/i,
  versionCues: /\b(?:versão|v\.?|iOS|Android|Python|Node(?:\.js)?|macOS|Windows|Ubuntu|Java|firmware)\s?$/i,
  scoreCues: /(?:ganh|venc|perd|placar|resultado|empat|jogo|gol|sets?\b|parciais|derrot|vitória|partida)/i,
  outOfCues: /\b(?:nota|pontuação|tirou|tirei)\b[^.!?]{0,30}$/i,
};
