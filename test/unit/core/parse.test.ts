import { describe, expect, it } from 'vitest'
import { parseFeature } from '../../../core/model.ts'
import { parseNeeds } from '../../../core/needs.ts'
import { ParseError } from '../../../core/parse.ts'
import { parseSignal } from '../../../core/signal.ts'
import { type Case, cases, type Json } from './documents.ts'
import { mutationsOf, type Path } from './mutations.ts'

const caseOf = (schema: string): Case => cases.find(each => each.schema === schema) as Case

const faultIn = (parse: () => unknown): ParseError => {
  try {
    parse()
  } catch (error) {
    if (error instanceof ParseError) return error
    throw error
  }
  return expect.unreachable('nothing was wrong')
}

const placeOf = (root: string, path: Path): string =>
  root + path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')

/** The good document with the value at `path` (`a.0.b`) made something else; without one it is taken away. */
const spoilt = (schema: string, path: string, value?: Json): string => {
  const document = structuredClone(caseOf(schema).valid)
  const keys = path.split('.')
  const last = keys.pop() as string
  const owner = keys.reduce<Json>((it, key) => (it as { [name: string]: Json })[key] as Json, document) as {
    [name: string]: Json
  }
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return JSON.stringify(document)
}

describe('a fault names the place and the mend', () => {
  it.each([
    ['config', 'v', 2, 'nearside.json.v: found 2. Expected one of 1.'],
    [
      'config',
      'site',
      'My Shop',
      'nearside.json.site: found My Shop. Expected a site id in lower case, digits and - of 1 to 24 characters.',
    ],
    [
      'config',
      'controller.contact',
      undefined,
      'nearside.json.controller.contact: nothing is there. Expected a text of 1 to 120 characters.',
    ],
    ['config', 'controller', 'A shop', 'nearside.json.controller: found A shop. Expected an object.'],
    [
      'config',
      'model',
      '//cdn.example/model.json',
      'nearside.json.model: found //cdn.example/model.json. Expected an address that starts with https://, / or ./ of 1 to 400 characters.',
    ],
    [
      'config',
      'model',
      'javascript:alert(1)',
      'nearside.json.model: found javascript:alert(1). Expected an address that starts with https://, / or ./ of 1 to 400 characters.',
    ],
    [
      'config',
      'pages.1.kind',
      'prodct',
      'nearside.json.pages[1].kind: found prodct. Expected one of home, category, product, search, cart, checkout, order, account, help, article, other.',
    ],
    [
      'config',
      'pages.0.path',
      'products',
      'nearside.json.pages[0].path: found products. Expected a path that starts with / of 1 to 200 characters.',
    ],
    [
      'config',
      'askAgainAftr',
      30,
      'nearside.json.askAgainAftr: no such field. Known here: v, site, controller, notice, model, categories, purposes, retention, askAgainAfter, pages, needs, expose, reports.',
    ],
    [
      'config',
      'retention.browsing',
      401,
      'nearside.json.retention.browsing: found 401. Expected a whole number from 1 to 400.',
    ],
    [
      'config',
      'retention.thoughts',
      1,
      'nearside.json.retention (a name in it): found thoughts. Expected one of browsing, shopping, answers, account.',
    ],
    [
      'config',
      'categories',
      ['browsing', 'answers'],
      'nearside.json.categories: needs asks for shopping. Add shopping, or train a model without it.',
    ],
    [
      'config',
      'reports',
      undefined,
      'nearside.json.purposes: measurement is asked for, and there is nowhere to report to. Add reports, or leave it out.',
    ],
    [
      'config',
      'needs.1.kind',
      'page_dwell',
      'nearside.json.needs[1].fields[0]: found category. Expected one of a field of this kind.',
    ],
    [
      'config',
      'needs.0.words.page.0',
      'prodct',
      'nearside.json.needs[0].words.page[0]: found prodct. Expected one of home, category, product, search, cart, checkout, order, account, help, article, other.',
    ],
    [
      'config',
      'needs.0.words.ms',
      ['7'],
      'nearside.json.needs[0].words.ms[0]: ms is not a word field of page_dwell. Name one of its word fields.',
    ],
    [
      'config',
      'needs.0.kind',
      'page_view',
      'nearside.json.needs[0].fields[0]: found ms. Expected one of a field of this kind.',
    ],
    [
      'model',
      'expires',
      '31.12.2026',
      'model.expires: found 31.12.2026. Expected a date YYYY-MM-DD of 1 to 10 characters.',
    ],
    [
      'model',
      'offline',
      true,
      'model.offline: the model uses columns that no device can observe. Train one on features of signals for use on a site.',
    ],
    [
      'model',
      'features.0.window',
      0,
      'model.features[0].window (session, or a number of days): found 0. Expected a whole number from 1 to 400.',
    ],
    [
      'model',
      'features.1.field',
      'page',
      'model.features[1].field: sum needs a number field of page_dwell. Name one of its fields.',
    ],
    ['model', 'features.0.field', 'page', 'model.features[0].field: count takes no field. Leave it out.'],
    [
      'model',
      'features.0.from',
      'cart',
      'model.features[0].from: a sequence, and only a sequence, has from and to. Add or remove them.',
    ],
    [
      'model',
      'features.10.to',
      undefined,
      'model.features[10].to: a sequence, and only a sequence, has from and to. Add or remove them.',
    ],
    [
      'model',
      'features.10.from',
      'basket',
      'model.features[10].from: found basket. Expected one of home, category, product, search, cart, checkout, order, account, help, article, other.',
    ],
    [
      'model',
      'features.7.over',
      undefined,
      'model.features[7].over: a ratio, and only a ratio, has it. Add or remove it.',
    ],
    [
      'model',
      'features.7.over.where.page.0',
      'prodct',
      'model.features[7].over.where.page[0]: found prodct. Expected one of home, category, product, search, cart, checkout, order, account, help, article, other.',
    ],
    [
      'model',
      'features.8.where',
      { category: ['shoes'] },
      'model.features[8].where.category[0]: category is not a word field of page_view. Name one of its word fields.',
    ],
    ['model', 'features.1.name', 'views', 'model.features: views stands twice. Give each its own.'],
    [
      'model',
      'segmentations.0.features.0',
      'view',
      'model.segmentations[0] (a feature it names): found view. Expected one of views, dwell, found, dearest, currencies, since, age, filled, helped, spread, on.',
    ],
    [
      'model',
      'segmentations.0.scaler.scale.1',
      0,
      'model.segmentations[0].scaler.scale[1]: not above zero. A constant column has scale 1.',
    ],
    [
      'model',
      'segmentations.0.centroids.1',
      [1],
      'model.segmentations[0].centroids[1]: 1 numbers. There must be 2, one for each feature.',
    ],
    [
      'model',
      'segmentations.0.segments.1.id',
      'v11',
      'model.segmentations[0].segments[1].id: of another length than the rest. Make all ids of a model equally long.',
    ],
    ['model', 'segmentations.1.otherwise', 'c7', 'model.segmentations[1].otherwise: found c7. Expected one of c0, c1.'],
    [
      'report',
      'url',
      'https://shop.example',
      'report.url: no such field. Known here: v, site, model, epoch, segmentation, segment, pseudonym, seq, notice.',
    ],
    ['report', 'seq', 0, 'report.seq: found 0. Expected a whole number from 1 to 9999.'],
    ['ticket', 'pseudonym', 'me', 'ticket.pseudonym: found me. Expected a pseudonym of 1 to 22 characters.'],
    ['entry', 'event.means', 'habit', 'entry.event.means: found habit. Expected one of banner, api, extension, lapse.'],
    [
      'entry',
      'event.type',
      'guess',
      'entry.event.type: found guess. Expected one of decision, segment, report, answer, deletion.',
    ],
  ] as const)('%s: %s made %j', (schema, path, value, message) => {
    expect(faultIn(() => caseOf(schema).parse(spoilt(schema, path, value as Json | undefined))).message).toBe(message)
  })

  it.each([
    [null, 'signal.kind: nothing is there'],
    ['page_view', 'signal.kind: nothing is there'],
    [{ kind: 'click', at: 1 }, 'signal.kind: found click'],
    [{ kind: 'page_view' }, 'signal.at: nothing is there'],
    [{ kind: 'page_view', at: 1, title: 'Shoes' }, 'signal.title: page_view has no such field'],
    [{ kind: 'page_view', at: 1, page: '/shoes' }, 'signal.page: found /shoes'],
    [{ kind: 'page_dwell', at: 1, ms: 86_400_001 }, 'signal.ms: found 86400001'],
    [{ kind: 'purchase', at: 1, value: 9.99 }, 'signal.value: found 9.99'],
    [{ kind: 'purchase', at: 1, constructor: 1 }, 'signal.constructor: purchase has no such field'],
    [JSON.parse('{"kind":"answer","at":1,"__proto__":{"answer":"x"}}'), 'signal.__proto__: answer has no such field'],
  ])('a signal %j', (input, message) => {
    expect(faultIn(() => parseSignal(input, 'signal')).message).toContain(message)
  })

  it('of two needs for one kind neither is passed over', () => {
    const need = { kind: 'search', fields: [], features: ['a'] }
    expect(faultIn(() => parseNeeds([need, need], 'needs')).message).toBe(
      'needs: search stands twice. Give each its own.',
    )
  })

  it('text that is no JSON at all is named as that', () => {
    for (const text of [
      '',
      '{',
      '{"v":1,}',
      'undefined',
      '\u0000'.repeat(10_000),
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
    ]) {
      for (const { parse, place } of cases.filter(({ schema }) => schema !== 'entry')) {
        const fault = faultIn(() => parse(text))
        expect(fault.place).toBe(place)
        expect(fault.problem).toMatch(/^not valid JSON/)
        expect(fault.message.length).toBeLessThan(250)
      }
    }
  })
})

// A fault between two places is told at one of them, which need not be the one that was changed.
const TOLD_ELSEWHERE = [
  /^nearside\.json\.(categories|purposes|needs)$/,
  /^nearside\.json\.needs\[\d\]\.(fields|words)/,
  /^model\.features\[\d+\]\.(field|from|to|over|where)/,
  /^model\.(features|segmentations|segmentations\[\d\]\.segments)$/,
  /^model\.segmentations\[\d\]\.(scaler|centroids|map|rules|otherwise|segments)/,
  /^model\.segmentations\[\d\] \(a feature it names\)$/,
  /^entry\.event\./,
]

describe.each(cases.map((each, i) => [`${each.schema} (${i})`, each] as const))(
  'any one change to %s',
  (_, { valid, parse, place }) => {
    it('that is refused is refused where it was made, in few words, with a mend', () => {
      for (const { path, make } of mutationsOf(valid)) {
        let fault: ParseError
        try {
          parse(JSON.stringify(make(valid)))
          continue
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
          fault = error as ParseError
        }
        const made = placeOf(place, path)
        const near = fault.place.startsWith(made) || made.startsWith(fault.place.replace(/ \(.*/, ''))
        if (!near && !TOLD_ELSEWHERE.some(pattern => pattern.test(fault.place)))
          expect(fault.message).toBe(`told at ${made}`)
        expect(fault.mend).toMatch(/^[A-Z].{5,}[^.]$/s)
        expect(fault.message.length).toBeLessThan(400)
      }
    })
  },
)

describe('nothing strange gets through', () => {
  it('a name that every object answers to is neither a field nor inherited from', () => {
    for (const { schema, valid, parse } of cases.slice(0, 4)) {
      const poisoned = JSON.stringify(valid).replace(/^\{/, '{"__proto__":{"site":"evil","polluted":true},')
      expect(faultIn(() => parse(poisoned)).place, schema).toContain('.__proto__')
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    const inherited = Object.create({ name: 'a', kind: 'search', aggregate: 'count', window: 1 })
    expect(
      parseFeature({ ...inherited, name: 'a', kind: 'search', aggregate: 'count', window: 1 }, 'f'),
    ).not.toHaveProperty('from')
  })

  it('a word like `constructor` is a word', () => {
    const where = { category: ['constructor', 'valueof'] }
    expect(parseFeature({ name: 'a', kind: 'view_item', where, aggregate: 'count', window: 1 }, 'f').where).toEqual(
      where,
    )
  })
})
