import { article } from "./article.ts";
import { fifo } from "./fifo.ts";
import type { SideName } from "./names.ts";
import { relay } from "./relay.ts";
import { sequential } from "./sequential.ts";
import type { Side } from "./side.ts";

/** How a side answers, and how many turns its server carries at once. */
export const served: Record<Exclude<SideName, "duet">, { readonly side: Side; readonly atOnce: number }> = {
  article: { side: article, atOnce: 1 },
  // What AnyIO, and with it FastAPI, gives to handlers that are not async.
  "article-pool": { side: article, atOnce: 40 },
  sequential: { side: sequential, atOnce: Number.POSITIVE_INFINITY },
  fifo: { side: fifo, atOnce: Number.POSITIVE_INFINITY },
  relay: { side: relay, atOnce: Number.POSITIVE_INFINITY },
};

/** Does a piece of work when its turn comes. */
export type Turnstile = (work: () => Promise<void>) => Promise<void>;

/** Lets so many through at once; the others wait in order of arrival. */
export function createTurnstile(atOnce: number): Turnstile {
  let inside = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (inside >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
    else inside++;
    try {
      await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) inside--;
      else next();
    }
  };
}
