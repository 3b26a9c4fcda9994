import { median } from "../median.ts"
import { seeded, start } from "./child.ts"
import type { Load, Loaded } from "./load.ts"
import { inPlace, type Place } from "./place.ts"
import { statsOf } from "./stats.ts"

const secret = "bench"

/** As many as Telegram opens unless told otherwise (`max_connections`). */
const connections = 40

/** More than can be taken in while the worker is on: all of them have to be known to the stand-in Telegram. */
const people = 25_000

export interface Webhook {
  readonly floor: Loaded
  /** The floor with one transaction for all requests of one turn of the event loop, as the host has it. */
  readonly grouped: Loaded
  readonly host: Loaded
  /** With the worker sending videos meanwhile, in the same process: what is left for the webhook. */
  readonly working: Loaded
  /** Host to floor, the median of the rounds: the machine's moods are the same for both. */
  readonly ratio: number
  /** The same of the time within which 99 of 100 are answered, round by round, from the least to the most. */
  readonly tails: ReadonlyArray<number>
  /** In how many rounds the host had stored less than it had answered with 200. */
  readonly lost: number
}

/**
 * How many updates a second are taken in. The floor works none of them, so neither does the host that is compared with
 * it: its worker is off, as in AWS, where the webhook is a function of its own.
 */
export const webhook = async (rounds: number, seconds: number): Promise<Webhook> => {
  const [floor, grouped, host, working] = [[] as Loaded[], [] as Loaded[], [] as Loaded[], [] as Loaded[]]
  let lost = 0
  const complete = async ({ port }: Place, { ok }: Loaded) => {
    if ((await statsOf(port)).accepted < ok) lost += 1
  }
  for (let round = 0; round < rounds; round++) {
    floor.push(await under("floor.ts", { grouped: false }, seconds))
    host.push(await under("host.ts", { secret, works: false }, seconds, complete))
    grouped.push(await under("floor.ts", { grouped: true }, seconds))
    working.push(await under("host.ts", { secret, works: true }, seconds, complete))
  }
  const ratio = median(host.map(({ perSecond }, round) => perSecond / (floor[round]?.perSecond ?? Number.NaN)))
  const tails = host
    .map(({ p99 }, round) => p99 / (floor[round]?.p99 ?? Number.NaN))
    .toSorted((one, other) => one - other)
  const [one, two, three, four] = [middle(floor), middle(grouped), middle(host), middle(working)]
  return { floor: one, grouped: two, host: three, working: four, ratio, tails, lost }
}

const under = (
  module: string,
  options: { readonly grouped: boolean } | { readonly secret: string; readonly works: boolean },
  seconds: number,
  check: (place: Place, loaded: Loaded) => Promise<void> = async () => {},
): Promise<Loaded> =>
  inPlace(async (place) => {
    if ("works" in options && options.works) {
      await seeded(place, people, 0)
    }
    const server = start(module, { ...place, ...options })
    await server.next()
    const load: Load = { port: place.port, secret, connections, seconds, warmSeconds: 1 }
    const loaded = (await start("load.ts", load).next()) as Loaded
    await check(place, loaded)
    await server.stop()
    return loaded
  })

const middle = (rounds: ReadonlyArray<Loaded>): Loaded => {
  const of = (name: keyof Loaded): number => median(rounds.map((round) => round[name]))
  const failed = rounds.reduce((sum, round) => sum + round.failed, 0)
  return { perSecond: of("perSecond"), p50: of("p50"), p99: of("p99"), ok: of("ok"), failed }
}
