import { execFile } from "node:child_process"
import { mkdirSync } from "node:fs"
import { promisify } from "node:util"

// tar is on every machine that runs this, and a backup can be opened without it: tar -xzf.
const run = promisify(execFile)

/** A directory's content in one file, which only its owner can read. */
export const pack = async (directory: string, file: string): Promise<void> => {
  await run("sh", ["-c", 'umask 077 && exec tar -czf "$1" -C "$2" .', "sh", file, directory])
}

export const unpack = async (file: string, directory: string): Promise<void> => {
  mkdirSync(directory, { mode: 0o700 })
  await run("tar", ["-xzf", file, "-C", directory])
}
