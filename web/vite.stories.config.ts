// The page of the components: `npm run stories`. Apart from the console's own configuration, so that neither the page
// nor a story can come into its build (tools/no-stories.ts sees to that too).
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const page = "stories.html";

export default defineConfig({
  base: "./",
  publicDir: false,
  cacheDir: "node_modules/.vite-stories",
  plugins: [react()],
  // All at once: a package that is found later loads the page anew.
  optimizeDeps: { entries: [page, "src/**/*.story.tsx", "src/**/*.worker.ts"] },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: { open: `/${page}` },
  // One file and one sheet, whose order is that of the imports: that of the layers is told first.
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 5000,
    rolldownOptions: { input: page, output: { codeSplitting: false } },
  },
});
