// Matches an enum field that is not set. Nothing else in JSON looks like it: inside strings, quotes are escaped with a
// backslash.
const unsetEnum = /"\w+":"[A-Z][A-Z\d_]*_UNSPECIFIED",?/g;

/**
 * Serializes answers as JSON. Zeros and empty strings are included, for people who read answers without the proto file;
 * enums that are not set are left out.
 */
export const answerEncoder = {
  encode(json: string): Uint8Array<ArrayBuffer> {
    const said = json.includes('_UNSPECIFIED"') ? json.replace(unsetEnum, "").replaceAll(",}", "}") : json;
    return new TextEncoder().encode(said);
  },
};
