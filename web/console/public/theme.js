// Runs before the first paint, so that a dark page never flashes white. The same rule as src/shared/theme.ts.
(function () {
  var wanted = null;
  try {
    wanted = localStorage.getItem('huoma.theme');
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  var dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
