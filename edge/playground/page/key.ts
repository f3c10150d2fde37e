import { need } from "./dom.ts";
import { label } from "./i18n/language.ts";
import { forgetInTab, recallInTab, rememberInTab } from "./memory.ts";

/** The key or token with which this page calls, where the deployment asks for one. */
export interface KeyForm {
  /** What was given in this tab; empty if nothing was. */
  readonly key: string;
  /** Asks for one; what was given before was not taken. */
  ask(): void;
  /** What was given was taken, or none is needed. */
  settle(): void;
}

// What a header can hold.
const bearer = /^[!-~]+$/;

/** Brings the form to life. It shows only where a key is asked for; `onGiven` is called when one is given. */
export function createKeyForm(onGiven: () => void): KeyForm {
  const form = need<HTMLFormElement>(document, "#key");
  const field = need<HTMLInputElement>(form, "input");
  const sentence = need(form, ".sentence");
  let key = recallInTab("key") ?? "";

  const ask = () => {
    label(sentence, key === "" ? "key.needed" : "key.wrong");
    key = "";
    forgetInTab("key");
    form.hidden = false;
    field.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    key = field.value.trim();
    field.value = "";
    if (!bearer.test(key)) return ask();
    rememberInTab("key", key);
    onGiven();
  });

  return {
    get key() {
      return key;
    },
    ask,
    settle() {
      form.hidden = true;
    },
  };
}
