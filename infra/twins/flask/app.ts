import type { OutgoingHttpHeaders } from "node:http";
import type { Reply } from "./web.ts";

/** A request as passed to a view (Flask's term for a function that answers requests). */
export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What a view returns if its answer is speech: the text to speak, and how to speak it. */
export interface ToSpeak {
  readonly text: string;
  readonly voice: string;
  readonly sampleRateHertz: number;
  /** How long the speech lasts relative to normal: 2 is half the speed. */
  readonly stretch: number;
  /** Headers of the answer. `Content-Length` is written between `before` and `after`. */
  readonly before: OutgoingHttpHeaders;
  readonly after: OutgoingHttpHeaders;
}

/** Handles a request: answers at once, or with speech. */
export type View = (asked: Asked) => Reply | ToSpeak;

/** A Flask application that speaks. */
export interface FlaskApp {
  /** The views, each under its method and path: `POST /synthesize`. */
  readonly views: Readonly<Record<string, View>>;
  /** The paths of those views whose answers are speech. */
  readonly speaks: readonly string[];
  /** The error response if a trigger refuses a request: the application's own, or that of a proxy in front of it. */
  refuses(status: number, headers: OutgoingHttpHeaders): Reply;
}
