/** Thrown if settings are invalid. `message` has one line for each: the name of the setting, and what to do. */
export class SettingsError extends Error {
  override name = "SettingsError";
}
