/** The sides there are, by name. */
export const sides = {
  article:
    "whole reply, then its whole file, one request at a time: blocking calls in an async handler hold up everybody",
  "article-pool": "the same on a pool of 40 threads, the default of Python's web servers",
  sequential:
    "whole reply, then Fish-Speech 1.5 streams it in its own chunks of 100 bytes: the best of one after the other",
  fifo: "each clause is one request, in order of arrival, as voice frameworks do it; clauses and words are cut as Duet cuts them",
  duet: "edge, Generate and Synthesize as they are shipped",
  relay: "passes bytes on over HTTP/2 and speaks where it is told to: the floor that overhead is measured from",
} as const;

/** A side by name. */
export type SideName = keyof typeof sides;
