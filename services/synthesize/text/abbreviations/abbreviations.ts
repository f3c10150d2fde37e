import { german } from "./de.ts";
import { english } from "./en.ts";
import { spanish } from "./es.ts";
import { french } from "./fr.ts";
import { italian } from "./it.ts";
import { portuguese } from "./pt.ts";
import { russian } from "./ru.ts";
import type { Abbreviations } from "./table.ts";

/** The abbreviation tables of all languages that have one, keyed by primary language subtag. */
export const abbreviationsOf: Readonly<Record<string, Abbreviations>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  pt: portuguese,
  ru: russian,
};
