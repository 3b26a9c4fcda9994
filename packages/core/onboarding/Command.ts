export interface Command {
  /** Lower case, without the slash. */
  readonly name: string
  /** The bot named after `@`, if one was. */
  readonly addressee?: string
  readonly argument: string
}

/** Reads `/name@bot argument`. Undefined: the text is no command. */
export const commandOf = (text: string): Command | undefined => {
  const match = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s|$)/.exec(text)
  if (match?.[1] === undefined) return undefined
  return {
    name: match[1].toLowerCase(),
    ...(match[2] !== undefined && { addressee: match[2] }),
    argument: text.slice(match[0].length).trim(),
  }
}

/** Usernames are not case-sensitive. */
export const isFor = (command: Command, username: string): boolean =>
  command.addressee === undefined || command.addressee.toLowerCase() === username.toLowerCase()
