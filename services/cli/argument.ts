/** What `--help` says about the argument with which a command is told which config to work on. */
export const targetArgument =
  "a config file, or the name of a profile that comes with Duet (default: DUET_CONFIG, else ./duet.yaml)";
