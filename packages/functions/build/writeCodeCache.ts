import { execFile } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const warmUp = fileURLToPath(new URL("./warmUp.ts", import.meta.url))

/** Where a cache says in four bytes under which flags it may be taken. */
const flagsAt = 12

/** What V8 notes there under these flags, whatever the script. */
const noteOf = async (flags: ReadonlyArray<string>): Promise<Buffer> => {
  const source = `process.stdout.write(new (require("node:vm").Script)("0").createCachedData())`
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--eval", source], { encoding: "buffer" })
  return stdout.subarray(flagsAt, flagsAt + 4)
}

/**
 * What V8 makes of a bundle while it works a first message. V8 takes it again only under the flags it was made with:
 * Lambda's own bootstrap gives Node `--expose-gc`, other places do not.
 */
export const writeCodeCache = async (name: string, folder: string): Promise<void> => {
  for (const flags of [["--expose-gc"], []]) {
    const file = join(folder, `bundle.${process.arch}${flags.length > 0 ? ".gc" : ""}.cache`)
    rmSync(file, { force: true })
    // With threads, or where V8 drops what was not called for some collections, each build's cache may be another, and a
    // deploy of the same sources would change both functions. V8 counts these flags, which change how it compiles and not
    // what, so the note is that of a cache made without.
    const same = ["--single-threaded", "--random-seed=1", "--no-flush-bytecode", ...flags]
    await promisify(execFile)(process.execPath, [...same, warmUp, name, folder])
    const cache = readFileSync(file)
    cache.set(await noteOf(flags), flagsAt)
    writeFileSync(file, cache)
  }
}
