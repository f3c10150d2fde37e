/** What a tab of this browser tells the others. */
export type TabNews =
  /** More was said in a conversation. */
  | { readonly said: string }
  /** A conversation was deleted. */
  | { readonly deleted: string };

/** Tells the other tabs of this browser, and hears them. */
export function createTabs(onNews: (news: TabNews) => void): { tell(news: TabNews): void } {
  const channel = new BroadcastChannel("duet");
  channel.addEventListener("message", ({ data }: MessageEvent<TabNews>) => onNews(data));
  return { tell: (news) => channel.postMessage(news) };
}
