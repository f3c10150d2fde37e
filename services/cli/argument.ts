/** What a command is asked about, in its help. */
export const targetArgument = "a file, or the name of a profile that comes with Duet; else DUET_CONFIG or ./duet.yaml";
