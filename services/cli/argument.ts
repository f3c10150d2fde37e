/** How the commands' help describes the argument that says which config they work on. */
export const targetArgument = "a file, or the name of a profile that comes with Duet; else DUET_CONFIG or ./duet.yaml";
