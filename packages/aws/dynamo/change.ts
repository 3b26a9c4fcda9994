import type { Fields } from "@concierge/core/stored/shape.ts"
import { type Item, itemOf } from "./attributes.ts"

/** A conditional write to one item, in terms of its top-level attributes. */
export interface Change {
  readonly set?: Fields
  /** Set where the item has none yet. */
  readonly setOnce?: Fields
  readonly add?: Readonly<Record<string, number>>
  readonly remove?: ReadonlyArray<string>
  /** The condition: `#name` is the attribute of that name, `:name` is in `values`. */
  readonly when: string
  readonly values?: Fields
  /** What a `#name` of the condition stands for, where it is not the attribute's own name. */
  readonly names?: Names
}

export type Names = Readonly<Record<string, string>>

export const changeOf = ({ add = {}, names, remove = [], set = {}, setOnce = {}, values, when }: Change) => {
  const update = [
    clause("SET", [
      ...Object.keys(set).map((name) => `#${name} = :new_${name}`),
      ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :new_${name})`),
    ]),
    clause(
      "ADD",
      Object.keys(add).map((name) => `#${name} :new_${name}`),
    ),
    clause(
      "REMOVE",
      remove.map((name) => `#${name}`),
    ),
  ]
  const news = Object.entries({ ...set, ...setOnce, ...add }).map(([name, value]) => [`new_${name}`, value] as const)
  return expressions(update.join(""), when, { ...Object.fromEntries(news), ...values }, names)
}

const clause = (verb: string, actions: ReadonlyArray<string>): string =>
  actions.length === 0 ? "" : `${verb} ${actions.join(", ")} `

/** An update and its condition, with all the names and values that they mention. */
export const expressions = (update: string, when: string, values: Fields, names?: Names) => ({
  UpdateExpression: update,
  ConditionExpression: when,
  ...placeholders(`${update} ${when}`, values, names),
})

/** A condition alone. */
export const onlyIf = (when: string, values: Fields) => ({ ConditionExpression: when, ...placeholders(when, values) })

/** A condition: what a newer version has written is not written over. Its `:shape` is {@link currentShape}. */
export const notNewer = "(attribute_not_exists(#shape) OR #shape <= :shape)"

/** Every name has one, since DynamoDB reserves some 570 words, `state` and `language` among them. */
export const placeholders = (expression: string, values: Fields, names: Names = {}) => {
  const mentioned = [...expression.matchAll(/#(\w+)/g)].map(([, name = ""]) => name)
  const attributes: Item = itemOf(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
  )
  return {
    ExpressionAttributeNames: Object.fromEntries(mentioned.map((name) => [`#${name}`, names[name] ?? name])),
    ...(Object.keys(attributes).length > 0 && { ExpressionAttributeValues: attributes }),
  }
}
