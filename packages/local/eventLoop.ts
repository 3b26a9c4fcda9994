/** What the one thread of the host is asked before it goes on with its own work. */
export interface EventLoop {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  /** Whether anybody has connected since this was last asked. */
  readonly isConnecting: () => boolean
}

let isConnecting = false

/** To be told of each connection. */
export const connected = (): void => {
  isConnecting = true
}

/** Of this process: there is one, whoever listens in it. */
export const eventLoop: EventLoop = {
  now: () => performance.now(),
  isConnecting: () => {
    const was = isConnecting
    isConnecting = false
    return was
  },
}
