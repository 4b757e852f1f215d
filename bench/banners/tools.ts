/** The banners that are measured side by side, each as its own documentation sets it up, with five things to choose. */

import type { Content } from '../../test/harness/site.ts'

export interface Tool {
  readonly name: string
  /** Not the first of Nearside's: it is shown, and not judged. */
  readonly aside?: true
  /** Its package in bench/peers; Nearside's is here. */
  readonly package?: string
  /** What it is served with, by path; from bench/peers/node_modules where it is a path there. */
  readonly files: { readonly [path: string]: { readonly peer: string } | { readonly text: string } }
  /** Goes into the page's head. */
  readonly head: string
  /** The first layer, and the second. */
  readonly first: string
  readonly second: string
  readonly settings: string
  readonly reject: string
  readonly accept: string
}

const PURPOSES = ['Statistics', 'Personal content', 'Advertising', 'Social media', 'Chat']
const ids = PURPOSES.map(it => it.toLowerCase().replace(' ', '-'))

const vanilla = {
  categories: { necessary: { enabled: true, readOnly: true }, ...Object.fromEntries(ids.map(id => [id, {}])) },
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: 'We use cookies',
          description: 'Cookies help us to show you what fits.',
          acceptAllBtn: 'Accept all',
          acceptNecessaryBtn: 'Reject all',
          showPreferencesBtn: 'Manage preferences',
        },
        preferencesModal: {
          title: 'Preferences',
          acceptAllBtn: 'Accept all',
          acceptNecessaryBtn: 'Reject all',
          savePreferencesBtn: 'Save',
          closeIconLabel: 'Close',
          sections: PURPOSES.map((title, i) => ({ title, description: `About ${title}.`, linkedCategory: ids[i] })),
        },
      },
    },
  },
}

const klaro = {
  version: 1,
  elementID: 'klaro',
  lang: 'en',
  translations: { zz: { privacyPolicyUrl: '/privacy' } },
  services: ids.map((name, i) => ({ name, title: PURPOSES[i], purposes: [name] })),
}

const orejime = {
  privacyPolicyUrl: '/privacy',
  purposes: ids.map((id, i) => ({ id, title: PURPOSES[i], description: `About ${PURPOSES[i]}.`, cookies: [id] })),
}

const PEERS: readonly Tool[] = [
  {
    name: 'vanilla-cookieconsent',
    package: 'vanilla-cookieconsent',
    files: {
      '/peer/cookieconsent.js': { peer: 'vanilla-cookieconsent/dist/cookieconsent.umd.js' },
      '/peer/cookieconsent.css': { peer: 'vanilla-cookieconsent/dist/cookieconsent.css' },
      '/setup.js': { text: `CookieConsent.run(${JSON.stringify(vanilla)})` },
    },
    head: `<link rel="stylesheet" href="/peer/cookieconsent.css"><script defer src="/peer/cookieconsent.js"></script>
<script defer src="/setup.js"></script>`,
    first: '#cc-main .cm',
    second: '#cc-main .pm',
    settings: '#cc-main .cm [data-role=show]',
    reject: '#cc-main .cm [data-role=necessary]',
    accept: '#cc-main .cm [data-role=all]',
  },
  {
    name: 'orejime',
    package: 'orejime',
    files: {
      '/peer/orejime.js': { peer: 'orejime/dist/orejime-standard-en.js' },
      '/peer/orejime.css': { peer: 'orejime/dist/orejime-standard.css' },
      '/setup.js': { text: `window.orejimeConfig = ${JSON.stringify(orejime)}` },
    },
    head: `<link rel="stylesheet" href="/peer/orejime.css"><script defer src="/setup.js"></script>
<script defer src="/peer/orejime.js"></script>`,
    first: '.orejime-Banner',
    second: '.orejime-Modal',
    settings: '.orejime-Banner [class*=learnMore], .orejime-Banner [class*=configure]',
    reject: '.orejime-Banner [class*=decline]',
    accept: '.orejime-Banner [class*=accept], .orejime-Banner [class*=save]',
  },
  {
    name: 'klaro',
    package: 'klaro',
    files: {
      '/peer/klaro.js': { peer: 'klaro/dist/klaro.js' },
      '/setup.js': { text: `window.klaroConfig = ${JSON.stringify(klaro)}` },
    },
    head: '<script defer src="/setup.js"></script><script defer src="/peer/klaro.js"></script>',
    first: '.klaro .cookie-notice',
    second: '.klaro .cm-modal',
    settings: '.klaro .cn-learn-more',
    reject: '.klaro .cn-decline',
    accept: '.klaro .cm-btn-success',
  },
]

const TAG = `<script src="/nearside/nearside-paint.js"></script>
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script>`

const NEARSIDE: Tool = {
  name: 'nearside',
  files: {},
  head: `${TAG}
<link rel="modulepreload" href="/nearside/nearside-banner.js">
<link rel="modulepreload" href="/nearside/nearside-config.js">`,
  first: '#nearside-consent',
  second: '#nearside-consent dialog',
  settings: '#nearside-consent [data-nearside=settings]',
  reject: '#nearside-consent [data-nearside=reject]',
  accept: '#nearside-consent [data-nearside=accept]',
}

const TAG_ALONE: Tool = { ...NEARSIDE, name: 'nearside, the tag alone', aside: true, head: TAG }

export const TOOLS: readonly Tool[] = [NEARSIDE, TAG_ALONE, ...PEERS]

/** @param read the text of a file in bench/peers/node_modules */
export const contentsOf = (tool: Tool, read: (path: string) => string): { [path: string]: Content } =>
  Object.fromEntries(Object.entries(tool.files).map(([path, it]) => [path, 'peer' in it ? read(it.peer) : it.text]))

const page = (head: string): Content => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="en"><head><title>A page</title>${head}</head><body><main><h1>A page</h1></main></body></html>`,
})

/** As the page allows nothing that is not its own, and no string as a script. */
const STRICT = "script-src 'self'; style-src 'self'; require-trusted-types-for 'script'"

export const pagesFor = (tool: Tool): { [path: string]: Content } => ({
  '/page.html': page(tool.head),
  '/bare.html': page(''),
  '/blank.html': '<!doctype html><title>blank</title>',
  '/strict.html': {
    ...(page(tool.head) as object),
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': STRICT },
  },
})
