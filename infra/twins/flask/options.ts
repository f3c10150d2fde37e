import { type Clock, systemClock } from "../../clock/clock.ts";
import type { SpeechCost } from "../../cost/cost.ts";
import { exactLaw, type Law } from "../../cost/law.ts";
import { type Speaker, toneSpeaker } from "../sound/speaker.ts";
import type { Web } from "./web.ts";

/** Options of all stand-ins for Flask applications. */
export interface FlaskTwinOptions {
  /** The host on which the stand-in listens. Default 127.0.0.1. */
  host: string;
  /** The port on which the stand-in listens. Default 0: the system chooses one. */
  port: number;
  /** The web server to imitate, which runs the Flask application. */
  web: Web;
  /** How long the work on a request takes. */
  cost: SpeechCost;
  /** Converts a duration predicted by `cost` to the simulated one, for example by adding jitter. Default: no change. */
  law: Law;
  /** What makes the sound. Default: tones. */
  speaker: Speaker;
  /** Whether words in a text trigger faults. Default true. */
  faults: boolean;
  /** The fault that every request shows, given by its trigger word. Default: none. */
  fault: string | undefined;
  /** How long connections are refused after the fault RESTART, in milliseconds. Default 1500. */
  restartMs: number;
  /** Multiplies all delays; 0 is as fast as possible. Default 1. */
  timeScale: number;
  /** How long the stand-in pretends to load before it listens, in milliseconds. Default 0. */
  bootMs: number;
  /** The clock by which times are recorded and delays are waited for. Default: the system clock. */
  clock: Clock;
}

/** Completes the options of a stand-in with their defaults. */
export function completeOptions(
  usual: Pick<FlaskTwinOptions, "web" | "cost">,
  options: Partial<FlaskTwinOptions>,
): FlaskTwinOptions {
  return {
    host: "127.0.0.1",
    port: 0,
    law: exactLaw,
    speaker: toneSpeaker,
    faults: true,
    fault: undefined,
    restartMs: 1500,
    timeScale: 1,
    bootMs: 0,
    clock: systemClock,
    ...usual,
    ...options,
  };
}
