import { translate } from "./i18n/language.ts";

/** The first element in `root` that matches a selector; throws if there is none. */
export function need<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

/** A copy of the first element of the `<template>` with this id, in the page's language. */
export function stamp(id: string): HTMLElement {
  const template = need<HTMLTemplateElement>(document, `template#${id}`);
  const copy = document.importNode(template.content, true);
  translate(copy);
  return copy.firstElementChild as HTMLElement;
}

/** A new element with this tag, class and children. */
export function make(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children);
  return element;
}
