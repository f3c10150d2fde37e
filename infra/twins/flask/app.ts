import type { OutgoingHttpHeaders } from "node:http";
import type { Reply } from "./web.ts";

/** A request, as a view sees it. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What a view wants spoken. */
export interface ToSpeak {
  readonly text: string;
  readonly voice: string;
  readonly sampleRateHertz: number;
  /** The duration relative to normal. */
  readonly stretch: number;
  /** Headers of the answer, except its length, which comes between `before` and `after`. */
  readonly before: OutgoingHttpHeaders;
  readonly after: OutgoingHttpHeaders;
}

/** Handles a request: answers at once, or with speech. */
export type View = (asked: Asked) => Reply | ToSpeak;

/** A Flask application that speaks. */
export interface FlaskApp {
  /** By method and path: `POST /synthesize`. */
  readonly views: Readonly<Record<string, View>>;
  /** Paths of the views that speak. */
  readonly speaks: readonly string[];
  /** The error response, its own or a proxy's, for a trigger that refuses. */
  refuses(status: number, headers: OutgoingHttpHeaders): Reply;
}
