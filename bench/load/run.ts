import { seeded, start } from "../local/child.ts"
import type { Usage } from "../local/host.ts"
import { inPlace } from "../local/place.ts"
import { statsOf } from "../local/stats.ts"
import { drained } from "./drained.ts"
import type { Load } from "./generator.ts"
import { peopleIn } from "./mix.ts"
import type { Options } from "./options.ts"
import { people } from "./people.ts"
import { type Line, reconcile } from "./reconcile.ts"
import type { Phase, Salvo, Shot } from "./shoot.ts"

export interface Run {
  readonly shots: ReadonlyArray<Shot>
  readonly lines: ReadonlyArray<Line>
  /** How many were queued when the last answer had come, and the seconds until none was. */
  readonly backlog: { readonly queued: number; readonly seconds: number }
  /** Of the host's memory, in MB. */
  readonly peakMb: number
}

const secret = "bench"

/** The host as `npm start` runs it in a fresh directory, under both phases, and what has become of everything then. */
export const run = (options: Options, note: (what: string) => void): Promise<Run> =>
  inPlace(async (place) => {
    const { port } = place
    const phases = phasesOf(options)
    const requests = phases.reduce((sum, phase) => sum + phase.requests, 0)
    note(`${peopleIn(requests)} people are made known to the stand-in Telegram`)
    await seeded(place, peopleIn(requests), 0)
    const host = start("host.ts", { ...place, secret, works: true })
    try {
      await host.next()
      note(`${requests} requests are made`)
      const load: Load = { port, secret, phases }
      const salvos = (await start("../load/generator.ts", load).next()) as ReadonlyArray<Salvo>
      const [shots, made] = [salvos.map(({ shot }) => shot), salvos.flatMap(({ made }) => made)]
      const answered = performance.now()
      const { queued } = await statsOf(port)
      note(`${queued} queued updates are worked off`)
      const stats = await drained(port)
      const backlog = { queued, seconds: (performance.now() - answered) / 1000 }
      const { peakMb } = (await host.ask()) as Usage
      note("everybody is looked up, and what became of each request")
      const ok = shots.reduce((sum, { answers }) => sum + (answers[200] ?? 0), 0)
      const lines = reconcile({ requests, ok, stats, people: await people(port, made) })
      return { shots, lines, backlog, peakMb }
    } finally {
      await host.stop()
    }
  })

const phasesOf = ({ burst, burstSeconds, rate, seconds }: Options): ReadonlyArray<Phase> => {
  const steady = { name: "steady", rate, requests: requestsOf(rate, seconds), first: 0 }
  const fast = rate * burst
  return [steady, { name: "burst", rate: fast, requests: requestsOf(fast, burstSeconds), first: steady.requests }]
}

const requestsOf = (rate: number, seconds: number): number => Math.max(1, Math.round(rate * seconds))
