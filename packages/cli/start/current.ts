import { readFileSync, statSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"

export const root = fileURLToPath(new URL("../../..", import.meta.url))
/** Where tools keep what can be made again; git and backups leave it out. */
export const folder = `${root}node_modules/.cache/concierge`

/** Each source's path in the repository, with what it was when it was bundled. */
export type Inputs = Readonly<Record<string, string>>

export interface Made {
  /** Folder of the bundle, in `folder`. */
  readonly name: string
  readonly inputs: Inputs
}

/** Changes when a file does. */
export const stampOf = (path: string): string => {
  const { mtimeMs, size } = statSync(`${root}${path}`)
  return `${mtimeMs} ${size}`
}

/** The URL of the bundle, if it is of the sources as they are. */
export const current = (): string | undefined => {
  try {
    const { inputs, name }: Made = JSON.parse(readFileSync(`${folder}/made.json`, "utf8"))
    const isCurrent = Object.entries(inputs).every(([path, stamp]) => stampOf(path) === stamp)
    return isCurrent ? pathToFileURL(`${folder}/${name}/main.js`).href : undefined
  } catch {
    // None was made, or a source is gone.
    return undefined
  }
}
