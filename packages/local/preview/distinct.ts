import type { Scene, Who } from "./Scene.ts"

/** A scene with the conditions under which it is seen, where there are any: `level: never, some`. */
export interface Distinct extends Omit<Scene, "when"> {
  readonly when: ReadonlyArray<string>
}

/** Of scenes with one title those that look the same to everybody are one. */
export const distinct = (scenes: ReadonlyArray<Scene>, everybody: ReadonlyArray<Who>): ReadonlyArray<Distinct> =>
  [...grouped(scenes, ({ group, title }) => `${group} ${title}`).values()].flatMap((all) => {
    const alike = grouped(all, ({ shown }) => JSON.stringify(everybody.map(shown)))
    return [...alike.values()].flatMap((same) =>
      same.slice(0, 1).map((scene) => ({ ...scene, when: conditionsOf(same, all) })),
    )
  })

const grouped = <A>(list: ReadonlyArray<A>, keyOf: (one: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

/** What sets some scenes apart from the others: the answers and places that not all of them share. */
const conditionsOf = (same: ReadonlyArray<Scene>, all: ReadonlyArray<Scene>): ReadonlyArray<string> =>
  [...new Set(all.flatMap(({ when }) => Object.keys(when)))].flatMap((name) => {
    const [some, every] = [valuesOf(same, name), valuesOf(all, name)]
    if (some.length === 0 || some.length === every.length) return []
    return [name === "place" ? some.join(", ") : `${name}: ${some.join(", ")}`]
  })

const valuesOf = (scenes: ReadonlyArray<Scene>, name: string): ReadonlyArray<string> => [
  ...new Set(scenes.flatMap(({ when }) => when[name] ?? [])),
]
