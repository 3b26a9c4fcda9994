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

const names = ["region", "key", "users", "sessions", "events", "settings", "media", "greetings"] as const

export const recoveryFrom = (value: string): Recovery | { readonly expected: string } => {
  const expected = { expected: 'the output "recovery" of the lost stage, whole' }
  try {
    const read: unknown = JSON.parse(value)
    return isRecovery(read) ? read : expected
  } catch {
    return expected
  }
}

const isRecovery = (read: unknown): read is Recovery =>
  typeof read === "object" &&
  read !== null &&
  names.every((name) => name in read && typeof (read as Record<string, unknown>)[name] === "string")
