/** What a command is about, as its help describes it. */
export const targetArgument = "a file, or the name of a profile that comes with Duet; else DUET_CONFIG or ./duet.yaml";
