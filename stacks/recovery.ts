/** What another stage's replicas are called, as that stage's output `recovery` gives it. */
export interface Recovery {
  readonly region: string
  readonly key: string
  readonly users: string
  readonly sessions: string
  readonly events: string
  readonly settings: string
  readonly media: string
  readonly greetings: string
}

/** Tables that were restored to a moment, by their names, in the stage's own region and under its own key. */
export type RestoredTables = Pick<Recovery, (typeof tableNames)[number]>

const tableNames = ["users", "sessions", "events", "settings"] as const

export const recoveryFrom = (value: string): Recovery | { readonly expected: string } =>
  named(["region", "key", ...tableNames, "media", "greetings"], value) ?? {
    expected: 'the output "recovery" of the lost stage, whole',
  }

export const restoredFrom = (value: string): RestoredTables | { readonly expected: string } =>
  named(tableNames, value) ?? { expected: 'JSON such as {"users":"…","sessions":"…","events":"…","settings":"…"}' }

/** Undefined: it is no JSON, or one of the names is not a text in it. */
const named = <const N extends string>(
  names: ReadonlyArray<N>,
  value: string,
): Readonly<Record<N, string>> | undefined => {
  const has = (read: unknown): read is Readonly<Record<N, string>> =>
    typeof read === "object" &&
    read !== null &&
    names.every((name) => typeof Object.getOwnPropertyDescriptor(read, name)?.value === "string")
  try {
    const read: unknown = JSON.parse(value)
    return has(read) ? read : undefined
  } catch {
    return undefined
  }
}
