/** Three people who visit the shop, as lists of the pages they go to and what they do there. */

/** What a person does to a browser. A page of Playwright's can, and one of Puppeteer's. */
export interface Hand {
  goto(url: string): Promise<unknown>
  click(selector: string): Promise<void>
  evaluate(expression: string): Promise<unknown>
}

export interface Stop {
  readonly path: string
  /** What is clicked to come here, where it is not a link. */
  readonly by?: string
  /** What is clicked here before going on. */
  readonly press?: string
}

const page = (path: string): Stop => ({ path })
const buys = (path: string): Stop => ({ path, press: '#add-to-cart' })

/** Comes in, sees the first page, and goes. */
export const bouncer: readonly Stop[] = [page('/')]

/** Sixteen shelves and the brewing guide; buys nothing. */
export const explorer: readonly Stop[] = [
  '/',
  '/c/tea',
  '/p/shaded-sencha',
  '/c/tea',
  '/p/jasmine-pearls',
  '/c/pots',
  '/p/kyusu',
  '/c/pots',
  '/p/wren-teapot',
  '/help/brewing',
  '/c/tools',
  '/p/bamboo-whisk',
  '/c/tools',
  '/p/sand-timer',
  '/c/gifts',
  '/p/tasting-box',
  '/',
].map(page)

/** Knows what is wanted: eight shelves, then eight errands, and an order among them. */
export const buyer: readonly Stop[] = [
  page('/'),
  page('/c/tea'),
  buys('/p/hollow-morning'),
  page('/c/pots'),
  buys('/p/glass-teapot'),
  page('/c/gifts'),
  page('/p/tasting-box'),
  page('/c/tea'),
  page('/cart'),
  page('/account'),
  page('/cart'),
  page('/checkout'),
  page('/cart'),
  page('/checkout'),
  { path: '/order/thanks', by: '#place-order' },
  page('/account'),
]

/** A page of the shop loads in a twentieth of this. */
const PATIENCE_MS = 15_000
const POLL_MS = 20

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Waits until the expression is true in the page, and answers it. By polling: what waits inside a page needs `eval`, and
 * the shop's policy forbids that.
 */
export const until = async (hand: Pick<Hand, 'evaluate'>, expression: string, what = expression): Promise<unknown> => {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    // A page on its way to another has nobody to answer.
    const value = await hand.evaluate(expression).catch(() => undefined)
    if (value) return value
    if (Date.now() > deadline) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for: ${what}`)
    await pause(POLL_MS)
  }
}

/** The page is there, Nearside runs on it, and a click finds what it is meant for. */
const arrived = (hand: Hand, path: string): Promise<unknown> =>
  until(
    hand,
    `location.pathname === ${JSON.stringify(path)} && document.readyState === 'complete' && 'segments' in (window.nearside ?? {})`,
    `${path} to load`,
  )

/** A link that can be seen: the page holds greetings for other segments as well. */
const linkTo = (path: string): string => `a[href="${path}"]:not([hidden] *, [data-default-greeting] *)`

/**
 * Goes from page to page by the links that are there, as a person would.
 * @param dwell time spent on each page once it has loaded, ms
 * @param onStop is told of each page after that time
 */
export const stroll = async (
  hand: Hand,
  shop: string,
  stops: readonly Stop[],
  dwell: number,
  onStop: (stop: Stop) => Promise<unknown> = async () => {},
): Promise<void> => {
  for (const stop of stops) {
    const here = await hand.evaluate('location.origin').catch(() => '')
    if (here !== shop) await hand.goto(shop + stop.path)
    else if ((await hand.evaluate('location.pathname')) !== stop.path) {
      const way = stop.by ?? linkTo(stop.path)
      await until(hand, `document.querySelector(${JSON.stringify(way)})`, `a way to ${stop.path}`)
      await hand.click(way)
    }
    await arrived(hand, stop.path)
    if (stop.press) await hand.click(stop.press)
    await pause(dwell)
    await onStop(stop)
  }
}
