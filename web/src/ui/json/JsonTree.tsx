import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { toggled } from "../../lib/range.ts";
import { Button } from "../button/Button.tsx";
import { useRovingRow } from "../table/use-roving-row.ts";
import css from "./JsonTree.module.css";
import { branches, children, find, type JsonNode, visible } from "./nodes.ts";

/** A JSON value as a tree that folds, is searched, and gives away paths and values. What it holds is only text. */
export function JsonTree({ label, value }: { label: string; value: unknown }) {
  const m = useMessages();
  const root = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => branches(value, 2));
  const [search, setSearch] = useState("");
  const found = useMemo(() => (search === "" ? undefined : find(value, search)), [value, search]);
  const unfolded = useMemo(() => new Set([...open, ...(found?.open ?? [])]), [open, found]);
  const nodes = useMemo(() => visible(value, unfolded), [value, unfolded]);
  const ids = useMemo(() => nodes.map((node) => node.pointer), [nodes]);
  const roving = useRovingRow(ids, root, () => {});
  const current = nodes.find((node) => node.pointer === roving.active);

  const press = (event: KeyboardEvent) => {
    if (current === undefined || event.metaKey || event.ctrlKey) return;
    const isOpen = unfolded.has(current.pointer);
    const parent = current.pointer.slice(0, Math.max(0, current.pointer.lastIndexOf("/")));
    const key = event.key;
    const index = ids.indexOf(current.pointer);
    if (key === "ArrowRight" && current.branch && !isOpen) setOpen(toggled(unfolded, current.pointer));
    else if (key === "ArrowRight" && current.branch) roving.move("arrowdown", index);
    else if (key === "ArrowLeft" && current.branch && isOpen) setOpen(toggled(unfolded, current.pointer));
    else if (key === "ArrowLeft") roving.move("arrowdown", ids.indexOf(parent) - 1);
    else if (key === "Enter" && current.branch) setOpen(toggled(unfolded, current.pointer));
    else if (!roving.move(key.toLowerCase(), index)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={css.json}>
      <div className={css.tools}>
        <input
          type="search"
          className={css.search}
          aria-label={m.ui.json.search}
          placeholder={m.ui.json.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span role="status" className={css.found}>
          {found === undefined ? "" : m.ui.json.matches(found.hits.size)}
        </span>
        <Button size="small" tone="quiet" onClick={() => void copyText(current?.pointer ?? "")}>
          {m.ui.json.copyPath}
        </Button>
        <Button
          size="small"
          tone="quiet"
          onClick={() => void copyText(JSON.stringify(current?.value ?? value, null, 2))}
        >
          {m.ui.json.copyValue}
        </Button>
      </div>
      <div ref={root} role="tree" aria-label={label} className={css.tree} onKeyDown={press}>
        {nodes.map((node) => (
          <div
            key={node.pointer}
            role="treeitem"
            data-row-id={node.pointer}
            aria-level={node.level}
            aria-expanded={node.branch ? unfolded.has(node.pointer) : undefined}
            aria-selected={node.pointer === roving.active}
            tabIndex={node.pointer === roving.active ? 0 : -1}
            className={css.line}
            data-hit={found?.hits.has(node.pointer) || undefined}
            style={{ "--level": node.level - 1 }}
            onFocus={() => roving.setActive(node.pointer)}
            onClick={() => {
              roving.setActive(node.pointer);
              if (node.branch && window.getSelection()?.toString() === "") setOpen(toggled(unfolded, node.pointer));
            }}
          >
            {node.branch && (
              <ChevronRight
                aria-hidden="true"
                className={css.chevron}
                data-open={unfolded.has(node.pointer) || undefined}
              />
            )}
            {node.name !== "" && <span className={css.name}>{node.name}:</span>}
            <Value node={node} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Value({ node }: { node: JsonNode }) {
  const m = useMessages();
  const { value } = node;
  if (node.branch) {
    const count = children(value).length;
    return (
      <span className={css.summary}>{Array.isArray(value) ? m.ui.json.items(count) : m.ui.json.fields(count)}</span>
    );
  }
  const type = value === null ? "null" : typeof value;
  const text = Array.isArray(value)
    ? "[]"
    : type === "object"
      ? "{}"
      : type === "string"
        ? `"${String(value)}"`
        : String(value);
  return (
    <span className={css.value} data-type={type}>
      {text}
    </span>
  );
}
