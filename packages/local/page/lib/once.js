/**
 * At most one run at a time. Whoever asks during a run gets the next one, which begins after it and therefore sees what
 * they know; all who ask meanwhile share it.
 *
 * @template A
 * @param {() => Promise<A>} run
 * @returns {() => Promise<A>}
 */
export const once = (run) => {
  /** @type {Promise<unknown> | undefined} */
  let current
  /** @type {Promise<A> | undefined} */
  let next
  /** @returns {Promise<A>} */
  const start = () => {
    const started = run()
    next = undefined
    const ended = started
      .catch(() => undefined)
      .finally(() => {
        if (current === ended) current = undefined
      })
    current = ended
    return started
  }
  return () => {
    if (current === undefined) return start()
    next ??= current.then(start)
    return next
  }
}
