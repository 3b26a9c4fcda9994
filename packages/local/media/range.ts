/** Which bytes of a file are asked for; `end` is the last byte, as in `Content-Range`. */
export type Range =
  | { readonly _tag: "Whole" }
  | { readonly _tag: "Part"; readonly start: number; readonly end: number }
  | { readonly _tag: "Unsatisfiable" }

const whole: Range = { _tag: "Whole" }
const unsatisfiable: Range = { _tag: "Unsatisfiable" }

/**
 * Reads a `Range` header for a file of `size` bytes. RFC 9110 lets a server ignore what it does not understand: another
 * unit, a malformed header and a list of ranges all give the whole file.
 */
export const parseRange = (header: string | undefined, size: number): Range => {
  const match = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "")
  const [, first = "", last = ""] = match ?? []
  if (first === "" && last === "") return whole
  if (first === "") return tail(Number(last), size)
  const start = Number(first)
  const end = last === "" ? Number.POSITIVE_INFINITY : Number(last)
  if (end < start) return whole
  return start < size ? { _tag: "Part", start, end: Math.min(end, size - 1) } : unsatisfiable
}

const tail = (length: number, size: number): Range =>
  length > 0 && size > 0 ? { _tag: "Part", start: Math.max(0, size - length), end: size - 1 } : unsatisfiable
