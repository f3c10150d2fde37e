import { recall, remember } from "../memory.ts";
import { type Key, type Language, strings } from "./strings.ts";

let language: Language = "en";
const listeners: (() => void)[] = [];

/** The page's language. */
export function currentLanguage(): Language {
  return language;
}

/** Calls back after every change of the page's language. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

/** A sentence in the page's language; the values take the places of its `{}`, one after the other. */
export function say(key: Key, ...values: readonly string[]): string {
  const rest = [...values];
  return strings[language][key].replaceAll("{}", () => rest.shift() ?? "");
}

/** Names a sentence as an element's text; it follows the page's language. */
export function label(element: HTMLElement, key: Key): void {
  element.dataset.say = key;
  element.textContent = say(key);
}

/** Translates what is below `root`: `data-say` is the text, `data-say-…` the attribute of that name. */
export function translate(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-say]"))
    element.textContent = say(element.dataset.say as Key);
  for (const attribute of ["aria-label", "placeholder", "title"])
    for (const element of root.querySelectorAll(`[data-say-${attribute}]`))
      element.setAttribute(attribute, say(element.getAttribute(`data-say-${attribute}`) as Key));
}

/** Shows the page in a language. */
export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  translate(document);
  for (const listener of listeners) listener();
}

/** Shows the page in the other language, now and on the next visit. */
export function switchLanguage(): void {
  setLanguage(language === "en" ? "zh-CN" : "en");
  remember("language", language);
}

/** The language a person chose here before, else the browser's. */
export function preferredLanguage(): Language {
  const chosen = recall("language");
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
