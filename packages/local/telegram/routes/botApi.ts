import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { type BotApiError, bodyOf, forbidden, injected, statusOf, unauthorized } from "../errors.ts"
import type { Fault } from "../Fault.ts"
import { StandIn } from "../StandIn.ts"
import { download } from "./download.ts"
import { readParams } from "./readParams.ts"

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

const answer = (result: unknown) => HttpServerResponse.jsonUnsafe({ ok: true, result })

/** As a proxy words it that got nothing sensible from the server behind it. */
const pageOf = (status: number) =>
  HttpServerResponse.text(
    `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>nginx</body></html>`,
    {
      status,
      contentType: "text/html",
    },
  )

type Answer<E = never> = Effect.Effect<HttpServerResponse.HttpServerResponse, E>

/** What a fault puts in the place of the answer; `work` is done only if the fault lets it. */
const failing = <E>(
  fault: Fault,
  request: HttpServerRequest.HttpServerRequest,
  work: Answer<E>,
  kill: Effect.Effect<void> = Effect.void,
): Answer<E | BotApiError> => {
  switch (fault._tag) {
    case "Refuse": {
      const { _tag, ...reason } = fault
      return injected(reason)
    }
    case "Page":
      return Effect.succeed(pageOf(fault.status))
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
    case "Kill":
      return work.pipe(Effect.andThen(kill), Effect.andThen(cut(request)))
  }
}

const call = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  const { token, method = "" } = yield* HttpRouter.params
  if (request.headers["sec-fetch-site"] !== undefined) return refuse(forBots)
  if (token !== standIn.botToken) return refuse(unauthorized)
  return yield* readParams(request).pipe(
    Effect.flatMap((params) => {
      const work = Effect.map(standIn.call(method, params), answer)
      const fault = standIn.faults.take(method)
      if (fault !== undefined) return failing(fault, request, work, standIn.kill)
      return Effect.flatMap(standIn.limits.refusal(method, params), (refused) => refused ?? work)
    }),
    Effect.catch((error) => Effect.succeed(refuse(error))),
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
