import type { OutgoingHttpHeaders } from "node:http";
import type { Reply } from "./web.ts";

/** What was asked, as a view sees it. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What a view has spoken. */
export interface ToSpeak {
  readonly text: string;
  readonly voice: string;
  readonly sampleRateHertz: number;
  /** So many times as long as usual. */
  readonly stretch: number;
  /** Headers of the answer but its length, which follows those before `after`. */
  readonly before: OutgoingHttpHeaders;
  readonly after: OutgoingHttpHeaders;
}

/** Answers a request: at once, or with speech. */
export type View = (asked: Asked) => Reply | ToSpeak;

/** A Flask program that speaks. */
export interface FlaskApp {
  /** By method and path: `POST /synthesize`. */
  readonly views: Readonly<Record<string, View>>;
  /** Paths of the views that speak. */
  readonly speaks: readonly string[];
  /** What it says, or a proxy before it, where a trigger refuses. */
  refuses(status: number, headers: OutgoingHttpHeaders): Reply;
}
