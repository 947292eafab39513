// What the page needs at once, before it is painted: the theme and the width of the menu, so that nothing flashes or
// moves later. Then, when index.html has been painted, the program is started. A file of its own because the content
// security policy admits no inline script.
(function () {
  var chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("dhub.prefs") || "{}") || {};
  } catch {
    // A browser that keeps nothing gets the system's theme.
  }
  var page = document.documentElement.dataset;
  page.theme = chosen.theme || "system";
  if (page.theme === "system") page.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (chosen.railFolded === true) page.rail = "folded";

  function start() {
    var program = document.getElementById("program");
    if (program === null) return; // the development server's page starts it by itself
    var script = document.createElement("script");
    script.type = "module";
    script.crossOrigin = "";
    script.src = program.href;
    document.head.append(script);
  }
  addEventListener("DOMContentLoaded", function () {
    // A program that is cached would run before the first frame. A page that nobody sees has no frames.
    if (document.hidden) start();
    else requestAnimationFrame(() => setTimeout(start));
  });
})();
