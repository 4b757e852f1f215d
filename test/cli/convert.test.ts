// `nearside convert`: what klaro and vanilla-cookieconsent were configured with, taken over without running a line of it.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLiteral } from '../../cli/object-literal.ts'
import { parseConfig, revised } from '../../core/config.ts'
import { ParseError } from '../../core/parse.ts'
import { runs } from '../property/arbitrary.ts'
import { nearside, scratch } from '../trainer/io.ts'

const site = JSON.stringify(
  revised({ v: 1, site: 's', controller: { name: 'A', contact: 'b' }, model: '/m.json', needs: [] }),
)
const convert = async (config: string, from: string, ...more: string[]) => {
  const at = scratch()
  const into = at('nearside.json', site)
  const ran = await nearside('convert', at('config.js', config), '--from', from, '--into', into, ...more)
  return { ...ran, config: readFileSync(into, 'utf8') }
}

// The shapes of the tools' documented examples, with services of our own.
const KLARO = `
// klaro's config, as its page shows it
var klaroConfig = {
  version: 1, elementID: 'klaro', cookieExpiresAfterDays: 365, default: false, mustConsent: true, hideDeclineAll: true,
  translations: {
    zz: { privacyPolicyUrl: '/privacy' }, /* for all */
    en: { consentModal: { description: 'We ask, ' + "because we must" }, purposes: { stats: 'Statistics' } },
  },
  services: [
    { name: 'counter', default: true, title: "Counter", purposes: ['analytics'],
      cookies: [/^_pk_.*$/, [/^_pk_ses\\./, '/', 'shop.example'], 'counter_ignore', /a(b|c)/],
      callback: function (consent, service) { if (consent) { run({ "a}": '/*' }) } },
      onlyOnce: true },
    { name: 'ads', purposes: ['advertising', 'security'], onInit: \`init("\${location}")\` },
    { name: 'talk', title: 'Talk to us', purposes: ['livechat'] },
    { name: 'odd', purposes: ['whatever'] },
    { name: 'guard', purposes: ['security'], required: true },
  ],
};
klaro.setup(klaroConfig)`

const VANILLA = `import * as CookieConsent from './cookieconsent.esm.js'
CookieConsent.run({
  mode: 'opt-out', disablePageInteraction: true, cookie: { name: 'cc', expiresAfterDays: 90 },
  onConsent: ({ cookie }) => { console.log(cookie) },
  categories: {
    necessary: { enabled: true, readOnly: true },
    analytics: { enabled: true,
      autoClear: { cookies: [{ name: /^_ga/ }, { name: '_gid', path: '/', domain: 'shop.example' }] },
      services: { ga: { label: 'Google <b>Analytics</b>', onAccept: () => {}, async onReject() { await 1 } }, heat: {} } },
    ads: {},
  },
  language: { default: 'en', translations: {
    en: { consentModal: { title: 'Hello', acceptAllBtn: 'Yes', footer: '<a href="/privacy-policy">Privacy</a>' } },
    de: '/de.json', fr: async () => (await fetch('/fr.json')).json(),
  } },
});`

describe('a config that is taken over', () => {
  it('from klaro: each service under its purpose, what it did told, and what it said about the page kept', async () => {
    const { code, out, config } = await convert(KLARO, 'klaro', '--map', 'whatever=none')
    expect(code).toBe(0)
    const { purposes, recipients, controller, askAgainAfter, consent } = parseConfig(config)
    expect(recipients).toEqual([
      { name: 'Counter', purpose: 'measurement' },
      { name: 'ads', purpose: 'advertising' },
      { name: 'Talk to us', purpose: 'activation' },
    ])
    expect(purposes).toEqual(['personalization', 'measurement', 'activation', 'advertising'])
    expect([controller.privacy, askAgainAfter]).toEqual(['/privacy', 180])
    expect(consent?.clear).toEqual([
      { purpose: 'measurement', cookies: ['_pk_*', 'counter_ignore'] },
      { purpose: 'measurement', domain: 'shop.example', path: '/', cookies: ['_pk_ses.*'] },
    ])
    for (const said of [
      'The button that declines all was hidden',
      'could not be used before an answer',
      'Ticked beforehand: Counter. Here nothing is.',
      'An answer was kept 365 days; here 180.',
      'needs no consent: odd',
      'needs no consent: guard',
      '1 cookies are named by a pattern',
      'Cleared on a no to measurement: _pk_*, counter_ignore',
      'Scripts marked talk: type="text/plain" data-nearside-purpose="activation"',
      'services[0].callback, services[1].onInit',
    ])
      expect(out).toContain(said)
  })

  it('from vanilla-cookieconsent: services, or categories without any', async () => {
    const { out, config } = await convert(VANILLA, 'vanilla-cookieconsent')
    const { recipients, controller, askAgainAfter } = parseConfig(config)
    expect(recipients).toEqual([
      { name: 'Google Analytics', purpose: 'measurement' },
      { name: 'heat', purpose: 'measurement' },
      { name: 'ads', purpose: 'advertising' },
    ])
    expect([controller.privacy, askAgainAfter]).toEqual(['/privacy-policy', 90])
    for (const said of [
      'opt-out',
      'no button to reject',
      'Ticked beforehand: Google Analytics, heat.',
      'Cleared on a no to measurement: _ga*',
      'onConsent, categories.analytics.services.ga.onAccept',
    ])
      expect(out).toContain(said)
  })

  it('a second time adds nothing; what is unclear is left out until it is said; a dry run writes nothing', async () => {
    const at = scratch()
    const [path, into] = [at('c.js', KLARO), at('nearside.json', site)]
    const run = (...more: string[]) => nearside('convert', path, '--from', 'klaro', '--into', into, ...more)
    expect((await run('--dry-run')).out).toContain('says too little: odd. Add --map whatever=…')
    expect(readFileSync(into, 'utf8')).toBe(site)
    await run()
    const once = readFileSync(into, 'utf8')
    await run()
    expect(readFileSync(into, 'utf8')).toBe(once)
    const { recipients, passedOver } = JSON.parse((await run('--map', 'whatever=advertising', '--json')).out)
    expect(recipients).toContainEqual({ name: 'odd', purpose: 'advertising' })
    expect(passedOver).toEqual(['services[0].callback', 'services[1].onInit'])
  })
})

describe('a config that means harm', () => {
  it('runs nothing, whatever stands in it', async () => {
    const ran: string[] = []
    Object.assign(globalThis, { harm: (what: string) => ran.push(what) })
    const { code, config } = await convert(
      `harm('before'); var klaroConfig = { [harm('key')]: 1, ...harm('spread'), get x() { harm('getter') },
        services: [{ name: \`\${harm('name')}\`, purposes: [harm('purpose')] }, (harm('comma'), { name: 'b' }),
          { name: 'fine', purposes: ['ads'], __proto__: { required: true }, title: '<img src=x onerror=alert(1)>' }] }`,
      'klaro',
    )
    expect([code, ran]).toEqual([0, []])
    expect(parseConfig(config).recipients).toEqual([{ name: '<img src=x onerror=alert(1)>', purpose: 'advertising' }])
    expect(({} as { required?: boolean }).required).toBeUndefined()
  })

  it.each([
    ['nothing', '', 'no config in it'],
    ['a string that does not end', 'var klaroConfig = { a: "x }', 'does not end'],
    ['a comment that does not end', 'var klaroConfig = { /* a: 1 }', 'comment that does not end'],
    ['a config cut short', KLARO.slice(0, 700), 'line'],
    ['a call', 'var klaroConfig = make()', 'no object'],
    ['an object that goes on', 'var klaroConfig = {}.services', 'no services or categories'],
    ['no services', 'var klaroConfig = { a: 1 }', 'no services or categories'],
    ['something far too deep', `var klaroConfig = ${'{a:['.repeat(5000)}`, 'too deep'],
    ['something far too long', `var klaroConfig = {a:"${'x'.repeat(400_000)}"}`, 'Give the config alone'],
    ['comments begun over and over', `var klaroConfig = {a: ${'/*'.repeat(100_000)}`, 'comment'],
    ['expressions begun over and over', `var klaroConfig = {a: f${'(/[('.repeat(60_000)}`, 'does not end'],
    ['an address that is a script', KLARO.replace("'/privacy'", "'javascript:alert(1)'"), undefined],
  ])('%s: one clear line, soon, and nothing written', async (_, text, message) => {
    const { code, err, config } = await convert(text, 'klaro')
    if (message === undefined) expect(parseConfig(config).controller.privacy).toBeUndefined()
    else {
      expect(err).toContain(message)
      expect([code, err.split('\n').length, config]).toEqual([1, 1, site])
    }
  })

  it('any text at all is read, or refused in one line that names it', () => {
    const piece = fc.constantFrom(
      ...'{}[]()"\'`/*,:+$\\ \nab1.'.split(''),
      '/*',
      '*/',
      '//',
      '=>',
      '${',
      'null',
      'function',
    )
    const property = fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      try {
        readLiteral(`var klaroConfig = {${pieces.join('')}`, 'config.js')
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError)
      }
    })
    fc.assert(property, runs(200_000, 3000))
  })

  it('data is read as JavaScript would', () => {
    const property = fc.property(fc.object({ withNullPrototype: false, maxDepth: 4 }), given => {
      const text = JSON.stringify(given)
      expect(JSON.stringify(readLiteral(`export default ${text}`, 'c').data)).toBe(JSON.stringify(JSON.parse(text)))
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('wrong usage is told apart', async () => {
    for (const args of [
      [],
      ['a.js'],
      ['a.js', '--from', 'klaro'],
      ['a.js', '--from', 'toString', '--into', 'x'],
      ['a.js', '--from', 'klaro', '--into', 'x', '--map', 'a=b'],
    ])
      expect((await nearside('convert', ...args)).code).toBe(2)
  })
})
