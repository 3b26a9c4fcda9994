import type { Link } from "@concierge/core/attribution/Link.ts"
import { iso, toIso } from "@concierge/core/Time.ts"
import { Dice } from "./chance.ts"
import { epoch, type LinkChange } from "./Schedule.ts"

/** What somebody may come by, as whoever gave it to them knows it. */
export interface Placement {
  readonly payload: string
  /** It has the form of a stored link's. */
  readonly linkId?: string
  readonly clickId?: string
  /** A link can carry it, and a program filled it in. */
  readonly isUnderstood: boolean
  /** How a report may name it where no link is known for it. */
  readonly code?: string
}

const poster = "poster-_station1"
const story = "story_of_summer1"
const later = "not_before_noon-"

const linked = (linkId: string, ...clicks: ReadonlyArray<string>): ReadonlyArray<Placement> => [
  { payload: `l_${linkId}`, linkId, isUnderstood: true, code: `l_${linkId}` },
  ...clicks.map((clickId) => {
    const payload = `l_${linkId}-${clickId}`
    return { payload, linkId, clickId, isUnderstood: true, code: payload }
  }),
]

const placements: ReadonlyArray<Placement> = [
  { payload: "ref_summer24", isUnderstood: true, code: "ref_summer24" },
  { payload: "partner-7", isUnderstood: true, code: "partner-7" },
  { payload: "bad\u0007one", isUnderstood: false },
  { payload: "hello friend", isUnderstood: false, code: "hello friend" },
  ...linked("0123456789abcdef"),
  ...linked(poster, "Cj-w_7", "-"),
  ...linked(story, "x".repeat(45)),
  ...linked(later),
]

export const placementOf = (payload: string): Placement | undefined =>
  placements.find((placement) => placement.payload === payload)

/** What somebody types after /start, if anything: of one run's people many come by the same link. */
export const payloadsOf = (seed: number) => {
  const favourite = new Dice("favourite", seed).of([poster, poster, story, later])
  const often = placements.filter(({ linkId }) => linkId === favourite)
  return (dice: Dice): string | undefined =>
    dice.is(0.3) ? undefined : dice.of(dice.is(0.6) ? often : placements).payload
}

const day = 86_400_000

/** Links that are edited, disabled and enabled again, that expire, or are made only later; of one nobody ever knows. */
export const changesOf = (seed: number, end: number): ReadonlyArray<LinkChange> => {
  const dice = new Dice("links", seed)
  const moment = (): number => dice.between(0, end)
  const made = { createdAt: iso("2026-03-01T00:00:00.000Z") }
  const first: Link = { ...made, name: "Poster", ref_code: "station", utm: { source: "poster", campaign: "spring" } }
  const disabled: Link = { ...first, disabledAt: toIso(epoch + moment()) }
  const edited: Link = { ...first, ref_code: "harbour", utm: { source: "poster", campaign: "autumn" } }
  const ended: Link = { ...made, name: "Story", utm: { campaign: "summer" }, expiresAt: toIso(epoch + moment()) }
  const fates = dice.of([[edited], [disabled], [disabled, edited], [edited, disabled, first]])
  const times = fates.map(moment).sort((one, other) => one - other)
  return [
    { at: -day, linkId: poster, link: first },
    { at: -day, linkId: story, link: ended },
    { at: moment(), linkId: later, link: { ...made, name: "Later", ref_code: "late" } },
    ...fates.map((link, index) => ({ at: times[index] ?? 0, linkId: poster, link })),
  ]
}
