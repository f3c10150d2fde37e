/** How suitable a position is for a soft border; higher is better. The rules return one of these, NO or WAIT. */
export const grade = { word: 1, phrase: 2 } as const;
