import { need } from "./dom.ts";

/**
 * Keeps the dock above a phone's on-screen keyboard, and tells the stylesheet the dock's height. Some browsers shrink
 * the page for the keyboard, others overlay it: then the dock is raised by the height that is covered.
 */
export function keepDockInView(): void {
  const { style } = document.documentElement;
  const dock = need(document, ".dock");
  new ResizeObserver(() => style.setProperty("--dock", `${dock.offsetHeight}px`)).observe(dock);
  const { visualViewport } = globalThis;
  if (visualViewport === null) return;
  const place = () => {
    // While the user has zoomed in, the dock is not raised: they scroll the view themselves.
    const covered = visualViewport.scale > 1 ? 0 : innerHeight - visualViewport.height - visualViewport.offsetTop;
    style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
  };
  visualViewport.addEventListener("resize", place);
  visualViewport.addEventListener("scroll", place);
  place();
}
