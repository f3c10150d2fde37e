import { joints, prepositions } from "./en.ts";
import { tables } from "./western.ts";
import { languages } from "./words.ts";

/** Function words that reveal the language of a text, keyed by language. */
const small: Readonly<Record<(typeof languages)[number], string>> = {
  en: "the a an is are was were of and to in that this it you i your for with on can have has be or but if they we he she not as at by from which when will would there here what how my its it's i'm i'll you're you'll don't that's let's most some all do does more about than because while",
  de: "der die das und ist nicht ein eine einen einem einer sie ich es mit auf für von zu den dem des sich auch im wird werden sind haben wir aber oder wenn dass als bei nach aus noch nur wie um kann können sehr hier ihr ihre ihnen am zum zur über sowie heute",
  fr: "le la les un une des et est de du pas que qui dans pour sur avec vous je il elle nous ce cette ces au aux en sont votre vos mais ou plus par être avoir comme si ne se sa son ses leur c'est il peut peuvent très aujourd'hui",
  es: "el la los las un una unos y o a es de del que en por para con no se su sus al lo como más pero si está están son le les muy puede pueden usted este esta hay también porque cuando hoy",
  pt: "o a os as um uma e é de do da dos das que em no na nos nas por para com não se seu sua ao à mais mas ou como está são você pode muito também isso este esta há quando porque hoje foi",
  it: "il lo la i gli le un una e è di del della dei delle che in nel nella per con non si suo sua al alla più ma o come sono può anche questo questa c'è quando perché molto dal dalla oggi ha",
};

const known = new Map<string, number[]>();
languages.forEach((language, index) => {
  const opening = language === "en" ? [...joints, ...prepositions] : tables[language].openers;
  for (const word of [...small[language].split(" "), ...opening]) {
    const of = known.get(word) ?? [];
    known.set(word, of);
    if (!of.includes(index)) of.push(index);
  }
});

const none: readonly number[] = [];

/** The languages, as indexes into `languages`, for which a word is evidence. */
export const evidence = (word: string): readonly number[] => known.get(word.toLowerCase().replace("’", "'")) ?? none;
