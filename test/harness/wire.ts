import type { BrowserContext, Request } from 'playwright-core'

export type Sent = {
  method: string
  url: string
  /** `document`, `script`, `fetch`, … as the browser calls it. */
  resource: string
  headers: Record<string, string>
  body: string | undefined
}

const sentOf = (request: Request): Sent => ({
  method: request.method(),
  url: request.url(),
  resource: request.resourceType(),
  headers: request.headers(),
  body: request.postData() ?? undefined,
})

/**
 * What a visitor's pages and workers send from now on, in order. Not all: Playwright does not report a keepalive request made
 * while its page goes away. `Site.seen` has those; a promise of silence looks at both, from behind the site's proxy.
 */
export const wire = (context: BrowserContext): { sent: Sent[]; clear: () => void; stop: () => void } => {
  const sent: Sent[] = []
  const take = (request: Request) => void sent.push(sentOf(request))
  context.on('request', take)
  return {
    sent,
    clear: () => void sent.splice(0),
    stop: () => void context.off('request', take),
  }
}
