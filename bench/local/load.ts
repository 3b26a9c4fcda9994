import autocannon from "autocannon"
import { tell } from "./parent.ts"
import { startUpdate } from "./update.ts"

/** A load generator in a process of its own: its work is not the server's. */
const { port, secret, connections, seconds, warmSeconds }: Load = JSON.parse(process.argv[2] ?? "")

export interface Load {
  readonly port: number
  readonly secret: string
  readonly connections: number
  readonly seconds: number
  readonly warmSeconds: number
}

export interface Loaded {
  readonly perSecond: number
  /** Milliseconds to the answer. */
  readonly p50: number
  readonly p99: number
  /** Answers of 200, the warm-up's included. */
  readonly ok: number
  /** Other answers, and requests without one. */
  readonly failed: number
}

// Every request is another update: a repeated one would be less work.
let updateId = 0

const shoot = (duration: number) =>
  autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    duration,
    requests: [
      {
        method: "POST",
        path: "/telegram/webhook",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
        setupRequest: (request) => ({ ...request, body: startUpdate(++updateId) }),
      },
    ],
  })

const warm = await shoot(warmSeconds)
const result = await shoot(seconds)
const both = [warm, result]
const sum = (of: (part: autocannon.Result) => number): number => both.reduce((total, part) => total + of(part), 0)
const ok = sum((part) => part.statusCodeStats?.["200"]?.count ?? 0)
const loaded: Loaded = {
  perSecond: result.requests.total / result.duration,
  p50: result.latency.p50,
  p99: result.latency.p99,
  ok,
  failed: sum(({ errors, requests, timeouts }) => requests.total + errors + timeouts) - ok,
}
tell(loaded)
