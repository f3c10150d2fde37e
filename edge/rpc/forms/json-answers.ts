// Outside of texts nothing in JSON looks like this: within them a quote has a backslash before it.
const unsetEnum = /"\w+":"[A-Z][A-Z\d_]*_UNSPECIFIED",?/g;

/**
 * Writes answers in JSON. Zeros and empty texts are written out, for people who read answers without the proto; an enum that is not set says
 * nothing, and is left out.
 */
export const answerEncoder = {
  encode(json: string): Uint8Array<ArrayBuffer> {
    const said = json.includes('_UNSPECIFIED"') ? json.replace(unsetEnum, "").replaceAll(",}", "}") : json;
    return new TextEncoder().encode(said);
  },
};
