import { createCipheriv } from "node:crypto"

/**
 * A function's links as SST 4.17.1 writes them beside its bundle: AES-256-GCM, the tag at the end. The nonce is zeros,
 * since each deployment makes a key of its own.
 */
export const encryptLinks = (key: Uint8Array, links: object): Uint8Array => {
  const cipher = createCipheriv("aes-256-gcm", key, new Uint8Array(12))
  return Buffer.concat([cipher.update(JSON.stringify(links)), cipher.final(), cipher.getAuthTag()])
}
