// What Telegram takes, in bytes and pixels (Bot API, "Sending files", sendVideo and sendPhoto).

const mega = 1024 * 1024

/** What Telegram fetches itself. */
export const largestByUrl = 20 * mega

/** What a bot may upload. */
export const largestUpload = 50 * mega

/** A thumbnail is a JPEG of less than 200 kB, not over 320 pixels wide or high. */
export const largestThumbnail = { bytes: 200 * 1024, side: 320 }

/** A photo has 10 MB at most, 5 by URL; its sides are 10,000 together, and one at most 20 times the other. */
export const largestPhoto = { bytes: 10 * mega, bytesByUrl: 5 * mega, sides: 10_000, ratio: 20 }
