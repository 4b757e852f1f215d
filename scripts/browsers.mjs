// Where a Chromium or a Firefox lives on Linux, macOS and Windows. Finds only; set-up.mjs installs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

// Chromium first: Google Chrome and Edge no longer take --load-extension, which the extension's tests need.
const chromium = {
  variable: 'NEARSIDE_CHROMIUM',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'Chromium/Application/chrome.exe',
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ],
}

const firefox = {
  variable: 'NEARSIDE_FIREFOX',
  names: ['firefox-esr', 'firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['Mozilla Firefox/firefox.exe'],
}

/** A fault the reader can mend: printed as one line, without a stack. */
export class Mend extends Error {}

const isFile = path => existsSync(path) && statSync(path).isFile()

const onPath = names => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  return names.flatMap(name => folders.flatMap(folder => endings.map(ending => join(folder, name + ending))))
}

const installed = browser => {
  if (process.platform === 'darwin') return browser.darwin
  if (process.platform !== 'win32')
    return ['/snap/bin', '/usr/local/bin'].flatMap(f => browser.names.map(n => join(f, n)))
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
  return roots.filter(Boolean).flatMap(root => browser.win32.map(path => join(root, path)))
}

// A developer who ran `playwright install` has a Chromium already.
const fromPlaywright = () => {
  const home = {
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  }
  const cache = home[process.platform] ?? join(homedir(), '.cache/ms-playwright')
  if (!existsSync(cache)) return []
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
  ]
  const versions = readdirSync(cache).filter(name => /^chromium-\d+$/.test(name))
  return versions
    .sort()
    .reverse()
    .flatMap(version => inside.map(path => join(cache, version, path)))
}

// Ubuntu puts a script that only says "install the snap" where the browser would be: a browser is what answers.
// On Windows `--version` opens a window instead of answering, so there the file is taken at its word.
const answers = path => {
  if (process.platform === 'win32') return true
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

const find = (browser, more) => {
  const told = process.env[browser.variable]
  if (told) {
    if (!isFile(told))
      throw new Mend(`${browser.variable} names ${told}, which is not a file. Correct it, or unset it to search.`)
    return told
  }
  return [...onPath(browser.names), ...installed(browser), ...more].find(path => isFile(path) && answers(path))
}

export const findChromium = () => find(chromium, fromPlaywright())
export const findFirefox = () => find(firefox, [])

/** The line a browser prints about itself, "Chromium 156.0.8078.79 …"; empty when it will not say. */
export const versionOf = path => {
  if (!path || process.platform === 'win32') return ''
  return spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout?.trim() ?? ''
}
