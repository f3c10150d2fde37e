import type { Ear } from "./ear.ts";

// A press shorter than this, in milliseconds, is a tap: recording continues until the next tap, which is easier than
// holding the button.
const tapMs = 350;

/**
 * Push-to-talk: the user holds the button, or holds Space while the text field is empty, or taps the button to begin
 * and again to end. Escape discards the recording. The keys do nothing while `isOffered` returns false.
 */
export function bringTalkKeys(
  ear: Ear,
  button: HTMLButtonElement,
  field: HTMLTextAreaElement,
  isOffered: () => boolean,
): void {
  let pressedMs: number | undefined;
  let keyIsDown = false;
  let isHeld = false;

  const press = () => {
    // A second tap ends the recording that the first one began.
    if (isHeld && (ear.state === "opening" || ear.state === "hearing")) {
      isHeld = false;
      return ear.release();
    }
    isHeld = true;
    pressedMs = performance.now();
    ear.press();
  };
  const letGo = (isTap: () => void) => {
    if (pressedMs === undefined) return;
    const heldMs = performance.now() - pressedMs;
    pressedMs = undefined;
    if (heldMs < tapMs) return isTap();
    isHeld = false;
    ear.release();
  };
  const goOn = () => undefined;
  const forget = () => {
    isHeld = false;
    ear.cancel();
  };
  /** Space is the talk key while the text field is empty, because no question begins with a space. */
  const isTalkKey = ({ key, target }: KeyboardEvent) => {
    if (target === button) return key === " " || key === "Enter";
    return key === " " && (target === document.body || (target === field && field.value === ""));
  };

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // The button must receive the release even if the finger has moved off it.
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener("pointerup", () => letGo(goOn));
  button.addEventListener("pointercancel", () => letGo(forget));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", ({ detail }) => {
    // Only clicks without a pointer or key, such as those of screen readers and voice control, are handled here.
    if (detail !== 0 || pressedMs !== undefined || keyIsDown) return;
    press();
    pressedMs = undefined;
  });
  addEventListener(
    "keydown",
    (event) => {
      if (!isOffered() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape" && ear.state !== "off" && (ear.state !== "listening" || ear.pending !== undefined)) {
        event.stopPropagation();
        return forget();
      }
      if (!isTalkKey(event)) return;
      event.preventDefault();
      if (event.repeat) return;
      keyIsDown = true;
      press();
    },
    true,
  );
  addEventListener(
    "keyup",
    (event) => {
      if (!keyIsDown || (event.key !== " " && event.key !== "Enter")) return;
      keyIsDown = false;
      event.preventDefault();
      // A short key press is a tap only while the button has the focus; elsewhere it is discarded as accidental.
      letGo(event.target === button ? goOn : forget);
    },
    true,
  );
  addEventListener("blur", () => {
    keyIsDown = false;
    if (pressedMs !== undefined) letGo(forget);
  });
}
