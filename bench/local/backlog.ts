import { median } from "../median.ts"
import { seeded, start } from "./child.ts"
import type { Usage } from "./host.ts"
import { inPlace } from "./place.ts"
import { statsOf, until } from "./stats.ts"

export interface Backlog {
  readonly people: number
  /** Video steps a second, from the first look at the host to the last step: the start of a cold process included. */
  readonly perSecond: number
  /** Updates that were not applied, and videos more or fewer than people. */
  readonly wrong: number
}

interface Round extends Backlog {
  /** Milliseconds of the host's processor time. */
  readonly cpu: number
}

/** The host comes up to a backlog of different people's first /start: each of them gets the video. */
export const backlog = async (rounds: number, people: number): Promise<Backlog> => {
  const all: Array<Backlog> = []
  for (let round = 0; round < rounds; round++) all.push(await workedOff(people))
  const wrong = all.reduce((sum, round) => sum + round.wrong, 0)
  return { people, perSecond: median(all.map(({ perSecond }) => perSecond)), wrong }
}

/** What such a backlog takes of the processor without a pace, to what it takes with one that has nothing to hold back: by rounds. */
export const unpacedToPaced = async (rounds: number, people: number): Promise<ReadonlyArray<number>> => {
  const ratios: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const paced = await workedOff(people)
    const unpaced = await workedOff(people, false)
    ratios.push(unpaced.cpu / paced.cpu)
  }
  return ratios
}

const workedOff = (people: number, isPaced = true): Promise<Round> =>
  inPlace(async (place) => {
    await seeded(place, people, people)
    const host = start("host.ts", { ...place, secret: "bench", works: true, isPaced })
    await host.next()
    const before = (await host.ask()) as Usage
    const began = performance.now()
    const first = await statsOf(place.port)
    const end = await until(place.port, ({ queued }) => queued === 0)
    const seconds = (performance.now() - began) / 1000
    const { cpu } = (await host.ask()) as Usage
    await host.stop()
    const wrong = people - end.applied + Math.abs(people - end.sent)
    return { people, perSecond: (end.applied - first.applied) / seconds, wrong, cpu: cpu - before.cpu }
  })
