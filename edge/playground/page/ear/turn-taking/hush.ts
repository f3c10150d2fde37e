import { framesOf } from "../frames.ts";

/**
 * What to do with the assistant's voice: `lower` its volume, `hold` (pause) it, `resume` it at full volume, or
 * `interrupt` it for good.
 */
export interface VoiceDecision {
  readonly do: "lower" | "hold" | "resume" | "interrupt";
}

const resumeFrames = framesOf(2000);

/**
 * Tracks whether the assistant's voice is lowered or held because somebody may be speaking, so that no decision is
 * issued twice.
 */
export class Hush {
  #state: "none" | "lower" | "hold" = "none";
  #sinceHold = 0;

  get state(): "none" | "lower" | "hold" {
    return this.#state;
  }

  /** To be called for each frame of audio: resumes the voice once it has been paused for 2 s. */
  frame(): VoiceDecision[] {
    return this.#state === "hold" && ++this.#sinceHold >= resumeFrames ? this.resume() : [];
  }

  /** Lowers the volume of the voice, or pauses it (`hold`). A paused voice stays paused. */
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

  /** Stops the voice if it is lowered, paused, or playing (`sounds`): it may be playing a new answer by now. */
  interrupt(sounds: boolean): VoiceDecision[] {
    if (this.#state === "none" && !sounds) return [];
    this.#state = "none";
    return [{ do: "interrupt" }];
  }
}
