import { toWav } from "../audio/recording.ts";
import { need } from "../dom.ts";
import { say, translate } from "../i18n/language.ts";
import { soundOf, type Turn, type TurnState } from "./turn.ts";

/** What the buttons of a turn do. */
export interface TurnActions {
  /** Asks the question again. */
  retry(turn: Turn): void;
  /** Stops the answer, and puts the question back into the text field so that the user can correct it. */
  correct(turn: Turn): void;
  /** Replays the answer. */
  replay(turn: Turn): void;
  /** Whether a turn can be replayed. */
  canReplay(turn: Turn): boolean;
  /** Pauses a turn's audio if `held`, else continues it. */
  hold(turn: Turn, held: boolean): void;
}

/** Wires up the buttons below an answer; returns the function that updates them. */
export function createControls(root: HTMLElement, turn: Turn, actions: TurnActions): (state: TurnState) => void {
  const hold = need<HTMLButtonElement>(root, ".hold");
  const replay = need<HTMLButtonElement>(root, ".replay");
  const copyButton = need<HTMLButtonElement>(root, ".tools .copy");
  const download = need<HTMLButtonElement>(root, ".download");
  const progress = need(root, ".progress");
  const clock = need(root, ".clock");
  need(root, ".retry").addEventListener("click", () => actions.retry(turn));
  hold.addEventListener("click", () => actions.hold(turn, soundOf(turn)?.held !== true));
  replay.addEventListener("click", () => {
    actions.replay(turn);
    hold.hidden = false;
    hold.focus();
  });
  copyButton.addEventListener("click", () => copy(copyButton, turn.written));
  download.addEventListener("click", () => save(turn));

  const drawProgress = () => {
    const sound = soundOf(turn);
    const { sampleRate = 1 } = turn.recording ?? {};
    const heard = Math.floor((sound?.heardFrames ?? 0) / sampleRate);
    const come = Math.max(heard, Math.floor((sound?.comeFrames ?? 0) / sampleRate));
    const share = (frames = 0) => `${(100 * frames) / Math.max(1, sound?.comeFrames ?? 0)}%`;
    progress.style.setProperty("--heard", share(sound?.heardFrames));
    // While more audio is to come, the progress bar leaves room for it at the end.
    progress.dataset.grows = String(turn.outcome === undefined);
    const text = say("player.heard", clockOf(heard), clockOf(come));
    if (progress.getAttribute("aria-valuetext") === text) return;
    clock.textContent = `${clockOf(heard)} / ${clockOf(come)}`;
    progress.setAttribute("aria-valuemax", String(come));
    progress.setAttribute("aria-valuenow", String(heard));
    progress.setAttribute("aria-valuetext", text);
  };

  return (state) => {
    const sounds = state === "speaking" || state === "paused";
    // Hiding the pause button would drop the keyboard focus, so the focus moves to the replay button.
    if (!sounds && document.activeElement === hold && actions.canReplay(turn)) {
      replay.hidden = false;
      replay.focus();
    }
    hold.hidden = progress.hidden = clock.hidden = !sounds;
    const name = state === "paused" ? "player.resume" : "player.pause";
    if (hold.dataset.sayTitle !== name) {
      hold.dataset.sayTitle = hold.dataset.sayAriaLabel = name;
      translate(need(root, ".player"));
    }
    if (sounds) drawProgress();
    const hasEnded = turn.outcome !== undefined;
    replay.hidden = !actions.canReplay(turn);
    copyButton.hidden = turn.written === "" || !hasEnded;
    download.hidden = !hasEnded || (turn.recording?.bytes ?? 0) === 0;
  };
}

/** Copies a text to the clipboard, and shows on the button for a moment that the text was copied. */
export async function copy(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Permission was denied, or the origin is insecure: the button stays as it was.
    return;
  }
  button.dataset.done = "";
  const before = button.dataset.sayTitle;
  button.dataset.sayTitle = "turn.copied";
  translate(button.parentElement as HTMLElement);
  setTimeout(() => {
    delete button.dataset.done;
    button.dataset.sayTitle = before;
    translate(button.parentElement as HTMLElement);
  }, 1500);
}

/** Saves the audio received so far as a WAV file. */
function save({ recording }: Turn): void {
  if (recording === undefined) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(toWav(recording), { type: "audio/wav" }));
  // The local date and time, without characters that are not allowed in file names.
  const now = new Date(Date.now() - 60_000 * new Date().getTimezoneOffset()).toISOString();
  link.download = `duet-${now.slice(0, 19).replace(/[:T]/g, "-")}.wav`;
  link.click();
  // The URL is revoked after a minute, since the browser reads it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Formats seconds as minutes and seconds. */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
