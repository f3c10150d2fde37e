import { need } from "./dom.ts";

/**
 * Keeps the dock above a phone's keyboard, and tells the styles how high it is. Some browsers make the page smaller for a keyboard, others lay
 * it over the page: then the dock stands as much higher as the keyboard covers.
 */
export function keepDockInView(): void {
  const { style } = document.documentElement;
  const dock = need(document, ".dock");
  new ResizeObserver(() => style.setProperty("--dock", `${dock.offsetHeight}px`)).observe(dock);
  const { visualViewport } = globalThis;
  if (visualViewport === null) return;
  const place = () => {
    // Whoever has zoomed in moves the view about by hand.
    const covered = visualViewport.scale > 1 ? 0 : innerHeight - visualViewport.height - visualViewport.offsetTop;
    style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
  };
  visualViewport.addEventListener("resize", place);
  visualViewport.addEventListener("scroll", place);
  place();
}
