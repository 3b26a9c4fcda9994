import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { parseRange } from "../../media/range.ts"
import { bodyOf, notFound } from "../errors.ts"
import type { Download } from "../StandIn.ts"

/** A file, or the one part of it that a `Range` header asks for: without that a `<video>` cannot be searched. */
export const download = (file: Download | undefined, header: string | undefined) => {
  if (file === undefined) return HttpServerResponse.jsonUnsafe(bodyOf(notFound), { status: 404 })
  const { bytes, contentType } = file
  const headers = { "accept-ranges": "bytes" }
  const range = parseRange(header, bytes.length)
  switch (range._tag) {
    case "Whole":
      return HttpServerResponse.uint8Array(bytes, { contentType, headers })
    case "Unsatisfiable":
      return HttpServerResponse.empty({ status: 416, headers: { "content-range": `bytes */${bytes.length}` } })
    case "Part":
      return HttpServerResponse.uint8Array(bytes.subarray(range.start, range.end + 1), {
        status: 206,
        contentType,
        headers: { ...headers, "content-range": `bytes ${range.start}-${range.end}/${bytes.length}` },
      })
  }
}
