/** One or more settings are wrong; `message` has a line for each that names it and the remedy. */
export class SettingsError extends Error {
  override name = "SettingsError";
}
