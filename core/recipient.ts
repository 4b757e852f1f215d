/** Who else is handed a segment, by name; and whether a visitor's decision lets them have it. */

import type { Purpose } from './consent.ts'
import type { Decision } from './decision.ts'
import { list, object, optional, type Parser, text, unique } from './parse.ts'

export interface Recipient {
  /** As the visitor reads it; each stands once. */
  readonly name: string
  readonly purpose: Purpose
  /** Address of the recipient's own privacy notice. */
  readonly privacy?: string
}

/** More than anybody reads. */
export const MOST_RECIPIENTS = 100
export const recipientName = text(80)

/** Purposes that are nothing without somebody who receives. */
export const HANDED_ON = ['activation', 'advertising'] as const

/** May this one have what is granted for its purpose? Both have to be said: the purpose, and who. */
export const mayReceive = (
  { grants, recipients }: Pick<Decision, 'grants' | 'recipients'>,
  { name, purpose }: Recipient,
): boolean => Boolean(grants[purpose]?.length && Array.isArray(recipients) && recipients.includes(name))

export const parseRecipients =
  (purpose: Parser<Purpose>, privacy: Parser<string>): Parser<Recipient[]> =>
  (input, place) => {
    const recipients = list(
      object({ name: recipientName, purpose, privacy: optional(privacy) }),
      0,
      MOST_RECIPIENTS,
    )(input, place)
    unique(
      recipients.map(({ name }) => name),
      place,
    )
    return recipients
  }
