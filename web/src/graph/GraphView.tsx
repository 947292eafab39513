import { Maximize, Minus, Plus } from "lucide-react";
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { IconButton } from "../ui/button/IconButton.tsx";
import { useSteady } from "../ui/late/use-steady.ts";
import { SkeletonRows } from "../ui/state/Skeleton.tsx";
import css from "./GraphView.module.css";
import type { Layered, Layout } from "./layout.ts";

export interface GraphEdge {
  left: string;
  right: string;
  /** Decides how the line looks. */
  type: string;
}

interface GraphViewProps {
  label: string;
  nodes: readonly string[];
  edges: readonly GraphEdge[];
  /** What a node shows: links and words of the page's own. */
  draw: (id: string) => ReactNode;
  /** What is looked at; it is brought into sight. */
  focus?: string | undefined;
}

/** How small its names can still be read; a graph that is larger scrolls at first. */
const readable = 0.7;
const smallest = 0.1;
const steps = [0.25, 0.4, 0.6, 0.8, 1, 1.25];

/** A graph from left to right that scrolls and zooms. Its nodes are plain content, so links in them are links. */
export function GraphView({ label, nodes, edges, draw, focus }: GraphViewProps) {
  const m = useMessages();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<number>();
  const [fitting, setFitting] = useState(1);
  const scale = chosen ?? fitting;
  const placed = useLayout(nodes, edges);
  const zoom = (by: number) => {
    const at = steps.findIndex((step) => step >= scale - 0.001);
    setChosen(steps[Math.max(0, Math.min(steps.length - 1, at + by))] ?? 1);
  };
  const fit = () => {
    const box = frame.current;
    if (box !== null && placed !== undefined) setChosen(Math.max(smallest, fitOf(box, placed)));
  };
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null || placed === undefined) return;
    const refit = () => setFitting(Math.max(readable, fitOf(box, placed)));
    refit();
    const watch = new ResizeObserver(refit); // a window that is made narrow, a device that is turned
    watch.observe(box);
    return () => watch.disconnect();
  }, [placed]);
  // What is looked at stays in the middle as the graph changes; who zooms looks where they look.
  const centre = useSteady((graph: Layout | undefined, node: string | undefined, fitted: number) => {
    const at = node === undefined ? undefined : graph?.at[node];
    const box = frame.current;
    if (at === undefined || box === null) return;
    const by = chosen ?? fitted;
    box.scrollTo((at[0] + 100) * by - box.clientWidth / 2, (at[1] + 24) * by - box.clientHeight / 2);
  });
  useEffect(() => centre(placed, focus, fitting), [centre, placed, focus, fitting]);
  if (placed === undefined) return <SkeletonRows />;
  return (
    <div className={css.view}>
      <div className={css.tools} role="group" aria-label={m.graph.zoom}>
        <IconButton size="small" label={m.graph.smaller} icon={<Minus />} onClick={() => zoom(-1)} />
        <IconButton size="small" label={m.graph.larger} icon={<Plus />} onClick={() => zoom(1)} />
        <IconButton size="small" label={m.graph.fit} icon={<Maximize />} onClick={fit} />
      </div>
      <div ref={frame} className={css.frame} role="region" aria-label={label}>
        <div
          className={css.plane}
          data-far={scale < 0.85 || undefined}
          style={{ "--width": `${placed.width}px`, "--height": `${placed.height}px`, "--scale": scale }}
        >
          <svg
            className={css.lines}
            viewBox={`0 0 ${placed.width} ${placed.height}`}
            width={placed.width}
            height={placed.height}
            aria-hidden="true"
          >
            <defs>
              <marker
                id={`${id}-tip`}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M0 0L8 4L0 8z" className={css.tip} />
              </marker>
            </defs>
            {edges.map((edge, index) => (
              <path
                key={`${edge.left} ${edge.right} ${edge.type}`}
                d={path(placed.bends[index] ?? [])}
                className={css.line}
                data-type={edge.type}
                markerEnd={`url(#${id}-tip)`}
              />
            ))}
          </svg>
          <ul aria-label={label}>
            {nodes.map((node) => {
              const [x, y] = placed.at[node] ?? [0, 0];
              return (
                <li
                  key={node}
                  className={css.node}
                  data-focus={node === focus || undefined}
                  style={{ "--x": `${x}px`, "--y": `${y}px` }}
                >
                  {draw(node)}
                </li>
              );
            })}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** At which scale all of a graph is in sight, at most as it is. */
function fitOf(box: HTMLElement, { width, height }: Layout): number {
  const { maxBlockSize, paddingBlockEnd } = getComputedStyle(box);
  const highest = Number.parseFloat(maxBlockSize) - Number.parseFloat(paddingBlockEnd);
  return Math.min(1, box.clientWidth / width, highest / height);
}

/** The layout, made beside the page, and made again only when what is related to what has changed. */
function useLayout(nodes: readonly string[], edges: readonly GraphEdge[]): Layout | undefined {
  const [layout, setLayout] = useState<Layout | undefined>(undefined);
  const shape = useMemo(
    () => JSON.stringify({ nodes, edges: edges.map(({ left, right }) => [left, right]) } satisfies Layered),
    [nodes, edges],
  );
  const [shown, setShown] = useState("");
  useEffect(() => {
    const worker = new Worker(new URL("layout.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Layout>) => {
      setLayout(data);
      setShown(shape);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(JSON.parse(shape) as Layered);
    return () => worker.terminate();
  }, [shape]);
  // Places of another graph are of no use to this one.
  return shown === shape ? layout : undefined;
}

// A curve through all points that leaves and arrives level.
function path(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${x} ${y}`;
      const middle = (before[0] + x) / 2;
      return `C${middle} ${before[1]} ${middle} ${y} ${x} ${y}`;
    })
    .join("");
}
