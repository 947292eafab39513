import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { FilePreviewView } from "./FilePreviewView.tsx";
import type { PageSearch } from "./page-search.ts";
import type { FilePreview } from "./queries.ts";

const file = { name: "report.txt", path: "report.txt", size: 12_000, content_type: "text/plain", truncated: false };

function Example({ label = "report.txt", preview }: { label?: string; preview: FilePreview }) {
  return (
    <Held<PageSearch> initial={{}}>
      {(search, setSearch) => <FilePreviewView label={label} preview={preview} search={search} onSearch={setSearch} />}
    </Held>
  );
}

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

export const story: Story = {
  about: "A look into a file. What it holds is data: HTML is shown as text, and no script of it ever runs.",
  keyboard: { Tab: "reaches the text", "↓ ↑ Page Up Page Down": "scroll it" },
  states: {
    text: <Example preview={{ ...file, kind: "text", text: "All is well.\n" }} />,
    "the beginning of a long text": (
      <Example
        label="long.txt"
        preview={{ ...file, kind: "text", truncated: true, text: `${longText}\n`.repeat(60) }}
      />
    ),
    "HTML, hostile": (
      <Example
        label="page.html"
        preview={{ ...file, kind: "text", content_type: "text/html", text: "<script>alert(1)</script>" }}
      />
    ),
    image: <Example preview={{ ...file, kind: "image", name: "map.png", content_type: "image/png", data: pixel }} />,
    "cannot be shown": (
      <Example preview={{ ...file, kind: "binary", content_type: "application/zip", reason: "It is an archive." }} />
    ),
  },
};
