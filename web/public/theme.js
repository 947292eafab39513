// Sets the theme before first paint, so that no page flashes; a file of its own because the content security
// policy admits no inline script.
(function () {
  var theme = "system";
  try {
    theme = JSON.parse(localStorage.getItem("dhub.prefs") || "{}").theme || theme;
  } catch {
    // A browser that keeps nothing gets the system's theme.
  }
  if (theme === "system") theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
