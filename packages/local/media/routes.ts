import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodeHttpPlatform from "@effect/platform-node/NodeHttpPlatform"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpPlatform from "effect/http/HttpPlatform"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { isMissing } from "../isMissing.ts"
import { pathOf } from "./files.ts"
import { Claim, LinkRefused, linkPath, MediaLinks } from "./MediaLinks.ts"
import { parseRange } from "./range.ts"

/** What signed links lead to: the objects of the data directory, whole or in part. */
export const routes = (directory: string) =>
  HttpRouter.use((router) =>
    Effect.gen(function* () {
      const links = yield* MediaLinks
      const fs = yield* FileSystem.FileSystem
      const platform = yield* HttpPlatform.HttpPlatform

      const serve = Effect.gen(function* () {
        const { params } = yield* HttpRouter.RouteContext
        const key = params["*"] ?? ""
        const claim = yield* Effect.mapError(
          HttpServerRequest.schemaSearchParams(Claim),
          () => new LinkRefused({ message: "This link is not signed." }),
        )
        yield* links.check(key, claim)

        // Only keys are signed, so what comes here is one.
        const path = pathOf(directory, key)
        const { size, type } = yield* fs.stat(path)
        if (type !== "File") return notFound
        return yield* respond(path, Number(size))
      }).pipe(
        Effect.catchTag("LinkRefused", ({ message }) => Effect.succeed(line(message, 403))),
        Effect.catchTag("PlatformError", (error) =>
          isMissing(error)
            ? Effect.succeed(notFound)
            : Effect.as(Effect.logWarning("media file not readable", error), line("This file cannot be read.", 500)),
        ),
        Effect.provideService(HttpPlatform.HttpPlatform, platform),
      )
      yield* router.add("GET", `${linkPath}/*`, serve)
    }),
  ).pipe(Layer.provide([NodeFileSystem.layer, NodeHttpPlatform.layer]))

const respond = Effect.fnUntraced(function* (path: string, size: number) {
  const { method, headers } = yield* HttpServerRequest.HttpServerRequest
  // Ranges are defined for GET alone (RFC 9110, 14.2).
  const range = parseRange(method === "GET" ? headers.range : undefined, size)
  switch (range._tag) {
    case "Whole":
      return yield* HttpServerResponse.file(path, { headers: { "accept-ranges": "bytes" } })
    case "Unsatisfiable":
      return HttpServerResponse.setHeader(
        line("There are no such bytes in this file.", 416),
        "content-range",
        `bytes */${size}`,
      )
    case "Part":
      return yield* HttpServerResponse.file(path, {
        status: 206,
        offset: range.start,
        bytesToRead: range.end - range.start + 1,
        headers: { "accept-ranges": "bytes", "content-range": `bytes ${range.start}-${range.end}/${size}` },
      })
  }
})

const line = (text: string, status: number) => HttpServerResponse.text(`${text}\n`, { status })
const notFound = line("There is no such file.", 404)
