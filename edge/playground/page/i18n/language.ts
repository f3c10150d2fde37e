import { recall, remember } from "../memory.ts";
import { type Key, type Language, strings } from "./strings.ts";

let language: Language = "en";
const listeners: (() => void)[] = [];

/** Returns the language that the page is shown in now. */
export function currentLanguage(): Language {
  return language;
}

/** Calls `listener` after every change of the page's language. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

/** The message for `key` in the page's language; the values replace the message's `{}` in order. */
export function say(key: Key, ...values: readonly string[]): string {
  const rest = [...values];
  return strings[language][key].replaceAll("{}", () => rest.shift() ?? "");
}

/** Sets an element's text to a message; when the page's language changes, the text changes too. */
export function label(element: HTMLElement, key: Key): void {
  element.dataset.say = key;
  element.textContent = say(key);
}

/**
 * Translates everything below `root`: `data-say` names the message for an element's text, and `data-say-title`, for
 * example, the message for its `title` attribute.
 */
export function translate(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-say]"))
    element.textContent = say(element.dataset.say as Key);
  for (const attribute of ["aria-label", "placeholder", "title"])
    for (const element of root.querySelectorAll(`[data-say-${attribute}]`))
      element.setAttribute(attribute, say(element.getAttribute(`data-say-${attribute}`) as Key));
}

/** Sets the page's language. */
export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  translate(document);
  for (const listener of listeners) listener();
}

/** Switches the page to its other language, now and for later visits. */
export function switchLanguage(): void {
  setLanguage(language === "en" ? "zh-CN" : "en");
  remember("language", language);
}

/** The language that was chosen in this browser on an earlier visit; if none was, the browser's own language. */
export function preferredLanguage(): Language {
  const chosen = recall("language");
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
