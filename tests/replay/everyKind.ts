import { declarationsIn } from "./Declarations.ts"
import { type Sample, Samples } from "./samples.ts"

const samples = new Samples(declarationsIn(new URL("update.d.ts", import.meta.resolve("@grammyjs/types"))))

/** Kinds of update that the Bot API has, as its declarations say. */
export const kinds: ReadonlyArray<string> = samples
  .fields("Update")
  .map(({ name }) => name)
  .filter((name) => name !== "update_id")

/**
 * Updates in which every kind occurs, and of each kind every optional field and every alternative; with a depth of 2 also
 * those of its fields.
 */
export const everyKind = (depth: number): ReadonlyArray<object> =>
  samples
    .fields("Update")
    .flatMap(({ name, type }) =>
      name === "update_id" ? [] : samples.all(type, depth).map((content) => ({ update_id: 0, [name]: content })),
    )
    .map((update, index) => lifelike({ ...update, update_id: index + 1 }))

/** Each has a person of its own, whose private chat has their id; a group's id is negative, and nothing was sent in 1970. */
const lifelike = (update: { readonly [name: string]: Sample }): object => {
  const person = 7_000_000_000 + Number(update.update_id)
  return JSON.parse(JSON.stringify(update), (name, value) => {
    if (name.endsWith("date") && value === 7) return Math.floor(Date.now() / 1000)
    if (value?.id !== 7) return value
    if (value.type === "private" || "is_bot" in value)
      return { ...value, id: person, ...("is_bot" in value && { is_bot: false }) }
    return "type" in value ? { ...value, id: -1_000_000_000_007 } : value
  })
}
