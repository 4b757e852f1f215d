// The second layer: everything that can be chosen, by mouse or keyboard alone, with nothing ticked beforehand.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { press } from '../harness/keyboard.ts'
import { api, openChoices, type SdkSite } from '../harness/sdk-site.ts'
import { EVERYTHING, meet, openSettings, startBannerSite } from './banner-site.ts'

let site: SdkSite
let page: Page
beforeAll(async () => {
  site = await startBannerSite()
})
afterAll(() => site.close())
beforeEach(async () => {
  page = await meet(site)
  await openSettings(page)
})
afterEach(() => page.context().close())

const box = (kind: string, name: string) => page.locator(`dialog input[data-${kind}="${name}"]`)
const ticked = (): Promise<string[]> =>
  page
    .locator('dialog input:checked')
    .evaluateAll(all => all.flatMap(it => Object.values((it as HTMLElement).dataset).map(String)))
const consent = () => api(page, nearside => nearside.consent())
const save = () => page.locator('[data-nearside=save]').click()
const focused = () =>
  page.evaluate(() => {
    const it = document.activeElement as HTMLElement
    return Object.values(it.dataset)[0] ?? it.tagName
  })

describe('the second layer', () => {
  it('has an unticked native box for each purpose, category, recipient and pair', async () => {
    const boxes = await page
      .locator('dialog input')
      .evaluateAll(all =>
        (all as HTMLInputElement[]).map(it => [it.type, Object.keys(it.dataset)[0], it.checked].join()),
      )
    const count = (kind: string) => boxes.filter(it => it === `checkbox,${kind},false`).length
    expect(['purpose', 'category', 'recipient', 'pair'].map(count)).toEqual([4, 4, 2, 16])
    expect(boxes).toHaveLength(26)
  })

  it('says of each what it means, how long it is kept, why the site asks, and who receives', async () => {
    const text = await page.locator('dialog').evaluate(it => it.textContent ?? '')
    for (const words of [
      'Nothing is sent for this.',
      'Kept for 90 days',
      'Postkutsche',
      'Litfass',
      'Why the site asks',
    ])
      expect(text).toContain(words)
    const feature = JSON.parse(site.config).needs[0].features[0] as string
    expect(text).toContain(feature.replaceAll('_', ' '))
    expect(await page.locator('dialog a').getAttribute('href')).toBe('https://post.example/privacy')
  })

  it('shows what would be sent: byte for byte what previewReport() answers', async () => {
    const previews = await api(page, nearside => nearside.previewReport())
    const shown = await page.locator('dialog pre').allTextContents()
    expect(shown).toEqual(previews?.map(it => it.body.trim()))
    expect(shown.length).toBeGreaterThan(0)
  })

  it('grants the product of both lists, but for the pairs and recipients that are taken out', async () => {
    for (const [kind, name] of [
      ['purpose', 'personalization'],
      ['purpose', 'activation'],
      ['category', 'browsing'],
      ['category', 'shopping'],
    ])
      await box(kind as string, name as string).check()
    expect((await ticked()).sort()).toEqual(
      [
        'personalization',
        'activation',
        'browsing',
        'shopping',
        'Postkutsche',
        'personalization browsing',
        'personalization shopping',
        'activation browsing',
        'activation shopping',
      ].sort(),
    )
    await page.locator('summary', { hasText: 'Choose one by one' }).click()
    await box('pair', 'activation shopping').uncheck()
    await save()
    expect(await consent()).toMatchObject({
      granted: { personalization: ['browsing', 'shopping'], activation: ['browsing'] },
      recipients: ['Postkutsche'],
    })
  })

  it('takes a purpose back with its last recipient or pair, and shows again what was granted', async () => {
    for (const name of ['browsing', 'shopping']) await box('category', name).check()
    await box('recipient', 'Litfass').check()
    expect(await ticked()).toContain('advertising')
    await box('recipient', 'Litfass').uncheck()
    expect(await ticked()).not.toContain('advertising')
    await box('purpose', 'measurement').check()
    await save()
    expect(await consent()).toMatchObject({ granted: { measurement: ['browsing', 'shopping'] }, recipients: [] })
    await openChoices(page)
    await page.locator('dialog input').first().waitFor()
    expect((await ticked()).sort()).toEqual([
      'browsing',
      'measurement',
      'measurement browsing',
      'measurement shopping',
      'shopping',
    ])
  })

  it('refuses with nothing ticked, and accepts with all of it', async () => {
    await save()
    expect(await consent()).toMatchObject({ granted: {} })
    expect((await consent())?.recipients ?? []).toEqual([])
    await openChoices(page)
    await page.locator('dialog [data-nearside=accept]').click()
    const all = await consent()
    expect(Object.keys(all?.granted ?? {})).toEqual(EVERYTHING.purposes)
    expect(all?.recipients).toEqual(['Postkutsche', 'Litfass'])
    // Opened from there, it is a choice of the privacy centre's.
    const told = await api(page, async nearside => (await nearside.exportData())?.ledger.map(it => it.event))
    expect(told?.filter(({ type }) => type === 'decision')).toMatchObject([{ means: 'centre', locale: 'en' }])
  })

  it('keeps the keyboard inside, goes back at Esc, and gives the focus back', async () => {
    expect(await focused()).toBe('personalization')
    const seen = new Set<string>()
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const where = await page.evaluate(() => {
        const it = document.activeElement
        return it?.closest('dialog') ? 'inside' : (it?.tagName ?? '')
      })
      seen.add(where)
      if ((await focused()) === 'back') break
    }
    // `BODY` is the browser's own bar between the last stop and the first.
    expect([...seen].filter(it => it !== 'BODY')).toEqual(['inside'])
    expect(await focused()).toBe('back')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog').count()).toBe(0)
    expect(await focused()).toBe('settings')
  })

  it('can be used by keyboard alone: open, tick, save', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.locator('dialog').waitFor()
    await page.keyboard.press('Space')
    for (let presses = 0; presses < 9 && (await focused()) !== 'browsing'; presses++) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    for (let presses = 0; presses < 60 && (await focused()) !== 'save'; presses++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('#nearside-consent').waitFor({ state: 'detached' })
    expect(await consent()).toMatchObject({ granted: { personalization: ['browsing'] } })
  })

  it('and every other way out: each box and fold, and each answer of either layer', async () => {
    const anew = async (): Promise<void> => {
      await page.evaluate(() => localStorage.clear())
      await page.reload()
      await page.locator('#nearside-consent').waitFor()
    }
    const act = (name: string) => page.locator(`#nearside-consent [data-nearside=${name}]`)
    const kinds = async () => Object.keys((await consent())?.granted ?? {})
    await press(page, page.locator('summary', { hasText: 'Why the site asks' }).first())
    await page.getByText('To work out:').first().waitFor()
    await press(page, page.locator('summary', { hasText: 'Choose one by one' }))
    await press(page, box('pair', 'measurement answers'), 'Space')
    await press(page, box('recipient', 'Litfass'), 'Space')
    await press(page, act('save'))
    expect(await consent()).toMatchObject({ granted: { measurement: ['answers'], advertising: ['answers'] } })
    for (const [name, layers, granted] of [
      ['accept', 1, EVERYTHING.purposes],
      ['reject', 1, []],
      ['accept', 2, EVERYTHING.purposes],
      ['reject', 2, []],
    ] as const) {
      await anew()
      if (layers === 2) {
        await press(page, act('settings'))
        await press(page, act('back'))
        await press(page, act('settings'))
        await page.locator('dialog').waitFor()
      }
      await press(page, act(name))
      await page.locator('#nearside-consent').waitFor({ state: 'detached' })
      expect(await kinds(), `${name} ${layers}`).toEqual(granted)
    }
  })

  it('reads in order in the accessibility tree: a named dialog, groups of named boxes, buttons', async () => {
    const tree = await page.locator('dialog').ariaSnapshot()
    const order = [
      'dialog "Your choices"',
      'heading "Your choices"',
      'group "What for"',
      'checkbox "Fit this site to you',
      'group "What is noticed"',
      'checkbox "Browsing',
      'group "Who receives your group"',
      'checkbox "Postkutsche',
      'heading "What would be sent"',
      'button "Save my choice"',
      'button "Accept all"',
      'button "Reject all"',
      'button "Back"',
    ]
    const places = order.map(it => tree.indexOf(it))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})
