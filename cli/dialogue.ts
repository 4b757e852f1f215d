/** The questions of `nearside recipe`: what no file can tell. An answer that will not do is asked for again. */

import { DATE } from '../core/epoch.ts'
import type { Wishes } from '../trainer/draft.ts'
import { PRESET_TEXTS, type Preset } from '../trainer/presets.ts'
import { NAME } from '../trainer/recipe.ts'
import { type Io, misuse } from './io.ts'

type Ask = NonNullable<Io['ask']>

/** A day of the calendar, YYYY-MM-DD. */
export const isDay = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(text))

/** Whoever misses so often wants something else. */
const TRIES = 5

interface Question {
  readonly text: string
  /** What an empty answer means. */
  readonly proposed?: string
  /** What is wrong with an answer. */
  readonly wrong?: (answer: string) => string | undefined
}

const put = async (ask: Ask, io: Io, { text, proposed = '', wrong }: Question): Promise<string> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = (await ask(`${text}${proposed ? ` [${proposed}]` : ''}: `)).trim() || proposed
    const problem = answer && wrong?.(answer)
    if (!problem) return answer
    io.err(`  ${problem}`)
  }
  throw misuse(`no answer to "${text}"`, 'Begin again, or give it as an option and add --yes')
}

const choose = async (ask: Ask, io: Io, presets: readonly Preset[]): Promise<Preset | undefined> => {
  if (!presets.length) return undefined
  for (const preset of presets) io.out(`  ${preset}: ${PRESET_TEXTS[preset].about}`)
  const isOne = (answer: string): boolean => presets.some(each => each === answer)
  const wrong = (answer: string) => (isOne(answer) ? undefined : `Give one of ${presets.join(', ')}`)
  return (await put(ask, io, { text: 'Which features', proposed: presets[0] as string, wrong })) as Preset
}

/** Names with commas between them. */
const listed = (answer: string): string[] =>
  answer
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)

const leaveOut = async (ask: Ask, io: Io, features: readonly string[]): Promise<readonly string[]> => {
  if (features.length < 2) return []
  io.out(`  features: ${features.join(', ')}`)
  const wrong = (answer: string): string | undefined => {
    const odd = listed(answer).find(name => !features.includes(name))
    if (odd !== undefined) return `${odd} is none of them`
    return features.every(name => listed(answer).includes(name)) ? 'One at least must stay' : undefined
  }
  return listed(await put(ask, io, { text: 'Which of them to leave out, with commas (none)', wrong }))
}

/**
 * @param presets that the files hold enough for
 * @param wishes as they stand on the command line
 * @param featuresFor the names of the features that would be proposed
 * @throws what {@link misuse} makes where no answer will do
 */
export const askWishes = async (
  ask: Ask,
  io: Io,
  presets: readonly Preset[],
  wishes: Wishes,
  featuresFor: (wishes: Wishes) => readonly string[],
): Promise<Wishes> => {
  const preset = wishes.preset ?? (await choose(ask, io, presets))
  const chosen = { ...wishes, ...(preset ? { preset } : {}) }
  const without = await leaveOut(ask, io, featuresFor(chosen))
  const name = await put(ask, io, {
    text: 'Name of the model',
    proposed: wishes.name,
    wrong: answer => (NAME.test(answer) ? undefined : 'Give up to 16 small letters, digits and -, a letter first'),
  })
  const tooLong = (most: number) => (answer: string) =>
    answer.length > most ? `Give ${most} letters at most` : undefined
  const source = await put(ask, io, { text: 'Where the data come from', wrong: tooLong(80) })
  const basis = await put(ask, io, { text: 'On what ground they may be used for training', wrong: tooLong(400) })
  const notice = await put(ask, io, {
    text: 'The day of the notice that told people of it (YYYY-MM-DD)',
    wrong: answer => (isDay(answer) ? undefined : 'Give a day such as 2026-01-31, or nothing'),
  })
  const stated = { ...(source ? { source } : {}), ...(basis ? { basis } : {}), ...(notice ? { notice } : {}) }
  return { ...chosen, without, name, ...stated }
}
