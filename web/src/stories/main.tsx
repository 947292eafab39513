import "../ui/layers.css";
import "../ui/tokens.css";
import "../ui/reset.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadWords } from "../i18n/language.ts";
import { Frame } from "./Frame.tsx";
import { Stories } from "./Stories.tsx";

await loadWords();
const root = document.getElementById("root");
// The frame is a window of its own, so that what asks for the width of the window is answered by the width chosen.
const framed = new URLSearchParams(location.search).has("frame");
if (root !== null) createRoot(root).render(<StrictMode>{framed ? <Frame /> : <Stories />}</StrictMode>);
