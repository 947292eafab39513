import "../ui/layers.css";
import "../ui/tokens.css";
import "../ui/reset.css";
import "./first.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { setAwayWords } from "../api/error.ts";
import { messages } from "../i18n/language.ts";
import { ToastProvider } from "../ui/toast/ToastProvider.tsx";
import { pageConfig } from "../lib/page-config.ts";
import { PrefsProvider, startPrefs } from "./prefs.tsx";
import { queryClient } from "./query-client.ts";
import { router } from "./router.ts";

declare global {
  // Read by the overlays' scroll lock, which makes a style element.
  var __webpack_nonce__: string;
}

globalThis.__webpack_nonce__ = pageConfig().nonce;
setAwayWords(() => messages().ui.view.offlineTitle);

const root = document.getElementById("root");
const prefs = await startPrefs();
if (root !== null) {
  createRoot(root).render(
    <PrefsProvider initial={prefs}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </QueryClientProvider>
    </PrefsProvider>,
  );
}
