import { countCodePoints } from "../../../infra/text/code-points.ts";
import { need } from "./dom.ts";
import { currentLanguage, onLanguage, say } from "./i18n/language.ts";
import { recallInTab, rememberInTab } from "./memory.ts";

/** What the composer's keys and buttons call: asking a question, and stopping the answer. */
export interface ComposerActions {
  ask(question: string): void;
  stop(): void;
}

/** The text field in which a person writes, with its buttons. */
export interface Composer {
  /** Shows the stop button while an answer is running; hides it otherwise. */
  setRunning(running: boolean): void;
  /** Puts a question that was refused back into the field, unless another one is being written. */
  giveBack(question: string): void;
  /**
   * Inserts dictated text into a text that is being written; if the field is empty, inserts nothing and returns false.
   */
  dictate(text: string): boolean;
  /** Puts a question into the text field so that the user can correct it. */
  correct(question: string): void;
  /** Moves the keyboard focus to the text field. */
  focus(): void;
}

// The API takes only questions that contain a letter or digit; their greatest length is in assistant.proto.
const askable = /[\p{L}\p{N}]/u;
const mostCharacters = 8_000;
// From this many characters on, the user is shown how many are left.
const nearlyFull = 0.9 * mostCharacters;

/** Wires up the composer. Its text survives a reload. */
export function createComposer({ ask, stop }: ComposerActions): Composer {
  const form = need<HTMLFormElement>(document, "#ask");
  const field = need<HTMLTextAreaElement>(form, "textarea");
  const send = need<HTMLButtonElement>(form, ".send");
  const stopButton = need<HTMLButtonElement>(form, ".stop");
  const count = need(document, "#count");
  // A phone's on-screen keyboard would cover the answer, so focus is kept only where a physical keyboard is likely.
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
    // While an input method is composing, Enter selects a candidate; some browsers reveal this only by the key code.
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
    // While a dialog or popover is open, Escape closes it and does not stop the answer.
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
      // Hiding the stop button would drop the keyboard focus, so the focus moves to the text field.
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

/** Shows the text's length if it is nearly too long, and what to do if it is too long: no text is cut off. */
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
