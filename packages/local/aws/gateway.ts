import { randomUUID } from "node:crypto"
import type { APIGatewayProxyEventV2 } from "aws-lambda"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { Stage } from "./Stage.ts"

/** What a function answers to an HTTP API (payload format 2.0). */
const Answer = Schema.Struct({
  statusCode: Schema.Int,
  headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  body: Schema.optionalKey(Schema.String),
})

const decode = Schema.decodeUnknownEffect(Answer)

/** The HTTP API: any method at the webhook's path becomes an event for the function. */
export const gatewayRoute = HttpRouter.add(
  "*",
  "/telegram/webhook",
  Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
    const { webhook } = yield* Stage
    const event = yield* eventOf(request)
    return yield* webhook.invoke(event).pipe(
      Effect.flatMap((answer) => decode(answer)),
      Effect.map(({ body = "", headers = {}, statusCode }) =>
        HttpServerResponse.text(body, { status: statusCode, headers }),
      ),
      Effect.catchTags({
        // What callers of an HTTP API see of a function that failed.
        FunctionError: (error) => Effect.as(Effect.logError("the webhook failed", { error }), internalError),
        SchemaError: (error) => Effect.as(Effect.logError("the webhook's answer is none", { error }), internalError),
      }),
    )
  }),
)

const internalError = HttpServerResponse.jsonUnsafe({ message: "Internal Server Error" }, { status: 500 })

const eventOf = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const now = yield* Clock.currentTimeMillis
  const path = "/telegram/webhook"
  const body = yield* Effect.orDie(request.arrayBuffer)
  // Text stays text, all else goes in base64.
  const isText = /json|text|xml|urlencoded/.test(request.headers["content-type"] ?? "")
  return {
    version: "2.0",
    routeKey: `ANY ${path}`,
    rawPath: path,
    rawQueryString: "",
    headers: { ...request.headers },
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: request.headers.host ?? "",
      domainPrefix: "local",
      http: { method: request.method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "" },
      requestId: randomUUID(),
      routeKey: `ANY ${path}`,
      stage: "$default",
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.byteLength > 0 && { body: Buffer.from(body).toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: !isText,
  } satisfies APIGatewayProxyEventV2
})
