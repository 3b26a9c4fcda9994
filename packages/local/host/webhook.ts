import { randomUUID } from "node:crypto"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { maxBody } from "@concierge/core/updates/Envelope.ts"
import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { requested } from "../log/requested.ts"

/** The door that Telegram knocks at: the same program as behind the HTTP API in AWS. */
export const webhookRoute = HttpRouter.add(
  "*",
  "/telegram/webhook",
  Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
    const traceparent = request.headers.traceparent
    const correlationId = randomUUID()
    const receiving = receiveUpdate({
      method: request.method,
      header: (name) => request.headers[name],
      body: bodyOf(request),
      correlationId,
      ...(traceparent !== undefined && { traceparent }),
    })
    const { body, headers, status } = yield* requested(receiving, correlationId)
    return HttpServerResponse.text(body, { status, headers, contentType: "application/json" })
  }),
)

/** Reading stops where the body becomes too large; what is cut off is as unreadable as what is too large. */
const bodyOf = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<Uint8Array> =>
  request.arrayBuffer.pipe(
    Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(maxBody)),
    Effect.map((buffer) => new Uint8Array(buffer)),
    Effect.catchTag("HttpServerError", () => Effect.succeed(tooLarge)),
  )

const tooLarge = new Uint8Array(maxBody + 1)
