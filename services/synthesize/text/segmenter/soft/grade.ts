/** How well a text may part at a place, worst first; what the rules answer besides NO and WAIT. */
export const grade = { word: 1, phrase: 2 } as const;
