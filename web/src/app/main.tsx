import "../ui/layers.css";
import "../ui/tokens.css";
import "../ui/reset.css";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<RouterProvider router={router} />);
