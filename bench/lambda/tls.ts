import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Tls {
  readonly key: Buffer
  readonly cert: Buffer
  readonly certFile: string
}

/** A self-signed pair for `localhost`, made anew for each run; children trust it by NODE_EXTRA_CA_CERTS. */
export const selfSigned = (directory: string): Tls => {
  const [keyFile, certFile] = [join(directory, "key.pem"), join(directory, "cert.pem")]
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
  // The kind of key that AWS's endpoints have, so that a handshake costs a client what it costs there.
  const kind = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
  execFileSync("openssl", ["req", "-x509", ...kind, "-keyout", keyFile, "-out", certFile, ...subject], {
    stdio: "ignore",
  })
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), certFile }
}
