import type { WebhookRequest } from "@concierge/core/delivery/receive.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** An HTTP API's event in payload format 2.0, as far as it is used: every path leads here. */
const HttpEvent = Schema.Struct({
  headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  requestContext: Schema.Struct({ http: Schema.Struct({ method: Schema.String }) }),
  body: Schema.optionalKey(Schema.NullOr(Schema.String)),
  isBase64Encoded: Schema.optionalKey(Schema.Boolean),
})

const decode = Schema.decodeUnknownOption(HttpEvent)

/** What to say of an event of any other form, such as format 1.0 of an API that was set up by hand. */
export const notHttpEvent = "The event is not an HTTP API's in payload format 2.0: set the integration's payload format"

/** The request by whose id the API's access log knows the invocation, too. None for an event of another form. */
export const fromHttpEvent = (event: unknown, requestId: string): Option.Option<WebhookRequest> =>
  Option.map(decode(event), ({ body, headers = {}, isBase64Encoded, requestContext }) => {
    const header = headerOf(headers)
    const traceparent = header("traceparent")
    return {
      method: requestContext.http.method,
      header,
      body: Effect.sync(() => Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8")),
      correlationId: requestId,
      ...(traceparent !== undefined && isTraceparent(traceparent) && { traceparent }),
    }
  })

/** The API sends names in lower case; whoever invokes the function by hand may not. */
const headerOf = (headers: Readonly<Record<string, string>>) => (name: string) =>
  Object.hasOwn(headers, name)
    ? headers[name]
    : headers[Object.keys(headers).find((key) => key.toLowerCase() === name) ?? ""]

/** It becomes a message attribute, where SQS refuses many a character. */
const isTraceparent = (value: string): boolean => /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(value)
