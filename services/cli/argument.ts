/** How the commands' help describes the argument that says which config they work on. */
export const targetArgument =
  "a config file, or the name of a profile that comes with Duet (default: DUET_CONFIG, else ./duet.yaml)";
