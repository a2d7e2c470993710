// Scalar at /docs. This file runs before Scalar: the validation inside tries at once whether it may compile code, and
// the policy of the page, which forbids it, would report that.
window.__zod_globalConfig = { jitless: true };

// Whatever would talk to the services of Scalar's maker is off: the page works without a network.
const CONFIGURATION = {
  url: '/openapi.json',
  authentication: { preferredSecurityScheme: 'bearer' },
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
};

document.addEventListener('DOMContentLoaded', () => {
  window.Scalar.createApiReference('#reference', CONFIGURATION);
});
