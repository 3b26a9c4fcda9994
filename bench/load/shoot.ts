import { createHistogram, type RecordableHistogram } from "node:perf_hooks"
import { setImmediate, setTimeout } from "node:timers/promises"
import { actAt, bodyOf } from "./mix.ts"
import { poster, type Target } from "./post.ts"

export interface Phase {
  readonly name: string
  /** Requests a second. */
  readonly rate: number
  readonly requests: number
  /** The index of its first request in the run. */
  readonly first: number
}

export interface Shot {
  readonly phase: Phase
  /** Seconds from the first request to the last answer, or as long as the phase was to be. */
  readonly seconds: number
  /** From when a request was due to its answer. */
  readonly latency: Times
  /** From when it was due to when it was made: the generator's own part of the latency. */
  readonly lateness: Times
  /** By status, and by what went wrong where there was none. */
  readonly answers: Readonly<Record<string, number>>
}

/** A phase that is over. */
export interface Salvo {
  readonly shot: Shot
  /** When each request was made, in milliseconds since 1970. */
  readonly made: ReadonlyArray<number>
}

/** Milliseconds. */
export interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/**
 * An open model: the request of index i is due at i/rate, whatever became of those before, and its latency counts from
 * then. autocannon cannot: each of its connections makes its share of a second back to back at the second's beginning
 * and waits for an answer before the next, its correction for coordinated omission takes 1/rate seconds for
 * milliseconds, and it knows p90 and p97.5 but no p95.
 */
export const shoot = async (target: Target, phase: Phase): Promise<Salvo> => {
  const { first, rate, requests } = phase
  const { close, post } = poster(target)
  const [latency, lateness] = [createHistogram(), createHistogram()]
  const answers: Record<string, number> = {}
  const made: Array<number> = []
  const began = performance.now()
  const fire = async (index: number, due: number) => {
    record(lateness, performance.now() - due)
    made.push(Date.now())
    const answer = await post(bodyOf(actAt(first + index)))
    record(latency, performance.now() - due)
    answers[answer] = (answers[answer] ?? 0) + 1
  }
  const fired: Array<Promise<void>> = []
  for (let index = 0; index < requests; index++) {
    const due = began + (index * 1000) / rate
    const early = due - performance.now()
    // One that is late still lets answers in.
    await (early > 0 ? setTimeout(early) : setImmediate())
    fired.push(fire(index, due))
  }
  await Promise.all(fired)
  const seconds = Math.max((performance.now() - began) / 1000, requests / rate)
  close()
  return { shot: { phase, seconds, latency: timesOf(latency), lateness: timesOf(lateness), answers }, made }
}

/** In whole microseconds, of which a histogram takes no zero. */
const record = (histogram: RecordableHistogram, millis: number): void =>
  histogram.record(Math.max(1, Math.round(millis * 1000)))

const timesOf = (histogram: RecordableHistogram): Times => {
  const at = (percentile: number): number => histogram.percentile(percentile) / 1000
  return { p50: at(50), p95: at(95), p99: at(99), max: histogram.max / 1000 }
}
