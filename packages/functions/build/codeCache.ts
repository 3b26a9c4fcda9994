import { execFile } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const warmUp = fileURLToPath(new URL("./warmUp.ts", import.meta.url))

/** Where a cache says in four bytes under which flags it may be taken. */
const flagsAt = 12

/**
 * What V8 makes of a bundle while it works a first message. V8 takes it again only under the flags it was made with:
 * Lambda's own bootstrap gives Node `--expose-gc`, other places do not.
 */
export const writeCodeCache = async (name: string, folder: string): Promise<void> => {
  for (const flags of [["--expose-gc"], []]) {
    const file = join(folder, `bundle.${process.arch}${flags.length > 0 ? ".gc" : ""}.cache`)
    const made = async (...more: ReadonlyArray<string>) => {
      rmSync(file, { force: true })
      await promisify(execFile)(process.execPath, [...more, ...flags, warmUp, name, folder])
      return readFileSync(file)
    }
    // With threads each build's cache is another, and a deploy of the same sources would change both functions. V8 counts
    // this flag, which changes how it compiles and not what, so the note is taken from a cache made without.
    const plain = await made()
    const same = await made("--single-threaded", "--random-seed=1")
    plain.copy(same, flagsAt, flagsAt, flagsAt + 4)
    writeFileSync(file, same)
  }
}
