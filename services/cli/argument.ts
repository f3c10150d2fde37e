/** The help text of the argument that names the config on which a command works. */
export const targetArgument =
  "a config file, or the name of a profile that comes with Duet (default: DUET_CONFIG, else ./duet.yaml)";
