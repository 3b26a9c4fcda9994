import { median } from "../median.ts"
import { seeded, start } from "./child.ts"
import { inPlace } from "./place.ts"
import { statsOf, until } from "./stats.ts"

export interface Backlog {
  readonly people: number
  /** Video steps a second, from the first look at the host to the last step: the start of a cold process included. */
  readonly perSecond: number
  /** Updates that were not applied, and videos more or fewer than people. */
  readonly wrong: number
}

/** The host comes up to a backlog of different people's first /start: each of them gets the video. */
export const backlog = async (rounds: number, people: number): Promise<Backlog> => {
  const all: Array<Backlog> = []
  for (let round = 0; round < rounds; round++) all.push(await workedOff(people))
  const wrong = all.reduce((sum, round) => sum + round.wrong, 0)
  return { people, perSecond: median(all.map(({ perSecond }) => perSecond)), wrong }
}

const workedOff = (people: number): Promise<Backlog> =>
  inPlace(async (place) => {
    await seeded(place, people, people)
    const host = start("host.ts", { ...place, secret: "bench", works: true })
    await host.next()
    const began = performance.now()
    const first = await statsOf(place.port)
    const end = await until(place.port, ({ queued }) => queued === 0)
    const seconds = (performance.now() - began) / 1000
    await host.stop()
    const wrong = people - end.applied + Math.abs(people - end.sent)
    return { people, perSecond: (end.applied - first.applied) / seconds, wrong }
  })
