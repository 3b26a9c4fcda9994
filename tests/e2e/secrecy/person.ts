import { messageUpdate } from "../support/updates.ts"

/** Nobody is called so and nobody says so: where one of these words is found, this person is. */
export const personal = {
  "first name": "Zephyquin",
  "last name": "Brandowhistle",
  username: "nightjar_of_ghent",
  phone: "+32470991763",
  bio: "Crumpolate",
  text: "Vexonquar",
  edit: "Mublithor",
  "text in a group": "Grundelwik",
  "parked text": "Plirtogam",
  "text of an unknown kind": "Drazzelim",
  "text under a wrong secret": "Hobblisant",
  "text that is no JSON": "Quontibey",
  "text that is too large": "Tharnickel",
  "text to which no answer is taken": "Sneffolar",
  "stored text that is no state": "Whilbroque",
  "queued text that is no JSON": "Jabberlonk",
} as const

export const profile = {
  first_name: personal["first name"],
  last_name: personal["last name"],
  username: personal.username,
  language_code: "en",
}

/** Long enough to be cut where an error quotes it; the word that gives it away comes first. */
export const sentence = (what: keyof typeof personal): string => `${personal[what]} is what my cat is called`

export const says = (updateId: number, id: number, text: string) => messageUpdate(updateId, id, text, profile)

/** The same in a chat that is not their own. */
export const saysIn = (updateId: number, chat: number, id: number, text: string) =>
  messageUpdate(updateId, chat, text, { ...profile, id })

/** A message in which everything that a person gives of themselves stands where something else belongs. */
export const undecodable = (updateId: number, id: number) => ({
  update_id: updateId,
  message: {
    message_id: sentence("parked text"),
    date: personal.bio,
    chat: { id, type: "private", bio: personal.bio },
    from: { id, first_name: [personal["first name"]], last_name: { is: personal["last name"] }, username: 7 },
    contact: { phone_number: personal.phone },
  },
})
