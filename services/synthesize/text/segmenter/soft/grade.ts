/** How suitable a place is for a soft border, worst first; the rules return one of these, NO or WAIT. */
export const grade = { word: 1, phrase: 2 } as const;
