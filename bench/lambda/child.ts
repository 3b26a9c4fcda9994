// Runs in a fresh process: loads one handler as Lambda does, invokes it, and prints what that took.
import { deadlineSeconds } from "@concierge/core/delivery/deployed.ts"
import type { Context } from "aws-lambda"

export interface Task {
  readonly bundle: string
  readonly event: unknown
  /** Invocations after the first; none for a cold start. */
  readonly warm: number
}

export interface Measured {
  /** Milliseconds. */
  readonly init: number
  readonly first: number
  /** Milliseconds of the main thread's CPU of both. */
  readonly coldCpu: number
  /** Microseconds of CPU an invocation, once warm. */
  readonly cpu: number
  /** Peak resident set, MB: with the first invocation, and in the end. */
  readonly coldMemory: number
  readonly memory: number
}

const { bundle, event, warm }: Task = JSON.parse(process.argv[2] ?? "")

/** What a batch answers where no record failed has no status. */
const check = (answer: { readonly statusCode?: number; readonly batchItemFailures?: ReadonlyArray<unknown> }) => {
  if ((answer.statusCode ?? 200) !== 200 || (answer.batchItemFailures ?? []).length > 0) {
    throw new Error(`the handler answered ${JSON.stringify(answer)}`)
  }
}

const context = {
  awsRequestId: "5f4f1a36-9d7b-4c53-9a53-0f6a2c9e7b11",
  functionName: "bench",
  getRemainingTimeInMillis: () => deadlineSeconds * 1000,
} as Context

const peak = () => process.resourceUsage().maxRSS / 1024

const booted = process.threadCpuUsage()
const begun = performance.now()
const { handler } = await import(bundle)
const loaded = performance.now()
check(await handler(event, context))
const answered = performance.now()
const coldUsage = process.threadCpuUsage(booted)
const coldMemory = peak()

// As many again first, for the compiler to have seen it all.
for (let call = 0; call < warm; call++) check(await handler(event, context))
const before = process.cpuUsage()
for (let call = 0; call < warm; call++) await handler(event, context)
const { system, user } = process.cpuUsage(before)

const measured: Measured = {
  init: loaded - begun,
  first: answered - loaded,
  coldCpu: (coldUsage.system + coldUsage.user) / 1000,
  cpu: warm === 0 ? 0 : (system + user) / warm,
  coldMemory,
  memory: peak(),
}
process.stderr.write(`\n${JSON.stringify(measured)}\n`)
process.exit(0)
