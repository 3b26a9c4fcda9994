import type { FunctionName } from "@concierge/functions/build.ts"
import type { Figures } from "./measure.ts"
import { ours, oursNoCache, plain } from "./variants.ts"

export interface Row extends Figures {
  readonly key: string
  readonly name: string
  readonly trigger: FunctionName
  readonly kB: number
  readonly cacheKB: number
}

export interface Report {
  readonly node: string
  readonly machine: string
  readonly runs: number
  readonly rows: ReadonlyArray<Row>
  /** Microseconds of CPU an update over the plain handler, the SDK stubbed out of both. */
  readonly frameworkCpu: number
  /** Microseconds to read one first message. */
  readonly decode: Readonly<Record<string, number>>
}

export type Ratios = Readonly<Record<string, number>>

/** What the budget limits: each is the better the smaller it is. */
export const ratiosOf = ({ decode, frameworkCpu, rows }: Report): Ratios => {
  const row = (trigger: FunctionName, name: string): Row => {
    const found = rows.find((row) => row.trigger === trigger && row.name === name)
    if (found === undefined) throw new Error(`${trigger} ${name} was not measured`)
    return found
  }
  const [webhook, webhookNoCache, webhookPlain] = [ours, oursNoCache, plain].map((name) => row("webhook", name))
  const [worker, workerNoCache, workerPlain] = [ours, oursNoCache, plain].map((name) => row("worker", name))
  if (!webhook || !webhookNoCache || !webhookPlain || !worker || !workerNoCache || !workerPlain) return {}
  return {
    "webhook cold start": webhook.cold / webhookPlain.cold,
    "webhook cold start, no code cache": webhookNoCache.cold / webhookPlain.cold,
    "webhook first invocation": webhook.first / webhookPlain.first,
    "webhook first invocation, no code cache": webhookNoCache.first / webhookPlain.first,
    "webhook peak memory": webhook.coldMemory / webhookPlain.coldMemory,
    "webhook peak memory under load": webhook.memory / webhookPlain.memory,
    "webhook CPU an update": webhook.cpu / webhookPlain.cpu,
    "webhook over the floor": webhook.cold / row("webhook", "floor: signed by hand").cold,
    "webhook bundle, kB": webhook.kB,
    "framework's CPU an update, of plain's": frameworkCpu / webhookPlain.cpu,
    "worker cold start": worker.cold / workerPlain.cold,
    "worker cold start, no code cache": workerNoCache.cold / workerPlain.cold,
    "worker first invocation": worker.first / workerPlain.first,
    "worker peak memory": worker.coldMemory / workerPlain.coldMemory,
    "worker peak memory under load": worker.memory / workerPlain.memory,
    "worker CPU an update": worker.cpu / workerPlain.cpu,
    "worker bundle, kB": worker.kB,
    "worker's decoding over JSON.parse": (decode["worker: schema"] ?? Number.NaN) / (decode["JSON.parse"] ?? 1),
  }
}
