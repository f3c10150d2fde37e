import { before, type Place } from "../../rule.ts";

/**
 * Cues: words that show what the next number is (a code, a telephone number), whatever follows it. Short words ("is",
 * "at") may come in between, and a cue applies to a whole list: "Dial 911, 112 or 999" has three telephone numbers.
 */

/** What may come between a cue such as "PIN" and its number: punctuation, short words, earlier numbers of a list. */
const between = [
  /[\s:#="“‘'(,/]+$/,
  /(?:[xX*•]{2,}|\.{2,}|…)-?$/,
  /(?<=[\s:#,])(?:is|was|are|numbers?|codes?|no\.|id|or|and|e\.g\.|for example)$/i,
  /(?<=[\s:#,(/])\+?\d[\d().-]*$/,
];
/** Matches "to" between a word such as "code" and its number: "set the code to 1234". */
const betweenCode = /(?<=(?:PIN|[Cc]ode|[Pp]asscode|[Pp]assword)\s)to$/;
const betweenCall = /(?<=[\s:#,])(?:at|on|me|us|them|him|her|back)$/i;
/** How far a cue may be from its number: at most `text` characters, and at most `parts` parts (see `between`). */
const reach = { text: 56, parts: 12 };

/** Whether `cue` precedes the number at `place`, with only punctuation, short words and other numbers in between. */
export function follows(cue: RegExp, place: Place): boolean {
  let rest = before(place, reach.text);
  const stands = (): boolean => {
    cue.lastIndex = rest.length;
    return cue.test(rest);
  };
  for (let part = 0; part < reach.parts; part++) {
    const length = rest.length;
    for (const pattern of between) {
      if (stands()) return true;
      rest = rest.replace(pattern, "");
      if (cue === telephoneCue) rest = rest.replace(betweenCall, "");
      if (cue === firmCodeCue) rest = rest.replace(betweenCode, "");
    }
    if (rest.length === length) break;
  }
  return stands();
}

/** Makes a pattern that matches the empty string right after one of `words`, so that only one position is tested. */
const cue = (words: string): RegExp => new RegExp(`(?<=(?<![A-Za-z])(?:${words}))`, "y");

/** Matches right after a word that announces a telephone number, such as "call" or "fax". */
export const telephoneCue = cue(
  "[Cc]all(?:ing|ed)?(?: back)?|[Dd]ial(?:ing)?|[Pp]hone|[Tt]ext(?:\\s[A-Z]+(?: to)?)?|[Ff]ax|[Hh]otline|[Hh]elpline|[Tt]elephone|[Rr]ing|[Tt]el\\.?|[Mm]obile|[Cc]ell|[Ll]andline|[Rr]each (?:us|me|them|him|her)|WhatsApp|SMS|[Ee]mergency numbers?|(?:[Pp]hone|[Cc]ontact|[Mm]obile|[Ff]ax|[Tt]oll-free|[Cc]ustomer [Ss]ervice|[Ss]upport) [Nn]umber",
);

/** Matches right after a word whose number is read digit by digit, such as "PIN" or "flight". */
export const codeCue = cue(
  "[Ff]lights?|PIN|pin|OTP|SKU|VIN|IMEI|SSN|PNR|UID|EIN|TIN|UPC|EAN|ASIN|ISBN(?:-1[03])?|ISSN|ID|id|DOI|(?:[Aa]rea|[Zz][Ii][Pp]|[Pp]ostal|[Pp]ost|[Cc]ountry|[Pp]romo|[Dd]oor|[Gg]ate|[Aa]ccess|[Vv]erification|[Ss]ecurity|[Ee]rror|[Ss]tatus|[Dd]iscount|[Bb]ooking|[Cc]onfirmation) [Cc]odes?|[Cc]ode|[Pp]asscode|[Pp]assword|[Aa]ccount|[Aa]cct\\.?|[Ss]erial|[Tt]racking|[Oo]rder|[Cc]onfirmation|[Cc]onf\\.|[Rr]eference|[Rr]ef\\.?|[Cc]ase|[Tt]icket|[Cc]ard|[Zz][Ii][Pp]|[Ee]xtension|[Ee]xt\\.?|[Ii]nvoice|[Ee]rror|HTTP|[Ss]tatus|[Pp]orts?|ending (?:in|with)|ends (?:in|with)|[Dd]igits|license plate|[Pp]\\.?\\s?[Oo]\\.? [Bb]ox|[Pp]olicy|[Mm]ember(?:ship)?|[Cc]laim|[Rr]outing|[Pp]assport|[Bb]adge|[Ee]mployee|[Pp]atient|[Cc]ustomer|[Ll]oyalty|[Tt]ransaction|[Pp]ermit|[Ll]icense|[Rr]egistration|[Bb]ooking|[Rr]eservation|[Ss]hipment|[Pp]ackage|[Pp]arcel|IP|AS|RFC|PR|PO|[Ii]ssue|[Bb]ug",
);

/**
 * The words of `codeCue` after which a number never counts anything, even if the word after the number looks like a
 * plural noun: "ZIP code 60614 costs more".
 */
export const firmCodeCue = cue(
  "PIN|OTP|SSN|(?:[Zz][Ii][Pp]|[Pp]ostal|[Aa]rea|[Pp]romo|[Dd]oor|[Gg]ate|[Aa]ccess|[Vv]erification|[Ss]ecurity|[Dd]iscount|[Cc]onfirmation) [Cc]odes?|(?:the|your|new|my) code|[Zz][Ii][Pp]|[Pp]asscode|[Pp]assword|ending in|ends in",
);

/** Matches words before a number that names a room, a road, a gate, a form or the like, and so is not a count. */
export const placeCue =
  /(?:§|(?<![A-Za-z])(?:[Rr]ooms?|[Rr]m\.?|[Hh]ighway|[Hh]wy\.?|[Rr]oute|[Rr]te\.?|[Ss]uite|[Ss]te\.?|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Ii]nterstate|I-|US|[Bb]us|[Gg]ate|[Tt]rain|[Oo]ffice|[Ll]ine|[Ll]ocker|[Bb]uilding|[Bb]ldg\.?|[Bb]us number|[Cc]hannel|[Ff]orm|[Aa]rea code|[Cc]abin|[Cc]lassroom|[Hh]all|[Ss]tudio|Boeing|Airbus|Formula|Psalm|Model|[Ss]eats?|[Rr]ow|[Ss]tand|[Bb]ay|[Pp]latform|[Ee]xit|[Tt]able|[Tt]erminal|[Dd]ock|[Aa]isle|[Ss]pot|[Ss]pace|[Ff]loor|[Ww]ard|[Bb]ed|[Ll]ot|[Cc]ourse|[Ss]ection|[Gg]roup|[Cc]lass|[Gg]rade|[Tt]ype|[Pp]art|[Pp]lan|[Ll]evel|[Zz]one|[Qq]uestion|[Pp]roblem|[Ee]xercise|[Ff]igure|[Ff]ig\.?|[Ee]xhibit|[Aa]ppendix|[Ss]chedule|[Ss]tep|[Oo]ption|[Vv]ersion|[Cc]hapter|[Aa]rticle|[Tt]itle|[Nn]o\.|[Nn]umber))[\s-]*(?:\d[\dA-Z]*(?: and| or|, and|, or)\s)*$/;

/** Matches a plural noun after a number, which shows that the number counts something: "call 300 customers". */
export const countedNoun =
  /^\s(?:people|times|(?!was\b|is\b|has\b|as\b|does\b|this\b|its\b|his\b|plus\b|minus\b|across\b|expires\b|ends\b|starts\b|begins\b|arrives\b|departs\b|leaves\b|works\b|ships\b|means\b|shows\b|gets\b|goes\b|needs\b|matches\b|applies\b|belongs\b|connects\b|always\b|unless\b|anytime\b|sometimes\b|runs\b|comes\b|appears\b|fails\b|returns\b|stands\b|remains\b|sits\b)[a-z]+s\b)(?!\s(?:for|if|in case|when|now))/;
