// What one onboarded person makes the system do, and how large things are. Estimates; each says what it rests on.

export const person = {
  /** /start and three buttons, and two more: some come back, ask for the menu, change the language. */
  updates: 6,
  /** Distinct greetings a person: names repeat, and more so among many. Share of people whose name is new to the cache. */
  newNames: (people: number) => (people < 10_000 ? 0.6 : 0.3),
  greetingCharacters: 90,
} as const

export const update = {
  /** Billed, a cold start in twenty at 300 ms included; spec.md 7 measured 100–200 ms warm for the system before. */
  webhookSeconds: 0.03,
  /** Telegram's answer (150–300 ms) is most of it; batches are mostly of one. */
  workerSeconds: 0.5,
  /** Sent, received, deleted. */
  queueRequests: 3,
  /**
   * begin and commit on a user of 1–2 KB (2 units each), claim and finish on an event and its index (2 each), the
   * counter (1); protocol.md. A run's two session writes and their index (4) are spread over its updates.
   */
  writeUnits: 2 + 2 + 2 + 2 + 1 + 4 / person.updates,
  /** A cold container's `file_id`, a failed condition. */
  readUnits: 0.5,
  /** JSON of two functions, the platform's start and report, the metrics, the access log. */
  logBytes: 5_000,
  traces: 1,
} as const

export const sizes = {
  userBytes: 2_000,
  /** In the table and again in its index. */
  eventBytes: 2 * 1_500,
  greetingBytes: 40_000,
} as const

/** Each of the two pollers keeps five long polls of 20 s open at the least, updates or none. */
export const idlePollsPerSecond = (2 * 5) / 20

/** People stay in the table; the sheet is of a stage that is a year old. */
export const monthsKept = 12

export const secondsPerMonth = 730 * 3_600
