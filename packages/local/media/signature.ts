import { createHash, createHmac, timingSafeEqual } from "node:crypto"

/** What makes a link to `key` valid until `expires` (epoch seconds, as written in the link). */
export const sign = (secret: string, key: string, expires: string): string =>
  createHmac("sha256", secret).update(`${key}\n${expires}`).digest("base64url")

/** In constant time whatever the lengths: digests are compared, not the texts. */
export const same = (left: string, right: string): boolean => timingSafeEqual(sha256(left), sha256(right))

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest()
