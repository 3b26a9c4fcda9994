import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { retention } from "@concierge/core/retention.ts"

/** The name of a day's file: its date in UTC. */
export const nameOf = (timestamp: string): string => `${timestamp.slice(0, 10)}.jsonl`

export const isLogFile = (name: string): boolean => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name)

const day = 86_400_000

export interface LogFile {
  /** Appends a line of that moment (ISO 8601). What the disk does not take is lost: the log stops nobody. */
  readonly write: (timestamp: string, line: string) => void
  readonly close: () => void
}

/** A file a day in this directory, for its owner only, and kept as long as a stage's logs. */
export const openLogFile = (directory: string): LogFile => {
  let open: { readonly name: string; readonly file: number } | undefined
  const close = (): void => {
    if (open !== undefined) closeSync(open.file)
    open = undefined
  }
  const turnTo = (name: string, timestamp: string): number => {
    close()
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const oldest = nameOf(new Date(Date.parse(timestamp) - retention.logs * day).toISOString())
    for (const old of readdirSync(directory)) if (isLogFile(old) && old < oldest) rmSync(join(directory, old))
    const file = openSync(join(directory, name), "a", 0o600)
    open = { name, file }
    return file
  }
  return {
    close,
    write: (timestamp, line) => {
      try {
        const name = nameOf(timestamp)
        writeSync(open?.name === name ? open.file : turnTo(name, timestamp), `${line}\n`)
      } catch {
        // The terminal has it.
      }
    },
  }
}
