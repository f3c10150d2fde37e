/** Colours are of one lightness in either scheme, and told apart by who sees no red or no green. */
export const style = `
:root { color-scheme: light dark; --ink: #222; --faint: #ccc; --paper: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --faint: #444; --paper: #161616 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 1200px; padding: 0 1rem }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px }
th, td { border-bottom: 1px solid var(--faint); padding: 2px 8px; text-align: right; white-space: nowrap }
th:nth-child(-n+3), td:nth-child(-n+3) { text-align: left }
tr.invalid { opacity: .5 }
svg { width: 100%; height: auto }
svg text { fill: var(--ink); font-size: 12px; stroke: none }
svg .title { font-weight: 600 }
svg .end { text-anchor: end } svg .mid { text-anchor: middle }
svg .grid { stroke: var(--faint) }
svg g { fill: none; stroke-width: 2 } svg circle { stroke: none }
svg .dashed { stroke-dasharray: 5 4; opacity: .75 }
${["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"]
  .map((color, index) => `svg .c${index} { stroke: ${color} } svg .c${index} circle { fill: ${color} }`)
  .join("\n")}
`;
