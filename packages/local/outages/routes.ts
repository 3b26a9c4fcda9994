import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { asked } from "../asked.ts"
import { Outages, parts } from "./Outages.ts"

const decode = Schema.decodeUnknownEffect(Schema.Struct({ part: Schema.Literals(parts), isOut: Schema.Boolean }))

const shown = (outages: Outages["Service"]) => HttpServerResponse.jsonUnsafe({ parts, out: outages.list() })

const list = Effect.map(Outages, shown)

const set = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const outages = yield* Outages
  return yield* asked(request, decode).pipe(
    Effect.match({
      onFailure: (body) =>
        HttpServerResponse.jsonUnsafe(
          { error: body.told(`send {"part": "${parts.join('" | "')}", "isOut": true | false}`) },
          { status: 400 },
        ),
      onSuccess: ({ isOut, part }) => {
        outages.set(part, isOut)
        return shown(outages)
      },
    }),
  )
})

/** Takes a part of the machine away from the stand-in's bot, and gives it back. */
export const outageRoutes = HttpRouter.addAll([
  HttpRouter.route("GET", "/sandbox/outages", list),
  HttpRouter.route("POST", "/sandbox/outages", set),
])
