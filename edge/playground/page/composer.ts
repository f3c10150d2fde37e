import { countCodePoints } from "../../../infra/text/code-points.ts";
import { need } from "./dom.ts";
import { currentLanguage, onLanguage, say } from "./i18n/language.ts";
import { recallInTab, rememberInTab } from "./memory.ts";

/** What the composer's keys and buttons do. */
export interface ComposerActions {
  ask(question: string): void;
  stop(): void;
}

/** The place where a person writes. */
export interface Composer {
  /** Shows whether there is something to stop. */
  setRunning(running: boolean): void;
  /** Gives a question back that was refused, unless another one is being written. */
  giveBack(question: string): void;
  /** Takes what was dictated into a text that is being written; false where nothing is. */
  dictate(text: string): boolean;
  /** Gives a question to be corrected. */
  correct(question: string): void;
  /** Puts the cursor there. */
  focus(): void;
}

// The wire takes a question with at least one letter or digit, and at most so many code points (assistant.proto).
const askable = /[\p{L}\p{N}]/u;
const mostCharacters = 8_000;
// From here on a person sees how much room is left.
const nearlyFull = 0.9 * mostCharacters;

/** Brings the composer to life. What is written in it outlives a reload. */
export function createComposer({ ask, stop }: ComposerActions): Composer {
  const form = need<HTMLFormElement>(document, "#ask");
  const field = need<HTMLTextAreaElement>(form, "textarea");
  const send = need<HTMLButtonElement>(form, ".send");
  const stopButton = need<HTMLButtonElement>(form, ".stop");
  const count = need(document, "#count");
  // A phone's keyboard would cover the answer: focus is kept only where a real one is likely.
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  field.value = recallInTab("draft") ?? "";

  const isReady = () => askable.test(field.value) && charactersOf(field) <= mostCharacters;
  const change = () => {
    send.disabled = !isReady();
    drawCount(count, field);
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    rememberInTab("draft", field.value);
  };
  const submit = () => {
    if (!isReady()) return;
    const question = field.value.trim();
    field.value = "";
    change();
    ask(question);
    if (hasKeyboard) field.focus();
    else field.blur();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", change);
  field.addEventListener("keydown", (event) => {
    // While an input method is composing, Enter chooses its candidate; some browsers tell by the key code alone.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    submit();
  });
  stopButton.addEventListener("click", () => {
    stop();
    if (hasKeyboard) field.focus();
  });
  document.addEventListener("keydown", (event) => {
    // Escape closes what lies over the page first.
    const isCovered = document.querySelector("dialog[open], :popover-open") !== null;
    if (event.key === "Escape" && !event.isComposing && !isCovered) stop();
    const elsewhere = event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && elsewhere) {
      event.preventDefault();
      field.focus();
    }
  });
  onLanguage(change);
  change();

  return {
    setRunning(running) {
      if (stopButton.hidden === !running) return;
      // Focus must not fall off the page with the button that had it.
      if (!running && document.activeElement === stopButton) field.focus();
      stopButton.hidden = !running;
    },
    giveBack(question) {
      if (field.value !== "") return;
      field.value = question;
      change();
    },
    dictate(text) {
      if (field.value.trim() === "") return false;
      const isJoined = /[\s\p{Script=Han}，。！？、]$/u.test(field.value.slice(0, field.selectionStart));
      field.setRangeText(isJoined ? text : ` ${text}`, field.selectionStart, field.selectionEnd, "end");
      change();
      return true;
    },
    correct(question) {
      field.value = [question, field.value.trim()].filter((text) => text !== "").join("\n");
      change();
      field.focus();
      field.setSelectionRange(question.length, question.length);
    },
    focus: () => hasKeyboard && field.focus(),
  };
}

function charactersOf({ value }: HTMLTextAreaElement): number {
  return countCodePoints(value.trim());
}

/** Says how long a text is where that matters, and what to do where it is too long: nothing of it is cut off. */
function drawCount(count: HTMLElement, field: HTMLTextAreaElement): void {
  const characters = charactersOf(field);
  const isTooLong = characters > mostCharacters;
  const number = new Intl.NumberFormat(currentLanguage()).format;
  count.hidden = characters < nearlyFull;
  count.classList.toggle("wrong", isTooLong);
  field.ariaInvalid = String(isTooLong);
  const sentence = say(isTooLong ? "ask.tooLong" : "ask.nearlyFull", number(characters), number(mostCharacters));
  const over = isTooLong ? ` ${say("ask.over", number(characters - mostCharacters))}` : "";
  if (count.textContent !== sentence + over) count.textContent = count.hidden ? "" : sentence + over;
}
