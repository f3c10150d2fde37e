/*
 * A pattern for locations in a deployment: URLs, `localhost`, IP addresses, hosts with a port, and file paths. These
 * are found by their form, since texts also come from libraries and other servers, which do not mark locations.
 */
const place = new RegExp(
  [
    String.raw`\b[a-z][a-z\d+.-]*:\/\/[^\s'"<>)]+`,
    String.raw`(?:\blocalhost\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[\da-f:.]*:[\da-f:.]*\])(?::\d+)?`,
    String.raw`(?<![\w:])(?:[\da-f]{1,4}:)*(?:[\da-f]{1,4})?::[\da-f:.]*`,
    String.raw`\b[a-z][\w-]*(?:\.[\w-]+)*:\d{2,5}\b`,
    String.raw`(?<![\w./])\/(?:[\w.-]+\/)+[\w.-]+`,
  ].join("|"),
  "gi",
);

/** Whether a text contains a location, such as a URL, an IP address or a file path. */
export function namesPlace(text: string): boolean {
  return text.search(place) !== -1;
}

/** A text with every location replaced by `…`. */
export function withoutPlaces(text: string): string {
  return text.replace(place, "…");
}
