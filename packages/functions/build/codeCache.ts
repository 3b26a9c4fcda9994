import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const warmUp = fileURLToPath(new URL("./warmUp.ts", import.meta.url))

/**
 * What V8 makes of a bundle while it works a first message. V8 takes it again only under the flags it was made with:
 * Lambda's own bootstrap gives Node `--expose-gc`, other places do not.
 */
export const writeCodeCache = async (name: string, folder: string): Promise<void> => {
  for (const flags of [["--expose-gc"], []]) {
    await promisify(execFile)(process.execPath, [...flags, warmUp, name, folder])
  }
}
