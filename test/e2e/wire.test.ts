// Every promise of silence rests on these two recorders: they have to hear what a page could send behind a test's back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { type Site, startSite } from '../harness/site.ts'
import { wire } from '../harness/wire.ts'

const loud = `<!doctype html><title>Loud</title><script>
new Worker('/worker.js')
new Image().src = '/image'
new Image().src = 'https://secure.example/pixel'
navigator.sendBeacon('/beacon', 'b')
fetch('/fetch', { method: 'POST', body: 'f' })
fetch('http://elsewhere.example/x', { method: 'POST', body: 'e' })
addEventListener('pagehide', () => {
  fetch('/last-words', { method: 'POST', body: 'l', keepalive: true })
  fetch('http://elsewhere.example/last', { method: 'POST', body: 'm', keepalive: true })
})
</script>`

describe('the recorders', () => {
  let site: Site
  // One each: the last words of a visitor who leaves would be heard in the next test.
  beforeEach(async () => {
    const files = {
      '/': loud,
      '/quiet': '<!doctype html><title>Quiet</title>',
      '/worker.js': "fetch('/from-worker', { method: 'POST', body: 'w' })",
    }
    site = await startSite({ files })
  })
  afterEach(() => site.close())

  it('the site hears pages, workers, beacons, last words and other hosts, with their bodies', async () => {
    const visitor = await newVisitor({ proxy: site.proxy })
    const tab = await visitor.newPage()
    await tab.goto(`${site.origin}/`)
    await expect.poll(() => site.seen.map(({ path }) => path)).toContain('/from-worker')
    await tab.goto(`${site.origin}/quiet`)
    const heard = () => site.seen.map(({ method, host, path, body }) => [method, host, path, body].join(' ')).sort()
    const here = `localhost:${site.port}`
    await expect
      .poll(heard)
      .toEqual(
        [
          `GET ${here} / `,
          `GET ${here} /quiet `,
          `GET ${here} /worker.js `,
          `GET ${here} /image `,
          `POST ${here} /beacon b`,
          `POST ${here} /fetch f`,
          `POST ${here} /from-worker w`,
          `POST ${here} /last-words l`,
          'POST elsewhere.example /x e',
          'POST elsewhere.example /last m',
          'CONNECT secure.example:443  ',
        ].sort(),
      )
    await visitor.close()
  })

  it('the wire hears the same, but for the last words', async () => {
    const visitor = await newVisitor({ proxy: site.proxy })
    const { sent } = wire(visitor)
    const tab = await visitor.newPage()
    await tab.goto(`${site.origin}/`)
    const paths = () => sent.map(({ url }) => new URL(url).pathname).sort()
    await expect
      .poll(paths)
      .toEqual(['/', '/beacon', '/fetch', '/from-worker', '/image', '/pixel', '/worker.js', '/x'].sort())
    await visitor.close()
  })

  it('both hear nothing from a quiet page', async () => {
    const visitor = await newVisitor({ proxy: site.proxy })
    const { sent } = wire(visitor)
    await (await visitor.newPage()).goto(`${site.origin}/quiet`)
    await visitor.close()
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/quiet'])
    expect(site.seen.map(({ path }) => path)).toEqual(['/quiet'])
  })
})
