/** Thrown if settings are invalid. `message` has one line for each invalid setting: its name, and what to do. */
export class SettingsError extends Error {
  override name = "SettingsError";
}
