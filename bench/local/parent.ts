/** Tells whoever started this process, and ends with them: a bench that is broken off leaves nothing running. */
process.on("disconnect", () => process.exit())
// To listen for it is no reason to stay.
process.channel?.unref()

export const tell = (message: unknown): void => {
  process.send?.(message)
}
