/** One or more settings are invalid; `message` has a line for each, which names the setting and says what to do. */
export class SettingsError extends Error {
  override name = "SettingsError";
}
