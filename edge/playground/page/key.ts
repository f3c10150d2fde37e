import { need } from "./dom.ts";
import { label } from "./i18n/language.ts";
import { forgetInTab, recallInTab, rememberInTab } from "./memory.ts";

/** The form for the API key or token that this page sends, where the deployment requires one. */
export interface KeyForm {
  /** The key entered in this tab; an empty string if none was entered. */
  readonly key: string;
  /** Shows the form, because a key is needed or the key entered before was rejected. */
  ask(): void;
  /** Hides the form: the key was accepted, or none is needed. */
  settle(): void;
}

// Matches a key that can be sent in a header: it consists of visible ASCII characters.
const bearer = /^[!-~]+$/;

/** Wires up the form, which is hidden until `ask` is called. Calls `onGiven` when the user has entered a key. */
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
