// What one onboarded person makes the system do, and how large things are. Estimates; each says what it rests on.

export const person = {
  /** /start and three buttons, and two more: some come back, ask for the menu, change the language. */
  updates: 6,
  /** Distinct greetings a person: names repeat, and more so among many. Share of people whose name is new to the cache. */
  newNames: (people: number) => (people < 10_000 ? 0.6 : 0.3),
  greetingCharacters: 90,
} as const

export const update = {
  /** Billed, a cold start in twenty at 300 ms included; the system before took 100–200 ms warm. */
  webhookSeconds: 0.03,
  /** Telegram's answer (150–300 ms) is most of it; batches are mostly of one. */
  workerSeconds: 0.5,
  /** Sent, received, deleted. */
  queueRequests: 3,
  /**
   * What `npm run writes` counts of a person's six updates, the funnel's counters included: 14 for begin and commit on a
   * user within a kilobyte but for once, 18 for claim and finish on an event and its index, 3 for a run's session, 3 for
   * the counters. A test compares.
   */
  writeUnits: 38 / person.updates,
  /** What another container ended last, at an update in two; a cold container's `file_id`, a failed condition. */
  readUnits: 1,
  /** JSON of two functions, the platform's start and report, the metrics, the access log. */
  logBytes: 5_000,
  /**
   * The webhook's and the worker's, which X-Ray links: each is billed as one, whatever it holds. At most: of each function X-Ray
   * keeps the first request in a second and one in twenty of the others, so of an even trickle all, of a rush of 100 a second 6 %.
   */
  traces: 2,
} as const

/** A campaign that Telegram's limit stretches, as `npm run viral -- --simulate --aws --limit 30 --people 12000` has it. */
export const rush = { people: 12_000, messages: 4, perSecond: 28, paceWrites: 0.1 } as const

export const sizes = {
  userBytes: 1_000,
  /** In the table, and its keys again in the index; each with the 100 that DynamoDB adds. */
  eventBytes: 500 + 100 + 75 + 100,
  greetingBytes: 40_000,
} as const

/** Each of the two pollers keeps five long polls of 20 s open at the least, updates or none. */
export const idlePollsPerSecond = (2 * 5) / 20

/** People stay in the table; the sheet is of a stage that is a year old. */
export const monthsKept = 12

export const secondsPerMonth = 730 * 3_600
