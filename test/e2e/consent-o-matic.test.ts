// The rule in docs/rules sets each purpose by itself. Its steps are done as Consent-O-Matic's documentation says of each.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PURPOSES } from '../../core/consent.ts'
import { newVisitor } from '../harness/browser.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'

interface Selection {
  readonly selector: string
  readonly displayFilter?: boolean
}
interface Action {
  readonly type: 'click' | 'list' | 'waitcss' | 'foreach' | 'ifcss' | 'consent' | 'hide'
  readonly target: Selection
  readonly actions: readonly Action[]
  readonly action: Action
  readonly trueAction?: Action
  readonly falseAction?: Action
  readonly retries: number
  readonly waitTime: number
  readonly consents: readonly { type: string; matcher: { type: 'checkbox'; target: Selection }; toggleAction: Action }[]
}
interface Rule {
  readonly detectors: readonly { showingMatcher: readonly { type: 'css'; target: Selection }[] }[]
  readonly methods: readonly { name: string; action: Action }[]
}
const { nearside: rule }: { nearside: Rule } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/rules/consent-o-matic.json'), 'utf8'),
)

/** Runs in the page: an engine of our own, after https://github.com/cavi-au/Consent-O-Matic#actions. */
const engine = async ([action, wanted]: readonly [Action, { [type: string]: boolean }]): Promise<void> => {
  const find = ({ selector }: Selection, base: ParentNode): HTMLElement[] => [
    ...base.querySelectorAll<HTMLElement>(selector),
  ]
  const one = (target: Selection, base: ParentNode): HTMLElement => {
    const [found] = find(target, base)
    if (!found) throw new Error(`nothing is ${target.selector}`)
    return found
  }
  const run = async (it: Action, base: ParentNode): Promise<void> => {
    switch (it.type) {
      case 'click':
        return one(it.target, base).click()
      case 'list':
        for (const each of it.actions) await run(each, base)
        return
      case 'waitcss':
        for (let i = 0; i < it.retries && !find(it.target, base).length; i++)
          await new Promise(go => setTimeout(go, it.waitTime))
        return
      case 'foreach':
        for (const each of find(it.target, base)) await run(it.action, each)
        return
      case 'ifcss': {
        const chosen = find(it.target, base).length ? it.trueAction : it.falseAction
        return chosen && run(chosen, base)
      }
      case 'consent':
        for (const { type, matcher, toggleAction } of it.consents)
          if ((one(matcher.target, base) as HTMLInputElement).checked !== wanted[type]) await run(toggleAction, base)
        return
      case 'hide':
        one(it.target, base).style.opacity = '0'
        return
      default:
        it.type satisfies never
    }
  }
  await run(action, document)
}

const KINDS = { personalization: 'E', measurement: 'B', activation: 'X', advertising: 'F' } as const

let site: SdkSite

beforeAll(async () => {
  const recipients = [
    { name: 'Acme', purpose: 'advertising' },
    { name: 'Beta', purpose: 'activation' },
  ]
  site = await startSdkSite({ config: { purposes: PURPOSES, recipients } })
})
afterAll(() => site.close())

const answer = async (wanted: { [type: string]: boolean }) => {
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/`)
  for (const { showingMatcher } of rule.detectors)
    for (const { target } of showingMatcher) await page.locator(target.selector).waitFor()
  for (const name of ['HIDE_CMP', 'OPEN_OPTIONS', 'DO_CONSENT', 'SAVE_CONSENT']) {
    const { action } = rule.methods.find(it => it.name === name) as Rule['methods'][number]
    await page.evaluate(engine, [action, wanted] as const)
  }
  await page.locator('#nearside-consent').waitFor({ state: 'detached' })
  const { decision, recipients } = await page.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}'))
  await visitor.close()
  return { decision, recipients }
}
const kinds = (...granted: string[]) =>
  Object.fromEntries(['A', 'B', 'D', 'E', 'F', 'X'].map(it => [it, granted.includes(it)]))

it('refuses all where all is off', async () => {
  expect((await answer(kinds())).decision).toEqual({})
})

it('grants each purpose by itself, with those who receive for it', async () => {
  const categories = ['browsing', 'shopping']
  const all = await Promise.all([
    answer(kinds(KINDS.personalization)),
    answer(kinds(KINDS.measurement)),
    answer(kinds(KINDS.activation)),
    answer(kinds(KINDS.advertising)),
    answer(kinds('A', 'B', 'D', 'E', 'F', 'X')),
  ])
  expect(all.map(({ decision }) => decision)).toEqual([
    ...PURPOSES.map(purpose => ({ [purpose]: categories })),
    Object.fromEntries(PURPOSES.map(purpose => [purpose, categories])),
  ])
  expect(all.map(({ recipients = [] }) => recipients.join())).toEqual(['', '', 'Beta', 'Acme', 'Acme,Beta'])
})
