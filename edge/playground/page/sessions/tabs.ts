/** A message from one tab of this browser to the others. */
export type TabNews =
  /** A turn has ended in the conversation with this name. */
  | { readonly said: string }
  /** A conversation was deleted. */
  | { readonly deleted: string };

/** Sends messages to the other tabs of this browser, and receives theirs. */
export function createTabs(onNews: (news: TabNews) => void): { tell(news: TabNews): void } {
  const channel = new BroadcastChannel("duet");
  channel.addEventListener("message", ({ data }: MessageEvent<TabNews>) => onNews(data));
  return { tell: (news) => channel.postMessage(news) };
}
