import { framesOf } from "../frames.ts";

/**
 * What is to be done with the assistant's voice: `lower` it, `hold` it, let it `resume` as it was, or `interrupt` it
 * for good.
 */
export interface VoiceDecision {
  readonly do: "lower" | "hold" | "resume" | "interrupt";
}

const resumeFrames = framesOf(2000);

/** How far the assistant's voice is hushed, since somebody may be speaking. What is done already is not done again. */
export class Hush {
  #state: "none" | "lower" | "hold" = "none";
  #sinceHold = 0;

  get state(): "none" | "lower" | "hold" {
    return this.#state;
  }

  /** A frame has passed: a voice that was held for long goes on. */
  frame(): VoiceDecision[] {
    return this.#state === "hold" && ++this.#sinceHold >= resumeFrames ? this.resume() : [];
  }

  /** Lowers or holds the voice; one that is held stays so. */
  quieten(how: "lower" | "hold"): VoiceDecision[] {
    if (this.#state === how || this.#state === "hold") return [];
    this.#state = how;
    this.#sinceHold = 0;
    return [{ do: how }];
  }

  resume(): VoiceDecision[] {
    if (this.#state === "none") return [];
    this.#state = "none";
    return [{ do: "resume" }];
  }

  /** Ends what is hushed, and what `sounds`: it may have gone on, or begun, since. */
  interrupt(sounds: boolean): VoiceDecision[] {
    if (this.#state === "none" && !sounds) return [];
    this.#state = "none";
    return [{ do: "interrupt" }];
  }
}
