interface Client {
  readonly middlewareStack: { remove(name: string): boolean }
}

/** A client of the SDK's without its log, for which it copies every request and answer though nobody reads it: 3 ms of a cold start. */
export const quiet = <A extends Client>(client: A): A => {
  client.middlewareStack.remove("loggerMiddleware")
  return client
}
