import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { asked } from "../../asked.ts"
import { wholeNumber } from "../../wholeNumber.ts"
import { Act, BadAct, usage } from "../act.ts"
import { LimitOptions } from "../judge.ts"
import { StandIn } from "../StandIn.ts"
import { download } from "./download.ts"

const bad = (error: string) => HttpServerResponse.jsonUnsafe({ error }, { status: 400 })

const decodeAct = Schema.decodeUnknownEffect(Act)

const send = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  return yield* asked(request, decodeAct).pipe(
    Effect.mapError((bad) => new BadAct({ problem: bad.told("this is not something that a person does") })),
    Effect.flatMap((act) => standIn.send(act)),
    Effect.match({
      onFailure: ({ problem }) => bad(`${problem}: ${usage}`),
      onSuccess: (updateId) => HttpServerResponse.jsonUnsafe({ ok: true, updateId }),
    }),
  )
})

const decodeLimits = Schema.decodeUnknownEffect(LimitOptions)

const limitsUsage = `set {"perSecond": 30, "model": "call" | "bot", "chats": true}, or {} for no limits; all there are: ${Object.keys(LimitOptions.fields).join(", ")}`

/** Sets Telegram's limits: `{}` takes them away. */
const limit = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const { limits } = yield* StandIn
  return yield* asked(request, decodeLimits).pipe(
    Effect.match({
      onFailure: (body) => bad(body.told(limitsUsage)),
      onSuccess: (options) => {
        limits.set(options)
        return HttpServerResponse.jsonUnsafe({ ok: true, limits: options })
      },
    }),
  )
})

const limited = Effect.map(StandIn, ({ limits }) => HttpServerResponse.jsonUnsafe(limits.counts()))

const judged = Effect.map(StandIn, ({ limits }) => HttpServerResponse.jsonUnsafe(limits.calls()))

const inChat = (read: (standIn: StandIn["Service"], chatId: number) => Effect.Effect<string>) =>
  Effect.gen(function* () {
    const standIn = yield* StandIn
    const chatId = wholeNumber((yield* HttpRouter.params).chatId)
    if (chatId === undefined) return bad("the chat's id must be a whole number")
    return HttpServerResponse.text(yield* read(standIn, chatId), { contentType: "application/json" })
  })

const Happening = Schema.Struct({
  chatId: Schema.Int,
  kind: Schema.NonEmptyString,
  payload: Schema.Record(Schema.String, Schema.Unknown),
})
const decodeHappening = Schema.decodeUnknownEffect(Happening)

/** An update of any kind and content, also such as Telegram would never make. */
const update = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  return yield* asked(request, decodeHappening).pipe(
    Effect.flatMap(({ chatId, kind, payload }) => standIn.update(kind, payload, `chat ${chatId}`)),
    Effect.match({
      onFailure: (body) => bad(body.told('send {"chatId": 1001, "kind": "message", "payload": {…}}')),
      onSuccess: (updateId) => HttpServerResponse.jsonUnsafe({ ok: true, updateId }),
    }),
  )
})

/** As a person deletes what they wrote. No update comes of it: Telegram tells bots nothing. */
const remove = Effect.gen(function* () {
  const standIn = yield* StandIn
  const params = yield* HttpRouter.params
  const [chatId, messageId] = [wholeNumber(params.chatId), wholeNumber(params.messageId)]
  if (chatId === undefined || messageId === undefined)
    return bad("the chat's and the message's ids must be whole numbers")
  const isGone = yield* standIn.removeMessage(chatId, messageId)
  return HttpServerResponse.jsonUnsafe({ ok: isGone }, { status: isGone ? 200 : 404 })
})

const file = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const standIn = yield* StandIn
  const { fileId = "" } = yield* HttpRouter.params
  return download(yield* standIn.file({ fileId }), request.headers.range)
})

/** The people's side, for the page and for load tests. */
export const sandboxRoutes = HttpRouter.addAll([
  HttpRouter.route("POST", "/sandbox/send", send),
  HttpRouter.route("POST", "/sandbox/updates", update),
  HttpRouter.route("DELETE", "/sandbox/chats/:chatId/messages/:messageId", remove),
  HttpRouter.route("POST", "/sandbox/limits", limit),
  HttpRouter.route("GET", "/sandbox/limits", limited),
  HttpRouter.route("GET", "/sandbox/limits/calls", judged),
  HttpRouter.route(
    "GET",
    "/sandbox/chats/:chatId/messages",
    inChat((standIn, chatId) => standIn.messagesJson(chatId, "bot")),
  ),
  HttpRouter.route(
    "GET",
    "/sandbox/chats/:chatId/history",
    inChat((standIn, chatId) => standIn.messagesJson(chatId, "all")),
  ),
  HttpRouter.route(
    "GET",
    "/sandbox/chats/:chatId/taps",
    inChat((standIn, chatId) => Effect.map(standIn.taps(chatId), (taps) => JSON.stringify(taps))),
  ),
  HttpRouter.route("GET", "/sandbox/files/:fileId", file),
])
