/**
 * Keeps the dock above a phone's keyboard. Some browsers make the page smaller for it, others lay it over the page: then the dock stands as
 * much higher as the keyboard covers.
 */
export function keepDockInView(): void {
  const { visualViewport } = globalThis;
  if (visualViewport === null) return;
  const place = () => {
    // Whoever has zoomed in moves the view about by hand.
    const covered = visualViewport.scale > 1 ? 0 : innerHeight - visualViewport.height - visualViewport.offsetTop;
    document.documentElement.style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
  };
  visualViewport.addEventListener("resize", place);
  visualViewport.addEventListener("scroll", place);
  place();
}
