// Runs before the first paint, so that a remembered appearance does not flash. (Modules run after it.)
{
  let theme = new URLSearchParams(location.search).get("theme");
  try { theme ??= localStorage.getItem("theme"); } catch { /* storage is closed: the system's appearance */ }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
