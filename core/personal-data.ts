/**
 * Recognises what must never become a word: what says who somebody is, and what somebody wrote. It errs on the side of refusing.
 * A name that looks like any other word it cannot know; that is what the dictionary of `needs` is for.
 */

export type PersonalReason = 'looks-personal' | 'free-text' | 'too-long'

/** More than the label of any category; and sentences begin at about five words. */
const LONGEST = 64
const MOST_WORDS = 4

const PERSONAL: readonly RegExp[] = [
  // An e-mail address, also in an address bar's spelling.
  /\S(@|%40)\S/,
  // IPv4 and IPv6.
  /\b\d{1,3}(\.\d{1,3}){3}\b|([\da-f]{1,4}:){3}|::[\da-f]/i,
  // Coordinates: two decimals of three places or more.
  /\d\.\d{3,}\D+\d{1,3}\.\d{3}/,
  // Who somebody is, in an address: `?name=`, `/users/…`.
  /[?&/](\w*name|user|customer|member|profile|account)s?[=/]./i,
]

/** A card number's check digit, after Luhn: every second digit from the right counts twice. */
const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, i) => {
    const weighed = +digit * (1 + (i % 2))
    return sum + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)

/** Digits that may be the number of a payment card. */
export const isCard = (digits: string): boolean => digits.length > 12 && digits.length < 20 && luhn(digits) % 10 === 0

/** An account number after ISO 13616: letters as numbers, the first four characters last, the whole 1 modulo 97. */
export const isIban = (text: string): boolean =>
  /^[A-Z]{2}\d\d[A-Z\d]{11,30}$/.test(text) &&
  [...(text.slice(4) + text.slice(0, 4))].reduce((rest, char) => +`${rest}${Number.parseInt(char, 36)}` % 97, 0) === 1

/** Why a text must not become a word; undefined where nothing speaks against it. */
export const reasonAgainst = (text: string): PersonalReason | undefined => {
  const digits = text.replace(/\D/g, '')
  const isPhone = digits.length > 6 && (/^\s*(\+|00|\()/.test(text) || digits.length > 8) && !/[a-z]{3}/i.test(text)
  if (
    isPhone ||
    isCard(digits) ||
    isIban(text.replace(/[\s-]/g, '').toUpperCase()) ||
    PERSONAL.some(it => it.test(text))
  )
    return 'looks-personal'
  if (text.length > LONGEST) return 'too-long'
  return text.trim().split(/\s+/).length > MOST_WORDS || /[.!?,]\s/.test(text) ? 'free-text' : undefined
}
