import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { type BotApiError, bodyOf, forbidden, injected, statusOf, unauthorized } from "../errors.ts"
import type { Fault } from "../Faults.ts"
import { StandIn } from "../StandIn.ts"
import { download } from "./download.ts"
import { readParams } from "./read.ts"

const refuse = (error: BotApiError) => HttpServerResponse.jsonUnsafe(bodyOf(error), { status: statusOf(error) })

/**
 * Browsers alone say of which site they ask. A GET changes things here and the token is known, so that a link in a chat,
 * which a browser takes for typed by its user, would write to people in the bot's name.
 */
const forBots = forbidden("this is for bots; a browser may not call it")

/** Waits for the server to notice that its client is gone. */
const cut = (request: HttpServerRequest.HttpServerRequest) =>
  Effect.suspend(() => {
    NodeHttpServerRequest.toIncomingMessage(request).socket.destroy()
    return Effect.never
  })

/** What a fault puts in the place of the answer; `work` is done only if the fault lets it. */
const failing = <E>(fault: Fault, request: HttpServerRequest.HttpServerRequest, work: Effect.Effect<unknown, E>) => {
  switch (fault._tag) {
    case "Refuse": {
      const { _tag, ...reason } = fault
      return injected(reason)
    }
    case "Hang":
      return Effect.never
    case "CutBefore":
      return cut(request)
    case "Slow":
      return Effect.tap(work, Effect.sleep(fault.millis))
    case "Lose":
      return Effect.andThen(work, Effect.never)
    case "CutAfter":
      return Effect.andThen(work, cut(request))
  }
}

const call = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  const { token, method = "" } = yield* HttpRouter.params
  if (request.headers["sec-fetch-site"] !== undefined) return refuse(forBots)
  if (token !== standIn.botToken) return refuse(unauthorized)
  return yield* readParams(request).pipe(
    Effect.flatMap((params) => {
      const work = standIn.call(method, params)
      const fault = standIn.faults.take(method)
      if (fault !== undefined) return failing(fault, request, work)
      return Effect.flatMap(standIn.limits.refusal(method, params), (refused) => refused ?? work)
    }),
    Effect.match({
      onFailure: refuse,
      onSuccess: (result) => HttpServerResponse.jsonUnsafe({ ok: true, result }),
    }),
  )
})

const file = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  const { token, "*": path = "" } = yield* HttpRouter.params
  if (token !== standIn.botToken) return refuse(unauthorized)
  return download(yield* standIn.file({ path }), request.headers.range)
})

/** `https://api.telegram.org` as bots see it. */
export const botApiRoutes = HttpRouter.addAll([
  HttpRouter.route("GET", "/bot:token/:method", call),
  HttpRouter.route("POST", "/bot:token/:method", call),
  HttpRouter.route("GET", "/file/bot:token/*", file),
])
