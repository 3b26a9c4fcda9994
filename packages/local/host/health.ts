import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { Tables } from "../store/Tables.ts"

/** 200 when everything is there; 503 when the disk is nearly full, and new updates are answered 503 as well. */
export const healthRoute = HttpRouter.use((router) =>
  Effect.gen(function* () {
    const { hasRoom } = yield* Tables
    yield* router.add(
      "GET",
      "/healthz",
      Effect.sync(() => (hasRoom() ? healthy : full)),
    )
  }),
)

export const healthy = HttpServerResponse.jsonUnsafe({ ok: true })

const full = HttpServerResponse.jsonUnsafe({ ok: false, error: "The disk is nearly full." }, { status: 503 })
