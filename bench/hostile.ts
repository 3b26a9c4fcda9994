import { WebhookConfig } from "@concierge/core/config.ts"
import { maxBody } from "@concierge/core/domain/Envelope.ts"
import { displayName, spokenName } from "@concierge/core/domain/Name.ts"
import { parse } from "@concierge/core/domain/StartToken.ts"
import { receiveUpdate } from "@concierge/core/programs/receiveUpdate.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** What the webhook needs, with a queue that takes everything at once. */
const services = Layer.mergeAll(
  Layer.succeed(WebhookConfig, { secret: Redacted.make("s"), originSecret: undefined }),
  Layer.succeed(UpdateQueue, { send: () => Effect.void }),
  Metrics.layerNone,
)

const webhook = (body: string) => {
  const bytes = new TextEncoder().encode(body)
  const request = { method: "POST", header: () => "s", body: Effect.succeed(bytes), correlationId: "bench" }
  const program = Effect.provide(receiveUpdate(request), services)
  return { bytes: bytes.byteLength, run: () => void Effect.runSync(program) }
}

const text = (run: (text: string) => unknown) => (text: string) => ({ bytes: text.length, run: () => void run(text) })

/** Inputs that get worse as they grow, by their size in bytes. */
const inputs = {
  "webhook: brackets in each other": (size: number) =>
    webhook(`{"update_id":1,"a":${"[".repeat(size / 2)}${"]".repeat(size / 2)}}`),
  "webhook: brackets that never close": (size: number) => webhook("[".repeat(size)),
  "webhook: many keys": (size: number) =>
    webhook(`{"update_id":1${Array.from({ length: size / 11 }, (_, key) => `,"${key}":0`).join("")}}`),
  "webhook: one key many times": (size: number) => webhook(`{"update_id":1${',"a":{}'.repeat(size / 7)}}`),
  "webhook: digits": (size: number) => webhook(`{"update_id":${"9".repeat(size)}}`),
  "webhook: emoji, each to be escaped": (size: number) => webhook(`{"update_id":1,"a":"${"😀".repeat(size / 4)}"}`),
  "webhook: backslashes": (size: number) => webhook(`{"update_id":1,"a":"${"\\\\".repeat(size / 2)}"}`),
  "token: of 512 characters and beyond": (size: number) => text(parse)("A".repeat(size)),
  "token: bars": (size: number) => text(parse)(Buffer.from("|".repeat(size)).toString("base64url")),
  "name: combining marks": (size: number) => text(displayName)(`a${"\u0301".repeat(size)}`),
  "name: angle brackets": (size: number) => text(spokenName)("<".repeat(size)),
  "name: hyphens": (size: number) => text(spokenName)("a-".repeat(size / 2)),
} as const

const sizes = [maxBody / 16, maxBody / 4, maxBody - 64]
const rounds = 15

const millis = ({ run }: { readonly run: () => void }): number => {
  run()
  return Math.min(
    ...Array.from({ length: rounds }, () => {
      const started = performance.now()
      run()
      return performance.now() - started
    }),
  )
}

console.log(`ms for an input of so many bytes, best of ${rounds}; the last column: time per byte, largest to smallest`)
let worst = 0
for (const [name, inputOf] of Object.entries(inputs)) {
  const measured = sizes.map((size) => {
    const input = inputOf(Math.floor(size))
    return { bytes: input.bytes, millis: millis(input) }
  })
  const perByte = measured.map(({ bytes, millis }) => Math.max(millis, 0.01) / bytes)
  const growth = (perByte.at(-1) ?? 0) / (perByte[0] ?? 1)
  worst = Math.max(worst, growth)
  const columns = measured.map(({ bytes, millis }) => `${bytes}: ${millis.toFixed(2)}`.padEnd(16))
  console.log(`${name.padEnd(40)} ${columns.join(" ")} ${growth.toFixed(2)}`)
}
console.log(`worst growth per byte from 16 KiB to 256 KiB: ${worst.toFixed(2)} (1 is linear, 16 quadratic)`)
process.exitCode = worst > 8 ? 1 : 0
