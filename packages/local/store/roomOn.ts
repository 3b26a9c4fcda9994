import { statfsSync } from "node:fs"
import { dirname } from "node:path"

/** Milliseconds for which one look at the disk is good. */
const seen = 1_000

/** Whether the disk of a file has more free than the reserve, in bytes. In memory there is always room. */
export const roomOn = (path: string, reserve: number): (() => boolean) => {
  if (path === ":memory:") return () => true
  let [at, hasRoom] = [Number.NEGATIVE_INFINITY, true]
  return () => {
    if (performance.now() - at < seen) return hasRoom
    at = performance.now()
    const { bavail, bsize } = statfsSync(dirname(path))
    hasRoom = bavail * bsize > reserve
    return hasRoom
  }
}
