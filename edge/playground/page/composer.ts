import { need } from "./dom.ts";

/** What the composer's keys and buttons do. */
export interface ComposerActions {
  ask(question: string): void;
  stop(): void;
}

/** The place where a person writes. */
export interface Composer {
  /** Shows whether there is something to stop. */
  setRunning(running: boolean): void;
  /** Puts the cursor there. */
  focus(): void;
}

// The wire takes a question with at least one letter or digit.
const askable = /[\p{L}\p{N}]/u;

/** Brings the composer to life. */
export function createComposer({ ask, stop }: ComposerActions): Composer {
  const form = need<HTMLFormElement>(document, "#ask");
  const field = need<HTMLTextAreaElement>(form, "textarea");
  const send = need<HTMLButtonElement>(form, ".send");
  const stopButton = need<HTMLButtonElement>(form, ".stop");
  // A phone's keyboard would cover the answer: focus is kept only where a real one is likely.
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

  const grow = () => {
    send.disabled = !askable.test(field.value);
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  const submit = () => {
    const question = field.value.trim();
    if (!askable.test(question)) return;
    field.value = "";
    grow();
    ask(question);
    if (hasKeyboard) field.focus();
    else field.blur();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", grow);
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
    if (event.key === "Escape" && !event.isComposing) stop();
    const elsewhere = event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && elsewhere) {
      event.preventDefault();
      field.focus();
    }
  });
  grow();

  return {
    setRunning(running) {
      // Focus must not fall off the page with the button that had it.
      if (!running && document.activeElement === stopButton) field.focus();
      stopButton.hidden = !running;
    },
    focus: () => hasKeyboard && field.focus(),
  };
}
