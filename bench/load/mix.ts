import { startUpdate, tapUpdate } from "../local/update.ts"
import { nameOf } from "../viral/names.ts"
import { buttons } from "./path.ts"

/** One request of the run. People are numbered from 1 in the order in which they start. */
export interface Act {
  /** Of the update: each has another. */
  readonly id: number
  readonly person: number
  /** Undefined: their /start by a campaign link. */
  readonly button: string | undefined
}

/** Artillery's mix: of each ten requests these are taps, the other seven new people's /start. */
const taps = [3, 6, 9]

/** So many people tap the same button before the first of them taps the next: 5 s between at 100 requests a second. */
const turn = 150

/** What the request of this index is; the same in every run. */
export const actAt = (index: number): Act => {
  const id = index + 1
  const earlier = tapsIn(index)
  if (!taps.includes(index % 10)) return { id, person: id - earlier, button: undefined }
  const round = Math.floor(earlier / (turn * buttons.length))
  const button = buttons[Math.floor(earlier / turn) % buttons.length]
  return { id, person: round * turn + (earlier % turn) + 1, button }
}

/** Of the people so many have a name that nobody had before, for which the voice has to speak. */
const newNames = 0.1

/** As Telegram would post it. */
export const bodyOf = ({ button, id, person }: Act): string => {
  const name = nameOf(person, newNames)
  return button === undefined
    ? startUpdate(id, person, undefined, name)
    : tapUpdate(id, person, button, undefined, name)
}

/** What each person does in a run of so many requests: their /start, and then their taps. */
export const actsByPerson = (requests: number): ReadonlyMap<number, ReadonlyArray<Act>> =>
  Map.groupBy(
    Array.from({ length: requests }, (_, index) => actAt(index)),
    ({ person }) => person,
  )

/** How many of the first so many requests are taps. */
const tapsIn = (requests: number): number =>
  Math.floor(requests / 10) * taps.length + taps.filter((place) => place < requests % 10).length

/** How many people start in a run of so many requests. */
export const peopleIn = (requests: number): number => requests - tapsIn(requests)
