// Puts theme and density on the page before it is painted first. Loaded ahead of the modules, because the policy of the
// page allows no inline script. The names are those of src/shell/preferences.ts.
(() => {
  try {
    const { theme, density } = JSON.parse(localStorage.getItem('edgewatch.preferences') ?? '{}');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (density === 'compact') document.documentElement.dataset.density = density;
  } catch {
    // Storage is off or holds something else: the defaults will do.
  }
})();
