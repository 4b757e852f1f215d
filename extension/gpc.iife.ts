/** Global Privacy Control for scripts, https://w3c.github.io/gpc/: in the page's own world, where sites look for it. */

Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {
  get: () => true,
  configurable: true,
  enumerable: true,
})
