import { randomUUID } from "node:crypto";

/** A multipart form with one file (RFC 7578), in memory, since it may have to be sent again. */
export interface Form {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Encodes a multipart form: the fields, then the file. Servers tell the file's format by its name. */
export function writeForm(
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): Form {
  const border = `duet-${randomUUID()}`;
  const head = Object.entries(fields)
    .map(([name, value]) => `--${border}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join("");
  const about = `content-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}`;
  return {
    contentType: `multipart/form-data; boundary=${border}`,
    bytes: Buffer.concat([
      Buffer.from(`${head}--${border}\r\n${about}\r\n\r\n`),
      file.bytes,
      Buffer.from(`\r\n--${border}--\r\n`),
    ]),
  };
}
