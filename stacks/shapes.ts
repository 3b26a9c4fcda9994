// Shapes of the values an operator types. They catch slips, not every value that a service would refuse.

export const isRegion = (value: string) => /^[a-z]{2}(-[a-z]+){1,2}-\d$/.test(value)

export const isEmail = (value: string) => /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(value)

export const isDomain = (value: string) => /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value)

export const isRange = (value: string) =>
  /^(\d{1,3}\.){3}\d{1,3}\/(\d|[12]\d|3[0-2])$/.test(value) && value.split(/[./]/).every((part) => Number(part) <= 255)

export const isUrl = (value: string) => /^https:\/\/[^\s/,*]+$/.test(value)

export const isCount = (value: string, least: number, most: number) =>
  /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most

/** A folder's name, and nothing that leads out of it. */
export const isBrand = (value: string) => /^[a-z][a-z0-9-]*$/.test(value)

export const isEndpoint = (value: string) => /^https:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/.test(value)

/** One of Cost Anomaly Detection's, or the wish for one. */
export const isMonitor = (value: string) =>
  value === "new" || /^arn:aws[\w-]*:ce::\d{12}:anomalymonitor\/\S+$/.test(value)

/** BotFather's form: the bot's id, a colon, the key. */
export const isBotToken = (value: string) => /^\d+:[A-Za-z0-9_-]{30,}$/.test(value)

/** What Telegram takes as `secret_token` of setWebhook. */
export const isWebhookSecret = (value: string) => /^[A-Za-z0-9_-]{1,256}$/.test(value)

/** One that was replaced, and until when it counts. */
export const isFormerSecret = (value: string) =>
  /^[A-Za-z0-9_-]{1,256}@\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)

/** A key that was made, or the stage's first bot token. */
export const isTombstoneKey = (value: string) => /^[A-Za-z0-9_:-]{30,256}$/.test(value)
