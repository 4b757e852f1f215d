/**
 * Sets the returning visitor's segments before the first paint: the one script that a page loads synchronously, or inlines.
 * It reads what the loader wrote and checks it again: personalization granted, not run out.
 */

try {
  const it = JSON.parse(localStorage.getItem('nearside') as string)
  if (it.decision.personalization && new Date().toISOString() < it.expires) {
    for (const name in it.segments) document.documentElement.setAttribute(`data-nearside-${name}`, it.segments[name])
  }
} catch {
  // Nothing stands there, or storage is off: nothing is shown.
}

export {}
