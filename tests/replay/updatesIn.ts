import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** One body for the webhook, and where it was found. */
export interface Found {
  readonly place: string
  readonly json: string
}

/** Of a file: one update, an array of them, or one a line. Of a folder: of all that is in it. */
export const updatesIn = (path: string): ReadonlyArray<Found> => {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .toSorted()
      .flatMap((name) => updatesIn(join(path, name)))
  }
  const text = readFileSync(path, "utf8")
  const whole = parsed(text)
  if (Array.isArray(whole)) return whole.map((update, index) => found(`${path}[${index}]`, update))
  if (whole !== undefined) return [found(path, whole)]
  return text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ place: `${path}:${index + 1}`, json: line }]))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const found = (place: string, update: unknown): Found => ({ place, json: JSON.stringify(update) })

/** The same under another id, since many collections give all of theirs the same one. Undefined: it is no update. */
export const numbered = ({ json }: Found, id: number): string | undefined => {
  const update = parsed(json)
  const isUpdate =
    typeof update === "object" && update !== null && Number.isSafeInteger(Reflect.get(update, "update_id"))
  return isUpdate ? JSON.stringify({ ...update, update_id: id }) : undefined
}
